package io.collimator.acceptance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.persistence.Database;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.usecase.QueryWorklist;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import io.collimator.workflow.worklist.TooManyMatchesException;
import io.collimator.workflow.worklist.WorklistMatches;
import io.collimator.workflow.worklist.WorklistQuery;
import io.collimator.workflow.worklist.WorklistRequest;
import io.collimator.workflow.worklist.WorklistSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Worklist queries through a store; run on each database. Every test uses a modality of its own. */
abstract class WorklistContract {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    abstract Database database();

    @Test
    void every_column_finds_its_own_and_nothing_else() {
        // given
        save(entry("T1").put(Tags.PatientName, "MÜLLER^JÖRG=山田").put(Tags.PatientID, "P1"), "A001", "CT_A", "ct2");
        save(entry("T1").put(Tags.PatientName, "MULLERX^A").put(Tags.PatientID, "p1"), "A002", "CTXA");

        // when / then
        assertThat(find("T1", Tags.PatientName, "muller^*")).containsExactly("A001");
        assertThat(find("T1", Tags.PatientName, "MULLER^JORG")).containsExactly("A001");
        assertThat(find("T1", Tags.PatientName, "*山*")).containsExactly("A001");
        assertThat(find("T1", Tags.PatientName, "muller*")).containsExactlyInAnyOrder("A001", "A002");
        assertThat(find("T1", Tags.PatientID, "P1")).containsExactly("A001");
        assertThat(find("T1", Tags.PatientID, "?1")).containsExactlyInAnyOrder("A001", "A002");
        assertThat(find("T1", Tags.AccessionNumber, "A00*")).containsExactlyInAnyOrder("A001", "A002");
        assertThat(find("T1", Tags.AccessionNumber, "A001", "A009")).containsExactly("A001");
        assertThat(find("T1", Tags.StudyInstanceUID, "1.2.3")).containsExactlyInAnyOrder("A001", "A002");
        assertThat(find("T1", Tags.RequestedProcedureID, "NONE")).isEmpty();
        assertThat(findInStep("T1", Tags.ScheduledStationAETitle, "CT2")).containsExactly("A001");
        assertThat(findInStep("T1", Tags.ScheduledStationAETitle, "ct_a")).containsExactly("A001");
        assertThat(findInStep("T1", Tags.ScheduledStationAETitle, "CT_*")).containsExactly("A001");
        assertThat(findInStep("T1", Tags.ScheduledProcedureStepID, "SPS")).containsExactlyInAnyOrder("A001", "A002");
        assertThat(findInStep("T1", Tags.ScheduledProcedureStepStartDate, "20261122"))
                .containsExactlyInAnyOrder("A001", "A002");
        assertThat(findInStep("T1", Tags.ScheduledProcedureStepStartDate, "20261123-"))
                .isEmpty();
    }

    @Test
    void a_step_is_on_the_list_until_it_is_begun_and_is_found_when_its_status_is_asked_for() {
        // given
        ScheduledStep step = save(entry("T2"), "B001", "CT1");

        // when
        database().transactions().run(session -> session.scheduledSteps().save(step.withStatus(StepStatus.STARTED)));

        // then
        assertThat(findInStep("T2", Tags.ScheduledStationAETitle, "CT1")).isEmpty();
        assertThat(findInStep("T2", Tags.ScheduledProcedureStepStatus, "STARTED"))
                .containsExactly("B001");
    }

    @Test
    void a_change_moves_a_step_to_its_new_station_and_day() {
        // given
        ScheduledStep step = save(entry("T3"), "C001", "CT1", "CT2");
        DataSet item = Dictionary.dataSet(step.dataSet().item(Tags.ScheduledProcedureStepSequence))
                .put(Tags.ScheduledStationAETitle, "CT3")
                .put(Tags.ScheduledProcedureStepStartDate, "20261201")
                .build();

        // when
        database()
                .transactions()
                .run(session -> session.scheduledSteps()
                        .save(step.withDataSet(Dictionary.dataSet(step.dataSet())
                                .items(Tags.ScheduledProcedureStepSequence, item)
                                .build())));

        // then
        assertThat(findInStep("T3", Tags.ScheduledStationAETitle, "CT1")).isEmpty();
        assertThat(findInStep("T3", Tags.ScheduledStationAETitle, "CT3")).containsExactly("C001");
        assertThat(findInStep("T3", Tags.ScheduledProcedureStepStartDate, "20261201"))
                .containsExactly("C001");
    }

