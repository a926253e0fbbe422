package io.collimator.acceptance.gate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a store holds of one accession, table by table, without its number.
 *
 * @param states procedure state and custody state
 * @param steps status, start, stations and folded names of each scheduled step
 * @param messages MSH-10 of what was received
 * @param timeline kinds, in order; those of a commitment once, for what a kill left open is asked and told again
 * @param notices queue and type, in order
 * @param performed status of each performed step
 */
record StoredExam(
        String states,
        List<String> steps,
        List<String> messages,
        List<String> timeline,
        List<String> notices,
        List<String> performed) {

    /** What becomes of a request for commitment when archive and modality answer. */
    private static final Set<String> OF_EVERY_COMMITMENT =
            Set.of("commitment.requested", "commitment.asked", "commitment.report-received", "commitment.reported");

    private static final Map<String, String> QUERIES = Map.of(
            "states", "SELECT number, procedure_state || ' ' || custody_state FROM accession",
            "steps",
                    "SELECT s.accession, s.step_id || ' ' || s.status || ' ' || CAST(s.start_at AS VARCHAR) || ' '"
                            + " || (SELECT COUNT(*) FROM scheduled_step_station t WHERE t.step_id = s.id) || ' stations '"
                            + " || (SELECT COUNT(*) FROM scheduled_step_name n WHERE n.step_id = s.id) || ' names'"
                            + " FROM scheduled_step s ORDER BY s.id",
            "messages",
                    "SELECT SUBSTRING(control_id FROM 1 FOR POSITION('-' IN control_id) - 1), control_id FROM received_message ORDER BY id",
            "timeline", "SELECT accession, kind FROM timeline_entry ORDER BY id",
            "notices", "SELECT accession, queue || ' ' || event_type FROM outbox ORDER BY seq",
            "performed",
                    "SELECT i.accession, p.status FROM performed_item i"
                            + " JOIN performed_step p ON p.sop_instance_uid = i.performed_uid");

    /** Every accession by its number. */
    static Map<String, StoredExam> readAll(Connection store) throws SQLException {
        Map<String, Map<String, List<String>>> tables = new HashMap<>();
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            tables.put(query.getKey(), read(store, query.getValue()));
        }
        Map<String, StoredExam> exams = new HashMap<>();
        tables.values().stream()
                .flatMap(table -> table.keySet().stream())
                .distinct()
                .forEach(accession -> exams.put(
                        accession,
                        new StoredExam(
                                String.join(", ", of(tables, "states", accession)),
                                of(tables, "steps", accession),
                                of(tables, "messages", accession),
                                commitmentsOnce(of(tables, "timeline", accession)),
                                of(tables, "notices", accession),
                                of(tables, "performed", accession))));
        return exams;
    }

    private static List<String> of(Map<String, Map<String, List<String>>> tables, String table, String accession) {
        return List.copyOf(tables.getOrDefault(table, Map.of()).getOrDefault(accession, List.of()));
    }

    private static List<String> commitmentsOnce(List<String> timeline) {
        List<String> kinds = new ArrayList<>();
        for (String kind : timeline) {
            if (!kind.startsWith("commitment.") || (OF_EVERY_COMMITMENT.contains(kind) && !kinds.contains(kind))) {
                kinds.add(kind);
            }
        }
        return List.copyOf(kinds);
    }

    private static Map<String, List<String>> read(Connection store, String query) throws SQLException {
        Map<String, List<String>> values = new HashMap<>();
        try (Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                String accession = String.valueOf(rows.getString(1));
                values.computeIfAbsent(accession, ignored -> new ArrayList<>())
                        .add(rows.getString(2).replace(accession, "*"));
            }
        }
        return values;
    }

    /** Whether this is on the way from one to the other: what came asynchronously came in its order. */
    boolean isBetween(StoredExam begin, StoredExam end) {
        return isBetween(begin.timeline, timeline, end.timeline)
                && isBetween(begin.notices, notices, end.notices)
                && steps.equals(end.steps)
                && messages.equals(end.messages)
                && performed.equals(end.performed)
                && (states.equals(end.states) ? notices.equals(end.notices) : notices.equals(begin.notices));
    }

    private static boolean isBetween(List<String> begin, List<String> middle, List<String> end) {
        return startsWith(middle, begin) && startsWith(end, middle);
    }

    private static boolean startsWith(List<String> list, List<String> head) {
        return list.size() >= head.size() && list.subList(0, head.size()).equals(head);
    }
}
