package io.collimator.persistence;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Patients;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Patients by SQL: what is found is always what is committed, and a lock costs one statement. */
final class JpaPatients implements Patients {

    private static final String ROWS =
            "SELECT id, issuer, survivor_id, survivor_issuer, data_set, updated_sender, updated_control_id,"
                    + " updated_message_at, before_authorities FROM patient WHERE id = ? ORDER BY issuer";

    /** What stands under a number beside accessions: new ID and issuer, then the old ones. */
    private static final List<String> RENAMING = List.of(
            "UPDATE patient SET id = ?, issuer = ? WHERE id = ? AND issuer = ?",
            "UPDATE patient SET survivor_id = ?, survivor_issuer = ? WHERE survivor_id = ? AND survivor_issuer = ?",
            "UPDATE patient_update SET patient_id = ?, patient_issuer = ? WHERE patient_id = ? AND patient_issuer = ?",
            "UPDATE result SET patient_id = ?, patient_issuer = ? WHERE patient_id = ? AND patient_issuer = ?");

    private static final String OF_MERGE = " FROM patient_merge WHERE prior_id = ? AND prior_issuer = ?";
    private static final String OF_THIS_MERGE =
            " FROM patient_merge m WHERE m.prior_id = patient.id AND m.prior_issuer = patient.issuer";

    private final Sql sql;

    /** IDs that nobody had when this transaction looked; whoever adds one meanwhile collides with us. */
    private final Set<String> unknown = new HashSet<>();

    JpaPatients(Session session) {
        this.sql = new Sql(session);
    }

    /** A record, or with a survivor an alias. */
    private record Row(PatientRecord record, @Nullable PatientId survivor, boolean isOld) {

        PatientId id() {
            return record.id();
        }
    }

    @Override
    public Optional<PatientRecord> find(PatientId id) {
        return follow(id, ROWS);
    }

    @Override
    public SortedMap<PatientId, PatientRecord> lock(Collection<PatientId> ids) {
        SortedMap<PatientId, PatientRecord> locked = new TreeMap<>();
        for (PatientId id : new TreeSet<>(ids)) {
            follow(id, ROWS + " FOR UPDATE").ifPresent(record -> locked.put(id, record));
        }
        return locked;
    }

    @Override
    public boolean isAlias(PatientId id) {
        return row(id, ROWS).filter(row -> row.survivor() != null).isPresent();
    }

    @Override
    public List<Known> ofId(String id) {
        if (unknown.contains(id)) {
            return List.of();
        }
        List<Known> known = new ArrayList<>();
        for (Row row : rowsOf(id, ROWS)) {
            follow(row.id(), ROWS).ifPresent(record -> known.add(new Known(row.id(), record, row.isOld())));
        }
        return known;
    }

    @Override
    public SortedSet<String> issuers() {
        return new TreeSet<>(
                sql.query("SELECT DISTINCT issuer FROM patient WHERE issuer <> ''", row -> row.getString(1)));
    }

    @Override
    public List<PatientId> ofIssuer(String issuer) {
        return sql.query(
                "SELECT id FROM patient WHERE issuer = ? ORDER BY id",
                row -> new PatientId(row.getString(1), issuer),
                issuer);
    }

    @Override
    public void rename(PatientId from, PatientId to) {
        for (String statement : RENAMING) {
            sql.update(statement, to.id(), to.issuerOrEmpty(), from.id(), from.issuerOrEmpty());
        }
        sql.update(
                "UPDATE patient SET before_authorities = FALSE WHERE id = ? AND issuer = ?",
                to.id(),
                to.issuerOrEmpty());
        sql.update(
                "UPDATE accession SET patient_id = ?, patient_issuer = ?"
                        + " WHERE patient_id = ? AND COALESCE(patient_issuer, '') = ?",
                to.id(),
                to.issuer(),
                from.id(),
                from.issuerOrEmpty());
        unknown.remove(to.id());
    }

    @Override
    public void add(PatientRecord patient) {
        unknown.remove(patient.id().id());
        sql.update(
                "INSERT INTO patient (id, issuer, data_set, updated_sender, updated_control_id, updated_message_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                patient.id().id(),
                patient.id().issuerOrEmpty(),
                DataSetColumn.encode(patient.attributes()),
                sender(patient),
                controlId(patient),
                messageAt(patient));
    }

