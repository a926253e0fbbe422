package io.collimator.acceptance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.persistence.Database;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.port.Retention.Kind;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.usecase.ViewAccession;
import io.collimator.workflow.usecase.ViewAccession.AccessionView;
import io.collimator.workflow.worklist.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A year of a department on each database, every tenth day, its clock set by hand. Whoever adds a table says here how it
 * ends, and in docs/reference/retention.md.
 */
abstract class RetentionContract {

    private static final int TURNS = 37;
    private static final Duration TURN = Duration.ofDays(10);

    /** From here on as much goes as comes. */
    private static final int STEADY = 20;

    /** Tables that end, once nothing unfinished is in them. */
    private static final Set<String> BOUNDED = Set.of(
            "archive_ask",
            "archive_transaction",
            "early_stop",
            "held_line",
            "held_message",
            "open_exception",
            "paused_queue",
            "settled_notice",
            "sign_of_life",
            "used_broker",
            "mapping_version",
            "mapping_version_file",
            "outbox",
            "outbox_text",
            "patient_update",
            "received_message",
            "result",
            "result_line",
            "timeline_entry");

    /** Of these only some rows or columns end; what stays is slim, or kept until custody can be folded. */
    private static final Set<String> KEPT = Set.of(
            "accession",
            "scheduled_step",
            "scheduled_step_station",
            "scheduled_step_name",
            "exception_record",
            "patient",
            "patient_merge",
            "patient_merge_accession",
            "performed_step",
            "performed_item",
            "performed_instance",
            "commitment_request",
            "commitment_item",
            "commitment_link",
            "instance_custody");

    private RetentionHouse house;

    abstract Database database();

    abstract Connection connection() throws SQLException;

    @Test
    void after_a_year_what_was_finished_is_forgotten_and_nothing_else() throws Exception {
        // given
        house = new RetentionHouse(database().transactions());
        UUID neverSent = null;
        UUID neverClosed = house.exception();
        SortedMap<String, Long> steady = new TreeMap<>();
        house.order("OPEN", "P1");
        house.uncommitted("FAILED", true);
        house.uncommitted("OUTSTANDING", false);
        house.merge(new PatientId("OLD", null), new PatientId("P1", null));

        // when
        for (int turn = 1; turn <= TURNS; turn++) {
            day(turn);
            List<OutboxMessage> waiting = house.pending();
            UUID kept = neverSent == null ? waiting.get(0).id() : neverSent;
            neverSent = kept;
            house.sent(waiting.stream()
                    .map(OutboxMessage::id)
                    .filter(id -> !id.equals(kept))
                    .toList());
            house.clock.advance(TURN);
            house.forget();
            if (turn == STEADY) {
                steady = counts();
            }
        }

        // then
        SortedMap<String, Long> atTheEnd = counts();
        Set<String> known = new TreeSet<>(BOUNDED);
        known.addAll(KEPT);
        assertThat(atTheEnd.keySet()).as("a table without a rule of retention").isEqualTo(known);
        for (String table : BOUNDED) {
            assertThat(atTheEnd.get(table))
                    .as(table)
                    .isEqualTo(steady.get(table))
                    .isLessThan(200);
        }
        finishedIsForgotten("DONE-3");
        finishedIsForgotten("CLOSED-3");
        unfinishedIsThere(neverSent, neverClosed);
        assertThat(one("SELECT COUNT(*) FROM exception_record WHERE closed_at IS NOT NULL"))
                .isLessThan(8);
        assertThat(one("SELECT COUNT(*) FROM patient WHERE id LIKE 'SEEN%'")).isLessThan(20);
        assertThat(one("SELECT COUNT(*) FROM outbox WHERE sent = TRUE AND sent_at < '%s'"
                        .formatted(house.clock.instant().minus(Duration.ofDays(30)))))
                .isZero();
        assertThat(one("SELECT COUNT(*) FROM patient_merge WHERE data_set IS NOT NULL"))
                .isZero();
        assertThat(one("SELECT COUNT(*) FROM patient WHERE id = 'OLD' AND survivor_id = 'P1'"))
                .isEqualTo(1);
    }

    private void day(int turn) {
        UUID exception = house.exception();
        house.order("DONE-" + turn, "P1");
        house.perform("DONE-" + turn);
        house.order("GONE-" + turn, "P1");
        house.change("GONE-" + turn, OrderAction.CANCEL_REQUEST, "CA");
        house.order("CLOSED-" + turn, "P1");
        house.close("CLOSED-" + turn);
        house.result("DONE-" + turn, ResultStatus.FINAL);
        house.admit("SEEN-" + turn);
        house.mapping(turn);
        assertThatThrownBy(() -> house.change("NEVER-" + turn, OrderAction.CANCEL_REQUEST, "CA"))
                .isInstanceOf(OrderRefusedException.class);
        house.dispatch();
        house.close(exception);
    }

