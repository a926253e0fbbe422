package io.collimator.persistence;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.port.Retention;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Forgetting by SQL. Rows are walked by a key that rises with their age, so that a batch reads what it looks at and no more,
 * and stops at the first ones that are too young. What is to go is found first and then deleted by key.
 */
final class JpaRetention implements Retention {

    private static final String STEPS_OF = " FROM scheduled_step s WHERE s.accession = a.number";

    /** Of accession a: nothing is left to be done, and every instance of it is committed. */
    private static final String FINISHED = " a.custody_state IN ('NONE', 'COMMITTED')"
            + " AND (a.procedure_state IN (" + named(ProcedureState.values(), ProcedureState::isEnded)
            // what only the order's side calls done is no state of the procedure
            + ") OR EXISTS (SELECT 1" + STEPS_OF + "))"
            + " AND NOT EXISTS (SELECT 1" + STEPS_OF + " AND s.status NOT IN ("
            + named(StepStatus.values(), StepStatus::isEnded) + "))"
            + " AND NOT EXISTS (SELECT 1 FROM performed_item i JOIN performed_step p"
            + " ON p.sop_instance_uid = i.performed_uid WHERE i.accession = a.number AND p.status = 'IN_PROGRESS')";

    private static final String QUIET_AND_FINISHED = "SELECT a.number FROM accession a WHERE a.number = ?"
            + " AND NOT EXISTS (SELECT 1 FROM timeline_entry t WHERE t.accession = a.number AND t.at >= ?) AND"
            + FINISHED;

    /** Whatever its issuer: it is kept rather than compared. */
    private static final String USED = "(p.survivor_id IS NOT NULL"
            + " OR EXISTS (SELECT 1 FROM patient x WHERE x.survivor_id = p.id)"
            + " OR EXISTS (SELECT 1 FROM accession a WHERE a.patient_id = p.id)"
            + " OR EXISTS (SELECT 1 FROM result r WHERE r.patient_id = p.id))";

    private static final String OF_PATIENT = " WHERE id = ? AND issuer = ?";

    private final Session session;
    private final JpaSession repositories;
    private final Sql sql;

    JpaRetention(Session session, JpaSession repositories) {
        this.session = session;
        this.repositories = repositories;
        this.sql = new Sql(session);
    }

    private static <E extends Enum<E>> String named(E[] all, Predicate<E> which) {
        return Arrays.stream(all)
                .filter(which)
                .map(one -> "'" + one.name() + "'")
                .collect(Collectors.joining(", "));
    }

    @Override
    public Batch forget(Kind kind, Age age, @Nullable String after, int max) {
        waitForNobody();
        return switch (kind) {
            case NOTICES -> notices(age, max);
            case MESSAGES -> counted(repositories.receivedMessages().removeBefore(age.before(), max), max);
            case EARLY_STOPS -> counted(repositories.earlyStops().removeBefore(age.before(), max), max);
            case ACCESSIONS -> accessions(age, after, max);
            case CLOSED_EXCEPTIONS -> closed(age, after, max);
            case OPEN_EVIDENCE -> evidence(age, after, max);
            case RESULTS -> results(age, after, max);
            case RESULT_LINES -> lines(age, max);
            case ARCHIVE_QUESTIONS -> questions(age, max);
            case PATIENTS -> patients(age, after, max);
            case MERGED_PATIENTS -> merged(age, max);
        };
    }