    @Override
    public void update(PatientRecord patient) {
        sql.update(
                "UPDATE patient SET data_set = ?, updated_sender = ?, updated_control_id = ?, updated_message_at = ?,"
                        + " unused_since = NULL WHERE id = ? AND issuer = ?",
                DataSetColumn.encode(patient.attributes()),
                sender(patient),
                controlId(patient),
                messageAt(patient),
                patient.id().id(),
                patient.id().issuerOrEmpty());
    }

    @Override
    public Optional<Unmerged> unmerge(PatientId prior) {
        Optional<PatientId> survivor = row(prior, ROWS).flatMap(row -> Optional.ofNullable(row.survivor()));
        if (survivor.isEmpty()) {
            return Optional.empty();
        }
        Object[] key = {prior.id(), prior.issuerOrEmpty()};
        List<Instant> at =
                sql.query("SELECT at" + OF_MERGE, row -> row.getTimestamp(1).toInstant(), key);
        sql.update(
                "UPDATE patient SET survivor_id = NULL, survivor_issuer = NULL, merged_at = NULL, merged_sender = NULL,"
                        + " merged_control_id = NULL, updated_sender = (SELECT m.updated_sender" + OF_THIS_MERGE
                        + "), updated_control_id = (SELECT m.updated_control_id" + OF_THIS_MERGE
                        + "), updated_message_at = (SELECT m.updated_message_at" + OF_THIS_MERGE
                        + "), data_set = COALESCE((SELECT m.data_set" + OF_THIS_MERGE
                        + "), data_set) WHERE id = ? AND issuer = ?",
                key);
        // aliases that it had itself when it was merged
        sql.update(
                "UPDATE patient SET survivor_id = ?, survivor_issuer = ? WHERE survivor_id = ? AND survivor_issuer = ?"
                        + " AND EXISTS (SELECT 1 FROM patient_merge m WHERE m.prior_id = patient.id"
                        + " AND m.prior_issuer = patient.issuer AND m.survivor_id = ? AND m.survivor_issuer = ?)",
                prior.id(),
                prior.issuerOrEmpty(),
                survivor.get().id(),
                survivor.get().issuerOrEmpty(),
                prior.id(),
                prior.issuerOrEmpty());
        List<AccessionNumber> accessions = sql.query(
                "SELECT accession FROM patient_merge_accession WHERE prior_id = ? AND prior_issuer = ? ORDER BY accession",
                row -> AccessionNumber.ofKey(row.getString(1)),
                key);
        forgetMerge(prior);
        PatientRecord record = row(prior, ROWS).orElseThrow().record();
        return Optional.of(new Unmerged(record, survivor.get(), at.isEmpty() ? null : at.get(0), accessions));
    }

    private void forgetMerge(PatientId prior) {
        for (String table : List.of("patient_merge_accession", "patient_merge")) {
            sql.update(
                    "DELETE FROM " + table + " WHERE prior_id = ? AND prior_issuer = ?",
                    prior.id(),
                    prior.issuerOrEmpty());
        }
    }

    /** What a merge takes away, so that it can be taken back. */
    private void keepMerge(PatientId prior, PatientId survivor, Merge merge) {
        forgetMerge(prior);
        sql.update(
                "INSERT INTO patient_merge (prior_id, prior_issuer, survivor_id, survivor_issuer, at, data_set,"
                        + " updated_sender, updated_control_id, updated_message_at)"
                        + " SELECT k.id, k.issuer, ?, ?, ?, p.data_set, p.updated_sender, p.updated_control_id,"
                        + " p.updated_message_at"
                        + " FROM (SELECT CAST(? AS VARCHAR) AS id, CAST(? AS VARCHAR) AS issuer) k"
                        + " LEFT JOIN patient p ON p.id = k.id AND p.issuer = k.issuer",
                survivor.id(),
                survivor.issuerOrEmpty(),
                utc(merge.at()),
                prior.id(),
                prior.issuerOrEmpty());
        sql.update(
                "INSERT INTO patient_merge_accession (prior_id, prior_issuer, accession)"
                        + " SELECT patient_id, COALESCE(patient_issuer, ''), number FROM accession"
                        + " WHERE patient_id = ? AND COALESCE(patient_issuer, '') = ?",
                prior.id(),
                prior.issuerOrEmpty());
    }

