package io.collimator.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Fills a store on PostgreSQL with orders of the past by inserts from a series, as if they had come over years. */
final class StoredOrders {

    /** Spread over this many days; the last one is long before the measured orders. */
    private static final int DAYS = 2_000;

    /** Those that no constraint stands on. */
    private static final String INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND NOT EXISTS"
            + " (SELECT 1 FROM pg_constraint WHERE conname = indexname)";

    private StoredOrders() {}

    /** Adds so many orders with their steps, messages, timeline and notices that were sent. */
    static void add(PostgresCluster cluster, String database, int orders) throws SQLException {
        String number = "'OLD' || lpad(n::text, 9, '0')";
        String start = "timestamp '2019-01-01' + (n %% %d) * interval '1 day' + (n %% 1440) * interval '1 minute'"
                .formatted(DAYS);
        String at = "timestamptz '2019-01-01' + (n %% %d) * interval '1 day'".formatted(DAYS);
        String from = " FROM generate_series(1, %d) n".formatted(orders);
        List<String> indexes = cluster.askAll(database, INDEXES);
        List<String> statements = new ArrayList<>(List.of(
                "SET work_mem = '256MB'",
                "SET maintenance_work_mem = '512MB'",
                // what is loaded here was never acknowledged, so that it need not be safe before it is complete
                "SET synchronous_commit = off",
                // the rows refer to each other as they should: checking each would take longer than writing it
                "SET session_replication_role = replica"));
        // indexes are made faster than kept
        indexes.forEach(definition -> statements.add("DROP INDEX " + nameIn(definition)));
        statements.addAll(List.of(
                "INSERT INTO accession (number, patient_id, patient_issuer, patient_name, birth_date, sex,"
                        + " study_instance_uid, requested_procedure_id, placer_number, placer_namespace, filler_number,"
                        + " filler_namespace, order_status, procedure_state, custody_state)"
                        + " SELECT " + number
                        + ", 'OLDPAT' || (n / 4), 'NORTH', 'OLD^PATIENT' || (n / 4), '19500101', 'O',"
                        + " '1.2.276.0.76.3.1.99.5.' || n, 'RP' || n, 'OLDP' || n, 'NORTHRIS', 'OLDF' || n, 'NORTHRAD',"
                        + " 'SCHEDULED', 'SCHEDULED', 'NONE'" + from,
                "INSERT INTO scheduled_step (id, accession, step_id, ordinal, step_id_derived, status, ordered_at,"
                        + " start_at, modality, patient_id, requested_procedure_id, study_instance_uid, data_set)"
                        + " SELECT 1000000000 + n, " + number + ", 'SP' || n, 1, FALSE, 'SCHEDULED', " + at + ", "
                        + start
                        + ", (ARRAY['CT','MR','CR','US'])[1 + n % 4], 'OLDPAT' || (n / 4), 'RP' || n,"
                        + " '1.2.276.0.76.3.1.99.5.' || n, d.data_set" + from
                        + " CROSS JOIN (SELECT data_set FROM scheduled_step LIMIT 1) d",
                "INSERT INTO patient (id, issuer, data_set) SELECT 'OLDPAT' || n, 'NORTH', d.data_set"
                        + " FROM generate_series(0, %d) n".formatted(orders / 4)
                        + " CROSS JOIN (SELECT data_set FROM patient LIMIT 1) d",
                "INSERT INTO scheduled_step_station (step_id, ae_title, start_at) SELECT 1000000000 + n,"
                        + " (ARRAY['CT1','MR1','CR1','US1'])[1 + n % 4], " + start + from,
                "INSERT INTO scheduled_step_name (step_id, name) SELECT 1000000000 + n, 'old^patient' || (n / 4)"
                        + from,
                "INSERT INTO received_message (id, sender, control_id, digest, received_at, acknowledgement, content)"
                        + " SELECT 1000000000 + n, 'NORTHRIS|NORTH GENERAL', 'OLD' || n, encode(sha256(n::text::bytea), 'hex'), "
                        + at + ", 'AA', d.content" + from
                        + " CROSS JOIN (SELECT content FROM received_message LIMIT 1) d",
                "INSERT INTO timeline_entry (id, accession, at, kind, summary) SELECT 1000000000 + n, " + number + ", "
                        + at + ", 'order.scheduled', 'Step SP' || n || ' scheduled'" + from,
                "INSERT INTO outbox (id, queue, event_type, accession, at, body, sent, sent_at)"
                        + " SELECT gen_random_uuid(), 'collimator.events', 'order.scheduled', " + number + ", " + at
                        + ", d.body, TRUE, " + at + from + " CROSS JOIN (SELECT body FROM outbox LIMIT 1) d"));
        statements.addAll(indexes);
        statements.addAll(List.of("ANALYZE", "CHECKPOINT"));
        cluster.execute(database, statements.toArray(String[]::new));
    }

    /** "CREATE INDEX name ON …". */
    private static String nameIn(String definition) {
        return definition.substring(definition.indexOf("INDEX ") + "INDEX ".length(), definition.indexOf(" ON "));
    }
}