    @Test
    void what_nobody_began_is_hidden_once_its_start_and_its_order_are_old() {
        // given
        Instant old = NOW.minus(Duration.ofDays(31));
        save(entry("T4"), "D001", NOW, "20261001");
        save(entry("T4"), "D002", old, "20261001");
        save(entry("T4"), "D003", old, "20261122");

        // when
        List<String> found = find("T4", Tags.PatientName);

        // then
        assertThat(found).containsExactlyInAnyOrder("D001", "D003");
    }

    @Test
    void a_long_list_comes_by_start_and_is_never_cut_short_in_silence() {
        // given
        saveMany("T5", "E", 450);

        // when
        List<String> all = find("T5", Tags.PatientName);

        // then
        assertThatThrownBy(() -> matches(keys("T5").build(), 300))
                .isInstanceOf(TooManyMatchesException.class)
                .hasMessageContaining("300");
        assertThat(all).hasSize(450).doesNotHaveDuplicates();
        assertThat(all.get(0)).isEqualTo("E000");
    }

    @Test
    void closing_ends_the_search() {
        // given
        save(entry("T6"), "F001", "CT1");
        WorklistMatches matches = matches(keys("T6").build(), 10);

        // when
        matches.close();

        // then
        assertThat(matches.hasNext()).isFalse();
    }

    @Test
    void a_query_that_names_no_station_sees_steps_without_one_unless_they_are_hidden() {
        // given
        save(entry("T9"), "A901", "CT9");
        save(entry("T9"), "A902");

        // when / then
        assertThat(accessions(keys("T9").build(), false)).containsExactlyInAnyOrder("A901", "A902");
        assertThat(accessions(keys("T9").build(), true)).containsExactly("A901");
    }

    @Test
    void what_is_withheld_is_not_found_even_by_its_status() {
        // given
        ScheduledStep held = save(entry("T10"), "A910", "CT9").withStatus(StepStatus.ON_HOLD);
        database().transactions().run(session -> session.scheduledSteps().save(held));

        // when / then
        assertThat(accessions(keys("T10").build())).isEmpty();
        assertThat(findInStep("T10", Tags.ScheduledProcedureStepStatus, "ON_HOLD"))
                .isEmpty();
        assertThat(findInStep("T10", Tags.ScheduledProcedureStepStatus, "*HO*")).isEmpty();
    }

    @Test
    void what_sql_takes_for_a_wildcard_is_a_letter() {
        // given
        for (String patientId : List.of("A%B", "A_B", "A[B", "A!B", "A'B", "AXB")) {
            save(entry("T11").put(Tags.PatientID, patientId).build(), "G" + NUMBERS.incrementAndGet(), NOW, "20261122");
        }

        // when / then
        assertThat(find("T11", Tags.PatientID, "A%B")).hasSize(1);
        assertThat(find("T11", Tags.PatientID, "A_*")).hasSize(1);
        assertThat(find("T11", Tags.PatientID, "*[*")).hasSize(1);
        assertThat(find("T11", Tags.PatientID, "A!*")).hasSize(1);
        assertThat(find("T11", Tags.PatientID, "*'B")).hasSize(1);
        assertThat(find("T11", Tags.PatientID, "A?B")).hasSize(6);
        assertThat(find("T11", Tags.PatientID, "%")).isEmpty();
    }

    @Test
    void who_takes_the_entries_slowly_holds_no_connection() {
        // given
        saveMany("T12", "H", 250);

        // when
        try (WorklistMatches matches = matches(keys("T12").build(), 1000)) {
            matches.next();

            // then
            assertThat(database().activeConnections()).isZero();
            assertThat(matches.hasNext()).isTrue();
        }
        assertThat(find("T12", Tags.PatientName)).hasSize(250);
    }