    private void finishedIsForgotten(String accession) {
        AccessionView view = house.view(accession);
        assertThat(view.timeline()).extracting(TimelineEntry::kind).containsExactly("timeline.forgotten");
        assertThat(view.accession().patient().name()).isEqualTo("DOE^JOHN");
        assertThat(view.steps()).singleElement().satisfies(step -> {
            assertThat(step.stationAeTitle()).isEqualTo("CT1");
            assertThat(step.status().isEnded()).isTrue();
            assertThat(step.start()).isNotNull();
        });
        assertThat(house.entry(accession).text(Tags.PatientName)).isEqualTo("DOE^JOHN");
        assertThat(house.entry(accession).contains(Tags.Allergies)).isFalse();
        assertThat(house.sent(accession)).isEqualTo(new SentFields(Map.of("MSH-3", "RIS")));
        boolean performed = accession.startsWith("DONE");
        if (performed) {
            assertThat(view.accession().procedureState()).isEqualTo(ProcedureState.COMPLETED);
            assertThat(view.accession().custodyState()).isEqualTo(CustodyState.COMMITTED);
            assertThat(view.instances().committed()).isEqualTo(2);
        }
        assertThat(view.accession().studyInstanceUid()).isEqualTo(Uid.ofName(accession));
        // its number is still its own: given to another patient, it would bring images into the wrong study
        assertThatThrownBy(() -> house.order(accession, "P2"))
                .isInstanceOfSatisfying(
                        OrderRefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(OrderRefusedException.DUPLICATE_KEY));
        // nor does a repeated order begin it anew; what only the order's side closed, it may open again
        if (performed) {
            assertThatThrownBy(() -> house.order(accession, "P1")).isInstanceOf(OrderRefusedException.class);
            assertThat(house.view(accession).steps())
                    .extracting(ViewAccession.Step::status)
                    .containsExactly(StepStatus.COMPLETED);
        }
    }

    private void unfinishedIsThere(UUID neverSent, UUID neverClosed) {
        assertThat(house.pending()).extracting(OutboxMessage::id).contains(neverSent);
        assertThat(house.view("OPEN").timeline())
                .extracting(TimelineEntry::kind)
                .contains("order.scheduled");
        assertThat(house.entry("OPEN").contains(Tags.Allergies)).isTrue();
        for (String accession : List.of("FAILED", "OUTSTANDING")) {
            AccessionView view = house.view(accession);
            assertThat(view.accession().custodyState()).isIn(CustodyState.FAILED, CustodyState.OUTSTANDING);
            assertThat(view.timeline())
                    .extracting(TimelineEntry::kind)
                    .contains("order.scheduled", "commitment.requested");
            assertThat(house.entry(accession).contains(Tags.Allergies)).isTrue();
        }
        ExceptionRecord exception = database()
                .transactions()
                .read(session -> session.exceptions().find(neverClosed))
                .orElseThrow();
        assertThat(exception.evidence().content()).isEmpty();
        assertThat(exception.summary()).contains("collimator.retention.open-evidence-days");
    }

    @Test
    void every_table_stands_in_the_documentation() throws IOException, SQLException {
        String page = Files.readString(Path.of("../../docs/reference/retention.md"));
        for (String table : counts().keySet()) {
            assertThat(page).contains("`" + table + "`");
        }
        for (Kind kind : Kind.values()) {
            assertThat(page).contains("`" + kind.label() + "`");
        }
    }

    /** Rows of every table, as the database itself lists them. */
    private SortedMap<String, Long> counts() throws SQLException {
        SortedMap<String, Long> counts = new TreeMap<>();
        try (Connection connection = connection()) {
            for (List<String> table : StoreRows.rows(
                    connection,
                    "SELECT table_name FROM information_schema.tables WHERE LOWER(table_schema) = 'public'"
                            + " AND table_type = 'BASE TABLE' AND table_name <> 'flyway_schema_history'")) {
                String name = table.get(0).toLowerCase(Locale.ROOT);
                counts.put(
                        name,
                        Long.parseLong(StoreRows.rows(connection, "SELECT COUNT(*) FROM " + name)
                                .get(0)
                                .get(0)));
            }
        }
        return counts;
    }

    private long one(String query) throws SQLException {
        try (Connection connection = connection()) {
            return Long.parseLong(StoreRows.rows(connection, query).get(0).get(0));
        }
    }
}