    @Override
    public void merge(PatientId prior, PatientId survivor, Merge merge) {
        keepMerge(prior, survivor, merge);
        sql.update(
                "UPDATE patient SET survivor_id = ?, survivor_issuer = ? WHERE survivor_id = ? AND survivor_issuer = ?",
                survivor.id(),
                survivor.issuerOrEmpty(),
                prior.id(),
                prior.issuerOrEmpty());
        sql.update(
                "DELETE FROM patient_update WHERE patient_id = ? AND patient_issuer = ?",
                prior.id(),
                prior.issuerOrEmpty());
        Object[] alias = {
            survivor.id(),
            survivor.issuerOrEmpty(),
            utc(merge.at()),
            ColumnText.storable(merge.sender()),
            ColumnText.storable(merge.controlId()),
            DataSetColumn.encode(DataSet.empty()),
            prior.id(),
            prior.issuerOrEmpty()
        };
        // in place: whoever waits for the record finds the alias that it has become
        int known = sql.update(
                "UPDATE patient SET survivor_id = ?, survivor_issuer = ?, merged_at = ?, merged_sender = ?,"
                        + " merged_control_id = ?, data_set = ?, updated_sender = NULL, updated_control_id = NULL,"
                        + " updated_message_at = NULL WHERE id = ? AND issuer = ?",
                alias);
        if (known == 0) {
            sql.update(
                    "INSERT INTO patient (survivor_id, survivor_issuer, merged_at, merged_sender, merged_control_id,"
                            + " data_set, id, issuer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    alias);
        }
    }

    @Override
    public List<PatientId> aliasesOf(PatientId survivor) {
        return sql
                .query(
                        "SELECT id, issuer FROM patient WHERE survivor_id = ? AND survivor_issuer = ?",
                        row -> new PatientId(row.getString(1), row.getString(2)),
                        survivor.id(),
                        survivor.issuerOrEmpty())
                .stream()
                .sorted()
                .toList();
    }

    @Override
    public Optional<Instant> lastApplied(PatientId patient, String sender) {
        return sql
                .query(
                        "SELECT message_at FROM patient_update"
                                + " WHERE patient_id = ? AND patient_issuer = ? AND sender_digest = ?",
                        row -> row.getTimestamp(1).toInstant(),
                        patient.id(),
                        patient.issuerOrEmpty(),
                        Digest.of(sender))
                .stream()
                .findFirst();
    }

    @Override
    public void applied(PatientId patient, String sender, Instant messageAt) {
        Object[] row = {utc(messageAt), patient.id(), patient.issuerOrEmpty(), Digest.of(sender)};
        int known = sql.update(
                "UPDATE patient_update SET message_at = ?"
                        + " WHERE patient_id = ? AND patient_issuer = ? AND sender_digest = ?",
                row);
        if (known == 0) {
            sql.update(
                    "INSERT INTO patient_update (message_at, patient_id, patient_issuer, sender_digest)"
                            + " VALUES (?, ?, ?, ?)",
                    row);
        }
    }

    private Optional<PatientRecord> follow(PatientId id, String query) {
        return row(id, query)
                .flatMap(row -> row.survivor() == null ? Optional.of(row) : row(row.survivor(), query))
                .map(Row::record);
    }

    private Optional<Row> row(PatientId id, String query) {
        return rowsOf(id.id(), query).stream()
                .filter(row -> row.id().equals(id))
                .findFirst();
    }

    private List<Row> rowsOf(String id, String query) {
        List<Row> rows = sql.query(query, JpaPatients::row, id);
        if (rows.isEmpty()) {
            unknown.add(id);
        }
        return rows;
    }

    private static Row row(ResultSet row) throws SQLException {
        @Nullable String survivor = row.getString(3);
        @Nullable String sender = row.getString(6);
        @Nullable Timestamp messageAt = row.getTimestamp(8);
        return new Row(
                new PatientRecord(
                        new PatientId(row.getString(1), row.getString(2)),
                        DataSetColumn.decode(row.getBytes(5)),
                        sender == null
                                ? null
                                : new PatientRecord.Update(
                                        sender, row.getString(7), messageAt == null ? null : messageAt.toInstant())),
                survivor == null ? null : new PatientId(survivor, row.getString(4)),
                row.getBoolean(9));
    }

    private static @Nullable String sender(PatientRecord patient) {
        return patient.lastUpdate() == null
                ? null
                : ColumnText.storable(patient.lastUpdate().sender());
    }

    private static @Nullable String controlId(PatientRecord patient) {
        return patient.lastUpdate() == null
                ? null
                : ColumnText.storable(patient.lastUpdate().controlId());
    }

    private static @Nullable OffsetDateTime messageAt(PatientRecord patient) {
        return patient.lastUpdate() == null || patient.lastUpdate().messageAt() == null
                ? null
                : utc(patient.lastUpdate().messageAt());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