    @Test
    void a_query_that_nobody_waits_for_stops_between_two_entries() {
        // given
        saveMany("T13", "I", 250);
        AtomicInteger asked = new AtomicInteger();

        // when
        WorklistMatches matches = query(1000, 20_000)
                .find(new WorklistRequest(keys("T13").build(), false, () -> asked.incrementAndGet() > 5));

        // then
        assertThat(matches).toIterable().hasSizeLessThan(10);
        assertThat(database().activeConnections()).isZero();
    }

    @Test
    void a_list_is_cut_only_for_who_wants_it_and_says_so() {
        // given
        for (int i = 0; i < 5; i++) {
            save(entry("T14"), "J%03d".formatted(i), NOW, "2026112" + (5 - i));
        }
        DataSet identifier = keys("T14").build();

        // when
        WorklistMatches cut = query(3, 20_000).find(new WorklistRequest(identifier, true, () -> false));
        WorklistMatches whole = query(5, 20_000).find(new WorklistRequest(identifier, true, () -> false));

        // then
        assertThat(cut.isCut()).isTrue();
        assertThat(cut)
                .toIterable()
                .extracting(match -> match.text(Tags.AccessionNumber))
                .containsExactly("J004", "J003", "J002");
        assertThat(whole.isCut()).isFalse();
        assertThat(whole).toIterable().hasSize(5);
    }

    @Test
    void a_key_without_a_column_looks_through_a_bounded_number_of_entries() {
        // given
        for (int i = 0; i < 5; i++) {
            save(entry("T15").put(Tags.AdmissionID, "V-" + i), "K%03d".formatted(i), NOW, "20261122");
        }
        DataSet identifier = keys("T15").put(Tags.AdmissionID, "V-3").build();

        // when / then
        assertThat(accessions(identifier)).containsExactly("K003");
        assertThatThrownBy(() -> query(10, 4).find(WorklistRequest.of(identifier)))
                .isInstanceOf(TooManyMatchesException.class)
                .hasMessageContaining("4 entries");
    }

    @Test
    void what_is_hidden_is_counted() {
        // given
        long before = query(10, 10).hidden();
        Instant old = NOW.minus(Duration.ofDays(31));
        save(entry("T16"), "L001", old, "20261001");
        save(entry("T16"), "L002", NOW, "20261001");
        ScheduledStep done = save(entry("T16").build(), "L003", old, "20261001");

        // when
        database().transactions().run(session -> session.scheduledSteps().save(done.withStatus(StepStatus.COMPLETED)));

        // then
        assertThat(query(10, 10).hidden() - before).isEqualTo(1);
    }

    @Test
    void parts_of_a_list_follow_each_other_until_it_ends() {
        // given
        for (int i = 0; i < 7; i++) {
            save(entry("T17"), "M%03d".formatted(i), NOW, "2026112" + (i % 3));
        }
        List<String> seen = new ArrayList<>();

        // when
        QueryWorklist.Part part = query(10, 10).part(keys("T17").build(), null, 3);
        part.entries().forEach(entry -> seen.add(entry.text(Tags.AccessionNumber)));
        while (part.next().isPresent()) {
            part = query(10, 10).part(keys("T17").build(), part.next().get(), 3);
            part.entries().forEach(entry -> seen.add(entry.text(Tags.AccessionNumber)));
        }

        // then
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        assertThat(part.entries())
                .allSatisfy(
                        entry -> assertThat(entry.hasValue(Tags.PatientName)).isTrue());
    }

