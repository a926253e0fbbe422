package io.collimator.persistence;

import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.Results;
import io.collimator.workflow.result.ResultLine;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.result.StoredResult;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.hibernate.Session;

/** Results by JPA; how far they have come by SQL. */
final class JpaResults implements Results {

    private final Session session;
    private final Sql sql;

    JpaResults(Session session) {
        this.session = session;
        this.sql = new Sql(session);
    }

    @Override
    public SortedMap<ResultLine, ResultStatus> lock(SortedSet<ResultLine> lines) {
        // by digest: the order in which all lock them
        SortedMap<String, ResultLine> keys = new TreeMap<>();
        lines.forEach(line -> keys.put(keyOf(line), line));
        SortedMap<ResultLine, ResultStatus> found = new TreeMap<>();
        keys.forEach((key, line) -> sql.query(
                        "SELECT status FROM result_line WHERE line = ? FOR UPDATE",
                        row -> ResultStatus.valueOf(row.getString(1)),
                        key)
                .forEach(status -> found.put(line, status)));
        return found;
    }

    @Override
    public void advance(Collection<ResultLine> lines, ResultStatus status) {
        for (ResultLine line : lines) {
            int known = sql.update("UPDATE result_line SET status = ? WHERE line = ?", status.name(), keyOf(line));
            if (known == 0) {
                sql.update("INSERT INTO result_line (status, line) VALUES (?, ?)", status.name(), keyOf(line));
            }
        }
    }

    @Override
    public void add(StoredResult result) {
        session.persist(new ResultEntity(result));
    }

    @Override
    public List<StoredResult> ofControlId(String sender, String controlId) {
        return session
                .createSelectionQuery(
                        "from ResultEntity where controlId = :controlId and sender = :sender order by seq",
                        ResultEntity.class)
                .setParameter("controlId", ResultEntity.controlIdOf(controlId))
                .setParameter("sender", ColumnText.storable(sender))
                .list()
                .stream()
                .map(ResultEntity::toResult)
                .toList();
    }

    @Override
    public void movePatient(PatientId prior, PatientId survivor) {
        sql.update(
                "UPDATE result SET patient_id = ?, patient_issuer = ? WHERE patient_id = ? AND patient_issuer = ?",
                survivor.id(),
                survivor.issuerOrEmpty(),
                prior.id(),
                prior.issuerOrEmpty());
    }

    private static String keyOf(ResultLine line) {
        return Digest.of(line.order() + "\n" + line.procedure());
    }
}
