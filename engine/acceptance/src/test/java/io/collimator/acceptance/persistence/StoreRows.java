package io.collimator.acceptance.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who owns what in a store, read by plain SQL that both versions of the schema understand.
 *
 * @param patients by number; of an alias the survivor's number, of a record its own
 * @param accessions by number
 * @param unsent notices that were not sent, in their order: queue, event type, accession and outbox ID
 * @param commitments each request that is not settled, with its instances
 * @param strayResults accessions with a result that stands under another patient's number
 * @param owned all other rows that name an accession: table, key and accession
 */
record StoreRows(
        SortedMap<String, String> patients,
        SortedMap<String, Owned> accessions,
        List<Unsent> unsent,
        List<String> commitments,
        List<String> strayResults,
        List<String> owned) {

    /** A notice that waits. */
    record Unsent(String queue, String eventType, String accession, String id) {}

    /**
     * An accession.
     *
     * @param patient number in its row
     * @param placer number without its authority
     * @param filler number without its authority
     */
    record Owned(String patient, String placer, String filler) {}

    static StoreRows read(Connection connection) throws SQLException {
        SortedMap<String, String> patients = new TreeMap<>();
        for (List<String> row : rows(connection, "SELECT id, issuer, survivor_id, survivor_issuer FROM patient")) {
            String number = number(row.get(0), row.get(1));
            patients.put(number, row.get(2).isEmpty() ? number : number(row.get(2), row.get(3)));
        }
        SortedMap<String, Owned> accessions = new TreeMap<>();
        for (List<String> row : rows(
                connection, "SELECT number, patient_id, patient_issuer, placer_number, filler_number FROM accession")) {
            accessions.put(row.get(0), new Owned(number(row.get(1), row.get(2)), row.get(3), row.get(4)));
        }
        return new StoreRows(
                patients,
                accessions,
                rows(
                                connection,
                                "SELECT queue, event_type, accession, CAST(id AS VARCHAR) FROM outbox WHERE NOT sent ORDER BY seq")
                        .stream()
                        .map(row -> new Unsent(row.get(0), row.get(1), row.get(2), row.get(3)))
                        .toList(),
                texts(
                        connection,
                        "SELECT r.transaction_uid, r.state, i.instance_uid, i.outcome FROM commitment_request r"
                                + " JOIN commitment_item i ON i.request_id = r.id ORDER BY r.transaction_uid, i.ordinal"),
                texts(
                        connection,
                        "SELECT r.accession FROM result r JOIN accession a ON a.number = r.accession"
                                + " WHERE r.patient_id <> a.patient_id"
                                + " OR COALESCE(r.patient_issuer, '') <> COALESCE(a.patient_issuer, '')"),
                texts(
                        connection,
                        "SELECT 'step', step_id, accession FROM scheduled_step UNION ALL"
                                + " SELECT 'performed', performed_uid, accession FROM performed_item UNION ALL"
                                + " SELECT 'early stop', CAST(id AS VARCHAR), accession FROM early_stop UNION ALL"
                                + " SELECT 'result', control_id || ' ' || patient_id, accession FROM result UNION ALL"
                                + " SELECT 'exception', CAST(id AS VARCHAR), accession FROM exception_record UNION ALL"
                                + " SELECT 'commitment', CAST(request_id AS VARCHAR), accession FROM commitment_link"
                                + " UNION ALL SELECT 'timeline', kind || CAST(id AS VARCHAR), accession FROM timeline_entry"
                                + " ORDER BY 1, 2"));
    }

    /** The record that an accession's patient number leads to, by the rule of this version: an equal number. */
    Optional<String> recordOf(String accession) {
        return Optional.ofNullable(patients.get(ownerOf(accession)));
    }

    /**
     * The record by the rule of version 0.1: an equal number, else the only one of that ID when one of both names no issuer.
     */
    String recordIn01(String accession) {
        String number = ownerOf(accession);
        @Nullable String exact = patients.get(number);
        if (exact != null) {
            return exact;
        }
        List<String> sameId = patients.keySet().stream()
                .filter(other -> idOf(other).equals(idOf(number)))
                .toList();
        if (sameId.size() != 1 || !(number.endsWith("^") || sameId.get(0).endsWith("^"))) {
            throw new AssertionError("Nobody owns " + accession);
        }
        return Objects.requireNonNull(patients.get(sameId.get(0)));
    }

    private String ownerOf(String accession) {
        return Objects.requireNonNull(accessions.get(accession)).patient();
    }

    static String idOf(String number) {
        return number.substring(0, number.indexOf('^'));
    }

    private static String number(String id, String issuer) {
        return id + "^" + issuer;
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        return rows(connection, query).stream()
                .map(row -> String.join(" ", row))
                .toList();
    }

    static List<List<String>> rows(Connection connection, String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(Objects.requireNonNullElse(result.getString(i), ""));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