    @Test
    void the_database_finds_what_the_rules_match_whatever_is_asked() {
        // given
        RandomWorklist random = new RandomWorklist(20261122L, "T20");
        Map<String, DataSet> stored = new LinkedHashMap<>();
        for (int i = 0; i < 80; i++) {
            String accession = "N%03d".formatted(i);
            stored.put(
                    accession,
                    save(random.entry(), accession, NOW, random.date(), random.stations())
                            .entry());
        }

        for (int i = 0; i < 300; i++) {
            // when
            DataSet identifier = random.identifier();
            List<String> expected = stored.entrySet().stream()
                    .filter(entry -> WorklistQuery.of(identifier).matches(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();

            // then
            assertThat(accessions(identifier))
                    .as("query %d: %s", i, random.described(identifier))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private QueryWorklist query(int maxResponses, int maxCandidateRows) {
        return new QueryWorklist(
                database().transactions(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new WorklistSettings(
                        ZoneOffset.UTC, Set.of(StepStatus.SCHEDULED), 30, maxResponses, maxCandidateRows, false));
    }

    private List<String> accessions(DataSet identifier, boolean hideWithoutStation) {
        List<String> found = new ArrayList<>();
        WorklistSettings settings = new WorklistSettings(
                ZoneOffset.UTC, Set.of(StepStatus.SCHEDULED), 30, 1000, 20_000, hideWithoutStation);
        try (WorklistMatches matches = new QueryWorklist(
                        database().transactions(), Clock.fixed(NOW, ZoneOffset.UTC), settings)
                .find(WorklistRequest.of(identifier))) {
            matches.forEachRemaining(match -> found.add(match.text(Tags.AccessionNumber)));
        }
        return found;
    }

    private List<String> find(String modality, Tag tag, String... values) {
        return accessions(keys(modality).put(tag, values).build());
    }

    private List<String> findInStep(String modality, Tag tag, String... values) {
        return accessions(keys(modality)
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.Modality, modality)
                                .put(tag, values)
                                .build())
                .build());
    }

    private List<String> accessions(DataSet identifier) {
        List<String> found = new ArrayList<>();
        try (WorklistMatches matches = matches(identifier, 1000)) {
            matches.forEachRemaining(match -> found.add(match.text(Tags.AccessionNumber)));
        }
        return found;
    }

    private WorklistMatches matches(DataSet identifier, int limit) {
        return new QueryWorklist(
                        database().transactions(),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        new WorklistSettings(ZoneOffset.UTC, Set.of(StepStatus.SCHEDULED), 30, limit, 20_000, false))
                .find(WorklistRequest.of(identifier));
    }

    private static DataSet.Builder keys(String modality) {
        return Dictionary.dataSet()
                .put(Tags.AccessionNumber)
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet().put(Tags.Modality, modality).build());
    }

    private static DataSet.Builder entry(String modality) {
        return Dictionary.dataSet()
                .put(Tags.PatientName, "DOE^JOHN")
                .put(Tags.PatientID, "PID-1")
                .put(Tags.StudyInstanceUID, "1.2.3")
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet().put(Tags.Modality, modality).build());
    }

    private ScheduledStep save(DataSet.Builder entry, String accession, String... stations) {
        return save(entry.build(), accession, NOW, "20261122", stations);
    }

    private ScheduledStep save(DataSet.Builder entry, String accession, Instant orderedAt, String date) {
        return save(entry.build(), accession, orderedAt, date);
    }

    /** So many entries on three days, in one transaction. */
    private void saveMany(String modality, String prefix, int count) {
        database().transactions().run(session -> {
            for (int i = 0; i < count; i++) {
                String accession = "%s%03d".formatted(prefix, i);
                store(session, step(entry(modality).build(), accession, NOW, "202611%02d".formatted(22 + i % 3)));
            }
        });
    }

    private ScheduledStep save(DataSet entry, String accession, Instant orderedAt, String date, String... stations) {
        ScheduledStep step = step(entry, accession, orderedAt, date, stations);
        database().transactions().run(session -> store(session, step));
        return step;
    }

    private static void store(Session session, ScheduledStep step) {
        String accession = step.accession().value();
        session.accessions().save(StoreContract.accession(accession, "PL-" + accession, "FI-" + accession));
        session.scheduledSteps().save(step);
    }

    private static ScheduledStep step(
            DataSet entry, String accession, Instant orderedAt, String date, String... stations) {
        DataSet item = Dictionary.dataSet(entry.item(Tags.ScheduledProcedureStepSequence))
                .put(Tags.ScheduledStationAETitle, stations)
                .put(Tags.ScheduledProcedureStepStartDate, date)
                .put(Tags.ScheduledProcedureStepID, "SPS")
                .build();
        return new ScheduledStep(
                new AccessionNumber(accession),
                "SPS",
                NUMBERS.incrementAndGet(),
                false,
                StepStatus.SCHEDULED,
                Dictionary.dataSet(entry)
                        .put(Tags.AccessionNumber, accession)
                        .items(Tags.ScheduledProcedureStepSequence, item)
                        .build(),
                orderedAt);
    }
}
