package io.collimator.persistence;

import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.Results;
import io.collimator.workflow.result.ResultLine;
import io.collimator.workflow.result.ResultProgress;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.result.StoredResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Results by JPA; how far they have come by SQL. */
final class JpaResults implements Results {

    private final Session session;
    private final Sql sql;

    /** Digests of the lines that had a row when they were locked. */
    private final Set<String> locked = new HashSet<>();

    JpaResults(Session session) {
        this.session = session;
        this.sql = new Sql(session);
    }

    @Override
    public SortedMap<ResultLine, ResultProgress> lock(SortedSet<ResultLine> lines) {
        // by digest: the order in which all lock them
        SortedMap<String, ResultLine> keys = new TreeMap<>();
        lines.forEach(line -> keys.put(keyOf(line), line));
        SortedMap<ResultLine, ResultProgress> found = new TreeMap<>();
        keys.forEach((key, line) -> sql.query(
                        "SELECT status, reported_at FROM result_line WHERE line = ? FOR UPDATE",
                        JpaResults::progress,
                        key)
                .forEach(progress -> {
                    locked.add(key);
                    found.put(line, progress);
                }));
        return found;
    }

    private static ResultProgress progress(ResultSet row) throws SQLException {
        @Nullable Timestamp at = row.getTimestamp(2);
        return new ResultProgress(ResultStatus.valueOf(row.getString(1)), at == null ? null : at.toInstant());
    }

    @Override
    public void advance(Map<ResultLine, ResultProgress> lines, Instant now) {
        lines.forEach((line, progress) -> {
            String status = progress.status().name();
            Instant at = progress.at();
            OffsetDateTime reportedAt = at == null ? null : at.atOffset(ZoneOffset.UTC);
            // a row that came since the lines were locked is another result's, which this one was not judged by: the
            // insert fails
            String change = locked.contains(keyOf(line))
                    ? "UPDATE result_line SET status = ?, reported_at = ?, advanced_at = ? WHERE line = ?"
                    : "INSERT INTO result_line (status, reported_at, advanced_at, line) VALUES (?, ?, ?, ?)";
            sql.update(change, status, reportedAt, now.atOffset(ZoneOffset.UTC), keyOf(line));
        });
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
