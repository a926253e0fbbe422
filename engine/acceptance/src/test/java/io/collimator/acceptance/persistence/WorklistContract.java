package io.collimator.acceptance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.persistence.Database;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.usecase.QueryWorklist;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import io.collimator.workflow.worklist.TooManyMatchesException;
import io.collimator.workflow.worklist.WorklistMatches;
import io.collimator.workflow.worklist.WorklistSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
    void a_long_list_comes_in_pages_by_start_and_is_never_cut_short_in_silence() {
        // given
        for (int i = 0; i < 450; i++) {
            save(entry("T5"), "E%03d".formatted(i), NOW, "202611%02d".formatted(22 + i % 3));
        }

        // when
        List<String> all = find("T5", Tags.PatientName);
        List<String> some = new ArrayList<>();
        try (WorklistMatches matches = matches(keys("T5").build(), 300)) {

            // then
            assertThatThrownBy(() -> matches.forEachRemaining(match -> some.add(match.text(Tags.AccessionNumber))))
                    .isInstanceOf(TooManyMatchesException.class)
                    .hasMessageContaining("300");
        }
        assertThat(all).hasSize(450).doesNotHaveDuplicates();
        assertThat(all.get(0)).isEqualTo("E000");
        assertThat(some).hasSize(300).isEqualTo(all.subList(0, 300));
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

    private List<String> accessions(DataSet identifier, boolean hideWithoutStation) {
        List<String> found = new ArrayList<>();
        WorklistSettings settings =
                new WorklistSettings(ZoneOffset.UTC, Set.of(StepStatus.SCHEDULED), 30, 1000, hideWithoutStation);
        try (WorklistMatches matches = new QueryWorklist(
                        database().transactions(), Clock.fixed(NOW, ZoneOffset.UTC), settings)
                .find(identifier)) {
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
                        new WorklistSettings(ZoneOffset.UTC, Set.of(StepStatus.SCHEDULED), 30, limit, false))
                .find(identifier);
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

    private void save(DataSet.Builder entry, String accession, Instant orderedAt, String date) {
        save(entry.build(), accession, orderedAt, date);
    }

    private ScheduledStep save(DataSet entry, String accession, Instant orderedAt, String date, String... stations) {
        AccessionNumber number = new AccessionNumber(accession);
        DataSet item = Dictionary.dataSet(entry.item(Tags.ScheduledProcedureStepSequence))
                .put(Tags.ScheduledStationAETitle, stations)
                .put(Tags.ScheduledProcedureStepStartDate, date)
                .put(Tags.ScheduledProcedureStepID, "SPS")
                .build();
        ScheduledStep step = new ScheduledStep(
                number,
                "SPS",
                NUMBERS.incrementAndGet(),
                false,
                StepStatus.SCHEDULED,
                Dictionary.dataSet(entry)
                        .put(Tags.AccessionNumber, accession)
                        .items(Tags.ScheduledProcedureStepSequence, item)
                        .build(),
                orderedAt);
        database().transactions().run(session -> {
            session.accessions().save(StoreContract.accession(accession, "PL-" + accession, "FI-" + accession));
            session.scheduledSteps().save(step);
        });
        return step;
    }
}
