package io.collimator.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** The rows of an order as the engine leaves them, by plain JDBC, a statement a row, in one transaction. */
final class OrderRows {

    /** As long as the engine's entry of such an order; what is in it does not matter here. */
    private static final byte[] DATA_SET = new byte[1_308];

    /** As long as what the engine keeps of such a patient. */
    private static final byte[] PATIENT = new byte[320];

    private final DataSource store;
    private final boolean isPostgresql;
    private final Clock clock;

    OrderRows(DataSource store, boolean isPostgresql, Clock clock) {
        this.store = store;
        this.isPostgresql = isPostgresql;
        this.clock = clock;
    }

    void insert(ParsedOrder order, String message) throws SQLException {
        byte[] content = message.getBytes(StandardCharsets.ISO_8859_1);
        try (Connection connection = store.getConnection()) {
            try {
                insert(connection, order, content);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private void insert(Connection connection, ParsedOrder order, byte[] content) throws SQLException {
        Timestamp now = Timestamp.from(clock.instant());
        execute(
                connection,
                "INSERT INTO patient (id, issuer, data_set) VALUES (?, ?, ?)",
                order.patientId(),
                order.issuer(),
                PATIENT);
        execute(
                connection,
                "INSERT INTO accession (number, patient_id, patient_issuer, patient_name, birth_date, sex,"
                        + " study_instance_uid, requested_procedure_id, placer_number, placer_namespace, filler_number,"
                        + " filler_namespace, order_status, procedure_state, custody_state)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'SCHEDULED', 'SCHEDULED', 'NONE')",
                order.accession(),
                order.patientId(),
                order.issuer(),
                order.patientName(),
                order.birthDate(),
                order.sex(),
                order.study(),
                order.procedureId(),
                order.placer(),
                order.placerNamespace(),
                order.filler(),
                order.fillerNamespace());
        step(connection, order, now);
        execute(
                connection,
                "INSERT INTO timeline_entry (id, accession, at, kind, summary)" + " VALUES ("
                        + next("timeline_entry_seq") + ", ?, ?, 'order.scheduled', ?)",
                order.accession(),
                now,
                "Step " + order.stepId() + " scheduled: " + order.modality() + " at " + order.modality() + "1, "
                        + order.start());
        outbox(connection, order, now, "collimator.events", "order.scheduled", event(order, now));
        outbox(connection, order, now, "collimator.status", "status.scheduled", status(order, now));
        execute(
                connection,
                "INSERT INTO received_message (id, sender, control_id, digest, received_at, acknowledgement, content)"
                        + " VALUES (" + next("received_message_seq") + ", ?, ?, ?, ?, 'AA', ?)",
                order.sender(),
                order.controlId(),
                digest(content),
                now,
                content);
    }

    private void step(Connection connection, ParsedOrder order, Timestamp now) throws SQLException {
        long id = nextStep(connection);
        Timestamp start = Timestamp.valueOf(order.start());
        execute(
                connection,
                "INSERT INTO scheduled_step (id, accession, step_id, ordinal, step_id_derived, status, ordered_at,"
                        + " start_at, modality, patient_id, requested_procedure_id, study_instance_uid, data_set)"
                        + " VALUES (?, ?, ?, 1, FALSE, 'SCHEDULED', ?, ?, ?, ?, ?, ?, ?)",
                id,
                order.accession(),
                order.stepId(),
                now,
                start,
                order.modality(),
                order.patientId(),
                order.procedureId(),
                order.study(),
                DATA_SET);
        execute(
                connection,
                "INSERT INTO scheduled_step_station (step_id, ae_title, start_at) VALUES (?, ?, ?)",
                id,
                order.modality() + "1",
                start);
        execute(
                connection,
                "INSERT INTO scheduled_step_name (step_id, name) VALUES (?, ?)",
                id,
                order.patientName().toLowerCase(Locale.ROOT));
    }

    private long nextStep(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + next("scheduled_step_seq"));
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    private String next(String sequence) {
        return isPostgresql ? "nextval('" + sequence + "')" : "NEXT VALUE FOR " + sequence;
    }

    private static void outbox(
            Connection connection, ParsedOrder order, Timestamp now, String queue, String type, String body)
            throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        execute(
                connection,
                "INSERT INTO outbox (id, queue, event_type, accession, at, body, sent)"
                        + " VALUES (?, ?, ?, ?, ?, ?, FALSE)",
                new UUID(random.nextLong(), random.nextLong()),
                queue,
                type,
                order.accession(),
                now,
                body);
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static String event(ParsedOrder order, Timestamp now) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + order.controlId()
                + "\",\"source\":\"/collimator/COLLIMATOR\",\"type\":\"order.scheduled\",\"subject\":\""
                + order.accession() + "\",\"time\":\"" + now
                + "\",\"datacontenttype\":\"application/json\",\"data\":{\"accessionNumber\":\"" + order.accession()
                + "\",\"studyInstanceUid\":\"" + order.study()
                + "\",\"orderStatus\":\"SCHEDULED\",\"procedureState\":\"SCHEDULED\",\"custodyState\":\"NONE\","
                + "\"instances\":{\"expected\":0,\"committed\":0,\"failed\":0,\"outstanding\":0,\"final\":false}}}";
    }

    private static String status(ParsedOrder order, Timestamp now) {
        return "MSH|^~\\&|COLLIMATOR||||" + now + "||ORM^O01^ORM_O01|" + order.controlId()
                + "|P|2.5.1||||||UNICODE UTF-8\rPID|||" + order.patientId() + "^^^" + order.issuer() + "||"
                + order.patientName() + "||" + order.birthDate() + "|" + order.sex() + "\rORC|SC|" + order.placer()
                + "^" + order.placerNamespace() + "|" + order.filler() + "^" + order.fillerNamespace() + "||SC||||"
                + now + "\rOBR|1|" + order.placer() + "^" + order.placerNamespace() + "|" + order.filler() + "^"
                + order.fillerNamespace() + "|||||||||||||||" + order.accession() + "|" + order.procedureId() + "|||"
                + now + "||" + order.modality() + "\rZDS|" + order.study() + "^COLLIMATOR^Application^DICOM\r";
    }
}