    /** On PostgreSQL, where it ends with the transaction: orders come first, and a row in use is for another day. */
    private void waitForNobody() {
        session.doWork(connection -> {
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                try (PreparedStatement limits =
                        connection.prepareStatement("SELECT set_config('lock_timeout', '1s', true),"
                                + " set_config('statement_timeout', '10s', true)")) {
                    limits.execute();
                }
            }
        });
    }

    /** The oldest are looked for again: those before them are gone. */
    private static Batch counted(int removed, int max) {
        return new Batch(removed, removed == max ? "" : null);
    }

    private Batch notices(Age age, int max) {
        List<Sent> old = sql.query(
                "SELECT seq, id FROM outbox WHERE sent = TRUE AND at < ? AND COALESCE(sent_at, at) < ? ORDER BY at FETCH FIRST "
                        + max + " ROWS ONLY",
                row -> new Sent(row.getLong(1), row.getObject(2, UUID.class)),
                utc(age.before()),
                utc(age.before()));
        // one that is to be sent again meanwhile stays
        List<Sent> stayed = sql.batch(
                "DELETE FROM outbox WHERE seq = ? AND sent = TRUE",
                old,
                (statement, notice) -> statement.setLong(1, notice.seq()));
        List<Sent> gone =
                old.stream().filter(notice -> !stayed.contains(notice)).toList();
        sql.batch(
                "DELETE FROM outbox_text WHERE id = ?",
                gone,
                (statement, notice) -> statement.setObject(1, notice.id()));
        return counted(old.size(), max);
    }

    private record Sent(long seq, UUID id) {}

    /** A row of a table that is walked by number. */
    private record Row(long key, Instant at, boolean isDue, String value) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(row.getLong(1), row.getTimestamp(2).toInstant(), row.getBoolean(3), row.getString(4));
        }
    }

    /** Rows with a higher number, in order: number, time, whether it may go, and a text. */
    private List<Row> page(String columns, String table, @Nullable String after, int max) {
        String key = columns.substring(0, columns.indexOf(','));
        return sql.query(
                "SELECT " + columns + " FROM " + table + " WHERE " + key + " > ? ORDER BY " + key + " FETCH FIRST "
                        + max + " ROWS ONLY",
                Row::of,
                after == null ? -1L : Long.parseLong(after));
    }

    /** Numbers rise with time, nearly: the walk ends with a page whose last row is too young. */
    private static @Nullable String next(List<Row> page, Instant before, int max) {
        Row last = page.isEmpty() ? null : page.get(page.size() - 1);
        return last == null || page.size() < max || !last.at().isBefore(before) ? null : Long.toString(last.key());
    }

    private Batch accessions(Age age, @Nullable String after, int max) {
        List<Row> page = page("t.id, t.at, TRUE, t.accession", "timeline_entry t", after, max);
        SortedSet<AccessionNumber> candidates = page.stream()
                .filter(row -> row.at().isBefore(age.before()))
                .map(row -> AccessionNumber.ofKey(row.value()))
                .collect(Collectors.toCollection(TreeSet::new));
        int forgotten = 0;
        for (AccessionNumber number : candidates) {
            // asked again under the lock: somebody may have come first
            if (isFinished(number, age)
                    && repositories.accessions().lock(number).isPresent()
                    && isFinished(number, age)) {
                forgetDetails(number, age.now());
                forgotten++;
            }
        }
        return new Batch(forgotten, next(page, age.before(), max));
    }

    private boolean isFinished(AccessionNumber number, Age age) {
        return !sql.query(QUIET_AND_FINISHED, row -> row.getString(1), number.key(), utc(age.before()))
                .isEmpty();
    }

    private void forgetDetails(AccessionNumber number, Instant now) {
        for (ScheduledStep step : repositories.scheduledSteps().ofAccession(number)) {
            repositories.scheduledSteps().save(step.withoutDetails());
        }
        session.find(AccessionEntity.class, number.key()).forgotten(now);
        sql.update("DELETE FROM timeline_entry WHERE accession = ?", number.key());
    }

    private Batch closed(Age age, @Nullable String after, int max) {
        List<Row> page = page("e.seq, e.at, e.closed_at IS NOT NULL, ''", "exception_record e", after, max);
        // it was closed later than it came: that is asked as it is deleted
        List<Long> keys = keys(page, age.before());
        List<Long> stayed =
                sql.batch("DELETE FROM exception_record WHERE seq = ? AND closed_at < ?", keys, (statement, seq) -> {
                    statement.setLong(1, seq);
                    statement.setObject(2, utc(age.before()));
                });
        return new Batch(keys.size() - stayed.size(), next(page, age.before(), max));
    }

    private Batch evidence(Age age, @Nullable String after, int max) {
        List<Row> page = page(
                "e.seq, e.at, e.closed_at IS NULL AND e.evidence_type NOT IN ('', 'forgotten'), ''",
                "exception_record e",
                after,
                max);
        List<Long> keys = keys(page, age.before());
        sql.batch(
                "UPDATE exception_record SET evidence = ?, evidence_type = 'forgotten', summary = summary || ? WHERE seq = ?",
                keys,
                (statement, seq) -> {
                    statement.setBytes(1, new byte[0]);
                    statement.setString(
                            2,
                            " What was received was forgotten on %s (collimator.retention.open-evidence-days)."
                                    .formatted(
                                            age.now().atOffset(ZoneOffset.UTC).toLocalDate()));
                    statement.setLong(3, seq);
                });
        return new Batch(keys.size(), next(page, age.before(), max));
    }

    private Batch results(Age age, @Nullable String after, int max) {
        List<Row> page = page(
                "r.seq, r.received_at, r.accession IS NULL OR EXISTS (SELECT 1 FROM accession a WHERE a.number ="
                        + " r.accession AND" + FINISHED + "), ''",
                "result r",
                after,
                max);
        List<Long> keys = keys(page, age.before());
        sql.batch("DELETE FROM result WHERE seq = ?", keys, (statement, seq) -> statement.setLong(1, seq));
        return new Batch(keys.size(), next(page, age.before(), max));
    }

    private static List<Long> keys(List<Row> page, Instant before) {
        return page.stream()
                .filter(row -> row.isDue() && row.at().isBefore(before))
                .map(Row::key)
                .toList();
    }

    private Batch lines(Age age, int max) {
        List<String> old = sql.query(
                "SELECT line FROM result_line WHERE advanced_at < ? ORDER BY advanced_at FETCH FIRST " + max
                        + " ROWS ONLY",
                row -> row.getString(1),
                utc(age.before()));
        // a line that came further meanwhile stays
        sql.batch("DELETE FROM result_line WHERE line = ? AND advanced_at < ?", old, (statement, line) -> {
            statement.setString(1, line);
            statement.setObject(2, utc(age.before()));
        });
        return counted(old.size(), max);
    }

    /** A late word of the archive on what it has not committed still counts, so that those questions stay. */
    private Batch questions(Age age, int max) {
        List<Asked> old = sql.query(
                "SELECT t.transaction_uid, t.request_id FROM archive_transaction t"
                        + " JOIN commitment_request r ON r.id = t.request_id"
                        + " WHERE t.created_at < ? AND r.settled_at < ? AND r.state IN ('REPORTED', 'UNDELIVERED')"
                        + " AND NOT EXISTS (SELECT 1 FROM commitment_item c LEFT JOIN instance_custody w"
                        + " ON w.instance_uid = c.instance_uid WHERE c.request_id = r.id"
                        + " AND COALESCE(w.committed, FALSE) = FALSE)"
                        + " ORDER BY t.created_at FETCH FIRST " + max + " ROWS ONLY",
                row -> new Asked(row.getString(1), row.getObject(2, UUID.class)),
                utc(age.before()),
                utc(age.before()));
        sql.batch(
                "DELETE FROM archive_transaction WHERE transaction_uid = ?",
                old,
                (statement, asked) -> statement.setString(1, asked.transaction()));
        Collection<UUID> requests = old.stream().map(Asked::request).collect(Collectors.toCollection(TreeSet::new));
        sql.batch(
                "DELETE FROM archive_ask WHERE request_id = ? AND state = 'SETTLED'",
                requests,
                (statement, request) -> statement.setObject(1, request));
        return counted(old.size(), max);
    }

    private record Asked(String transaction, UUID request) {}

    private record Patient(
            String id, String issuer, @Nullable Instant unusedSince, boolean isUsed) {

        static Patient of(ResultSet row) throws SQLException {
            @Nullable Timestamp since = row.getTimestamp(3);
            return new Patient(
                    row.getString(1), row.getString(2), since == null ? null : since.toInstant(), row.getBoolean(4));
        }
    }

    /** Marks what nothing refers to, and forgets it when it has been marked for long. The order of keys is that of locks. */
    private Batch patients(Age age, @Nullable String after, int max) {
        String[] last = after == null ? new String[] {"", ""} : after.split("\n", 2);
        List<Patient> page = sql.query(
                "SELECT p.id, p.issuer, p.unused_since, " + USED + " FROM patient p"
                        + " WHERE p.id > ? OR (p.id = ? AND p.issuer > ?) ORDER BY p.id, p.issuer FETCH FIRST " + max
                        + " ROWS ONLY",
                Patient::of,
                last[0],
                last[0],
                last[1]);
        mark(
                page.stream()
                        .filter(one -> one.isUsed() && one.unusedSince() != null)
                        .toList(),
                null);
        mark(
                page.stream()
                        .filter(one -> !one.isUsed() && one.unusedSince() == null)
                        .toList(),
                age.now());
        int forgotten = 0;
        for (Patient one : page) {
            Instant since = one.unusedSince();
            if (!one.isUsed() && since != null && since.isBefore(age.before()) && forget(one)) {
                forgotten++;
            }
        }
        Patient end = page.size() < max ? null : page.get(page.size() - 1);
        return new Batch(forgotten, end == null ? null : end.id() + "\n" + end.issuer());
    }

    private void mark(List<Patient> patients, @Nullable Instant since) {
        sql.batch("UPDATE patient SET unused_since = ?" + OF_PATIENT, patients, (statement, one) -> {
            statement.setObject(1, since == null ? null : utc(since));
            statement.setString(2, one.id());
            statement.setString(3, one.issuer());
        });
    }

    /** An order takes the same lock first: it has committed by now, or finds nobody and records the patient anew. */
    private boolean forget(Patient one) {
        boolean isThere = !sql.query(
                        "SELECT id FROM patient" + OF_PATIENT + " AND unused_since IS NOT NULL FOR UPDATE",
                        row -> row.getString(1),
                        one.id(),
                        one.issuer())
                .isEmpty();
        if (!isThere
                || !sql.query(
                                "SELECT p.id FROM patient p WHERE p.id = ? AND p.issuer = ? AND " + USED,
                                row -> row.getString(1),
                                one.id(),
                                one.issuer())
                        .isEmpty()) {
            return false;
        }
        sql.update("DELETE FROM patient_update WHERE patient_id = ? AND patient_issuer = ?", one.id(), one.issuer());
        sql.update("DELETE FROM patient" + OF_PATIENT, one.id(), one.issuer());
        return true;
    }

    /** The row itself stays: without it a merge taken back would leave aliases with the wrong patient. */
    private Batch merged(Age age, int max) {
        List<List<String>> old = sql.query(
                "SELECT prior_id, prior_issuer FROM patient_merge WHERE at < ? AND data_set IS NOT NULL"
                        + " ORDER BY prior_id, prior_issuer FETCH FIRST " + max + " ROWS ONLY",
                row -> List.of(row.getString(1), row.getString(2)),
                utc(age.before()));
        sql.batch(
                "UPDATE patient_merge SET data_set = NULL WHERE prior_id = ? AND prior_issuer = ?",
                old,
                (statement, key) -> {
                    statement.setString(1, key.get(0));
                    statement.setString(2, key.get(1));
                });
        return counted(old.size(), max);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
