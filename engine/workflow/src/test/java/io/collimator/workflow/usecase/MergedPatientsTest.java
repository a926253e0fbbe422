package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.PatientDesk.data;
import static io.collimator.workflow.usecase.PatientDesk.id;
import static io.collimator.workflow.usecase.PatientDesk.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.patient.MergeMessage;
import io.collimator.workflow.patient.MergeMessage.Kind;
import io.collimator.workflow.patient.MergeMessage.Pair;
import io.collimator.workflow.patient.PatientEvent;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientMessage;
import io.collimator.workflow.performed.PerformedItem.Link;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.result.StoredResult;
import io.collimator.workflow.usecase.AcceptedAdt.Effect;
import io.collimator.workflow.worklist.StepStatus;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Domain §10.10 and edge cases 105, 106, 107; users.md 25 and 26. */
class MergedPatientsTest {

    private static final DataSet NOTHING = data().build();

    private final PatientDesk desk = new PatientDesk();

    @Test
    void everything_of_the_prior_number_belongs_to_the_survivor_and_the_prior_number_stays_known() {
        // given
        desk.order("OPEN", "P1^NORTH", data().put(Tags.Allergies, "LATEX").build());
        desk.order("DONE", "P1^NORTH");
        desk.begin("1.1", "DONE", "P1");
        desk.complete("1.1");
        desk.order("OWN", "S1^NORTH");
        desk.forgetNotices();

        // when
        AcceptedAdt accepted = desk.merge(
                "P1^NORTH",
                "S1^NORTH",
                data().put(Tags.PatientName, "DUBOIS^MARC")
                        .put(Tags.PatientBirthDate, "19580119")
                        .build());

        // then
        assertThat(accepted.effect()).isEqualTo(Effect.CHANGED);
        for (String accession : List.of("OPEN", "DONE")) {
            assertThat(desk.patientOf(accession)).isEqualTo("S1^NORTH");
            assertThat(desk.otherIds(accession)).containsExactly("P1^NORTH");
            assertThat(desk.entry(accession).text(Tags.PatientName)).isEqualTo("DUBOIS^MARC");
            assertThat(desk.entry(accession).text(Tags.PatientBirthDate)).isEqualTo("19580119");
            assertThat(desk.accession(accession).patient().name()).isEqualTo("DUBOIS^MARC");
            assertThat(desk.timeline(accession)).contains("patient.merged");
        }
        assertThat(desk.entry("OPEN").text(Tags.Allergies)).as("never lost").isEqualTo("LATEX");
        assertThat(desk.entry("OWN").text(Tags.PatientName)).isEqualTo("DUBOIS^MARC");
        assertThat(desk.timeline("OWN")).contains("patient.updated").doesNotContain("patient.merged");
        assertThat(desk.events()).containsExactly("patient.merged null [P1^NORTH>S1^NORTH] [DONE, OPEN, OWN]");
    }

    @Test
    void the_number_of_the_patient_is_never_among_the_others() {
        // given
        desk.order("ACC1", "OLD^NORTH");
        desk.merge("OLD^NORTH", "NEW^NORTH");

        // when an ADT message names both, the old one first
        desk.adt(new PatientMessage(
                desk.reception("ADT|NORTH", PatientDesk.TEN),
                PatientEvent.of("A08").orElseThrow(),
                PatientDesk.id("OLD^NORTH"),
                List.of(PatientDesk.id("NEW^NORTH")),
                others("NEW", "OLD", "NEW")));

        // then
        assertThat(desk.patientOf("ACC1")).isEqualTo("NEW^NORTH");
        assertThat(desk.otherIds("ACC1")).containsExactly("OLD^NORTH");

        // when orders do, under either number
        desk.order("ACC2", "OLD^NORTH", others("NEW"));
        desk.order("ACC3", "NEW^NORTH", others("NEW", "OLD", "OLD"));
        desk.order("ACC4", "NEW^NORTH", others("NEW"));

        // then
        for (String accession : List.of("ACC2", "ACC3", "ACC4")) {
            assertThat(desk.patientOf(accession)).isEqualTo("NEW^NORTH");
            assertThat(desk.otherIds(accession)).as(accession).containsExactly("OLD^NORTH");
        }
    }

    @Test
    void a_number_that_is_repeated_is_no_other_number() {
        desk.order("ACC1", "P1^NORTH", others("P1"));
        desk.order("ACC2", "P2^NORTH", others("P2", "N9", "N9"));

        assertThat(desk.entry("ACC1").contains(Tags.OtherPatientIDsSequence)).isFalse();
        assertThat(desk.otherIds("ACC2")).containsExactly("N9^NORTH");
    }

    @Test
    void a_merge_that_repeats_the_number_of_the_survivor_does_not_list_it() {
        desk.order("ACC1", "OLD^NORTH");

        desk.merge("OLD^NORTH", "NEW^NORTH", others("NEW", "OLD"));

        assertThat(desk.otherIds("ACC1")).containsExactly("OLD^NORTH");
    }

    @Test
    void a_number_that_becomes_the_patients_own_is_no_longer_among_the_others() {
        desk.order("ACC1", "OLD^NORTH", others("NEW"));

        desk.changeId("OLD^NORTH", "NEW^NORTH");

        assertThat(desk.patientOf("ACC1")).isEqualTo("NEW^NORTH");
        assertThat(desk.otherIds("ACC1")).containsExactly("OLD^NORTH");
    }

    private static DataSet others(String... ids) {
        return data().items(
                        Tags.OtherPatientIDsSequence,
                        Arrays.stream(ids)
                                .map(id -> data().put(Tags.PatientID, id)
                                        .put(Tags.IssuerOfPatientID, "NORTH")
                                        .build())
                                .toList())
                .build();
    }

    @Test
    void a_step_in_progress_keeps_its_link_and_goes_on_under_either_number() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.begin("1.1", "ACC1", "P1");
        desk.forgetNotices();

        // when
        desk.merge("P1^NORTH", "S1^NORTH");
        desk.begin("1.2", "ACC1", "P1");
        desk.begin("1.3", "ACC1", "S1");
        desk.complete("1.1");
        desk.complete("1.2");
        desk.complete("1.3");

        // then
        assertThat(desk.accession("ACC1").procedureState()).isEqualTo(ProcedureState.COMPLETED);
        assertThat(desk.step("ACC1").status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(desk.store.raised()).isEmpty();
        assertThat(desk.noticesOn(Notices.STATUS_QUEUE)).containsExactly("status.completed ACC1 S1^NORTH");
        assertThat(desk.store
                        .performedSteps()
                        .find(new Uid("1.1"))
                        .orElseThrow()
                        .dataSet()
                        .text(Tags.PatientID))
                .as("evidence stays")
                .isEqualTo("P1");
    }

    @Test
    void a_step_that_was_performed_under_the_survivor_s_number_too_early_is_linked_by_the_merge() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.begin("1.1", "ACC1", "S1");
        assertThat(desk.accession("ACC1").procedureState()).isEqualTo(ProcedureState.SCHEDULED);

        // when
        desk.merge("P1^NORTH", "S1^NORTH");

        // then
        assertThat(desk.accession("ACC1").procedureState()).isEqualTo(ProcedureState.IN_PROGRESS);
        assertThat(desk.store
                        .performedSteps()
                        .find(new Uid("1.1"))
                        .orElseThrow()
                        .items())
                .allSatisfy(item -> assertThat(item.link()).isEqualTo(Link.LINKED));
    }

    @Test
    void orders_and_updates_under_the_prior_number_are_the_survivor_s() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.merge(
                "P1^NORTH",
                "S1^NORTH",
                data().put(Tags.PatientName, "DUBOIS^MARC").build());

        // when
        desk.order("ACC2", "P1^NORTH");
        desk.send(OrderDraft.order("XO")
                .accession("ACC1")
                .filler("F-ACC1")
                .study(Uid.ofName("ACC1").value())
                .patient("P1")
                .putInStep(Tags.ScheduledProcedureStepStartTime, "1400"));
        desk.adt("A08", "P1^NORTH", data().put(Tags.PatientSex, "F").build());

        // then
        for (String accession : List.of("ACC1", "ACC2")) {
            assertThat(desk.patientOf(accession)).isEqualTo("S1^NORTH");
            assertThat(desk.otherIds(accession)).containsExactly("P1^NORTH");
            assertThat(desk.entry(accession).text(Tags.PatientName)).isEqualTo("DUBOIS^MARC");
            assertThat(desk.entry(accession).text(Tags.PatientSex)).isEqualTo("F");
        }
        assertThat(desk.entry("ACC1")
                        .item(Tags.ScheduledProcedureStepSequence)
                        .text(Tags.ScheduledProcedureStepStartTime))
                .isEqualTo("1400");
    }

    @Test
    void an_update_of_the_survivor_does_not_lose_the_prior_number() {
        desk.order("ACC1", "P1^NORTH");
        desk.merge("P1^NORTH", "S1^NORTH");

        desk.adt(
                "A08",
                "S1^NORTH",
                data().items(
                                Tags.OtherPatientIDsSequence,
                                Dictionary.dataSet()
                                        .put(Tags.PatientID, "X9")
                                        .put(Tags.IssuerOfPatientID, "SOUTH")
                                        .build())
                        .build());

        assertThat(desk.otherIds("ACC1")).containsExactly("X9^SOUTH", "P1^NORTH");
    }

    @Test
    void chains_lead_to_the_last_survivor() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.order("ACC2", "P2^NORTH");
        desk.order("ACC3", "P3^NORTH");

        // when
        desk.merge("P1^NORTH", "P2^NORTH");
        desk.merge("P2^NORTH", "P3^NORTH");
        desk.order("ACC4", "P1^NORTH");

        // then
        assertThat(List.of("ACC1", "ACC2", "ACC3", "ACC4"))
                .allSatisfy(accession -> assertThat(desk.patientOf(accession)).isEqualTo("P3^NORTH"));
        assertThat(desk.otherIds("ACC1")).containsExactlyInAnyOrder("P1^NORTH", "P2^NORTH");
        assertThat(desk.store.patients().aliasesOf(new PatientId("P3", "NORTH")))
                .containsExactly(new PatientId("P1", "NORTH"), new PatientId("P2", "NORTH"));
    }

    @Test
    void several_pairs_in_one_message_are_one_event() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.order("ACC2", "P2^NORTH");
        desk.order("ACC3", "P3^NORTH");
        desk.forgetNotices();

        // when
        desk.merge(
                Kind.MERGE,
                new Pair(id("P2^NORTH"), List.of(), id("P1^NORTH"), NOTHING),
                new Pair(id("S^NORTH"), List.of(), id("P2^NORTH"), NOTHING),
                new Pair(id("S^NORTH"), List.of(), id("P3^NORTH"), NOTHING));

        // then
        assertThat(List.of("ACC1", "ACC2", "ACC3"))
                .allSatisfy(accession -> assertThat(desk.patientOf(accession)).isEqualTo("S^NORTH"));
        assertThat(desk.events())
                .containsExactly("patient.merged null [P1^NORTH>P2^NORTH, P2^NORTH>S^NORTH, P3^NORTH>S^NORTH]"
                        + " [ACC1, ACC2, ACC3]");
    }

    @Test
    void a_prior_number_that_nobody_knows_becomes_an_alias() {
        desk.merge("P1^NORTH", "S1^NORTH", data().put(Tags.PatientSex, "F").build());
        desk.order("ACC1", "P1^NORTH");

        assertThat(desk.patientOf("ACC1")).isEqualTo("S1^NORTH");
        assertThat(desk.events().get(0)).isEqualTo("patient.merged null [P1^NORTH>S1^NORTH] []");
    }

    @Test
    void the_same_merge_again_changes_nothing() {
        // given
        desk.order("ACC1", "P1^NORTH");
        MergeMessage message = new MergeMessage(
                desk.reception("ADT|NORTH", PatientDesk.NINE),
                Kind.MERGE,
                List.of(new Pair(id("S1^NORTH"), List.of(), id("P1^NORTH"), NOTHING)));
        desk.merge(message);
        desk.forgetNotices();

        // when
        AcceptedAdt repeated = desk.merge(message);
        AcceptedAdt again = desk.merge("P1^NORTH", "S1^NORTH");

        // then
        assertThat(repeated.repetition()).isEqualTo(Repetition.SAME_MESSAGE);
        assertThat(again.effect()).isEqualTo(Effect.NOTHING_NEW);
        assertThat(desk.events()).isEmpty();
        assertThat(desk.timeline("ACC1")).containsOnlyOnce("patient.merged");
    }

    @ParameterizedTest
    @CsvSource({
        // what was merged before (prior>survivor), this prior, this survivor, answer
        "'', '', S1^NORTH, 101 MRG-1",
        "'', P1^NORTH, '', 101 PID-3",
        "'', S1^NORTH, S1^NORTH, 205 MRG-1",
        "'', S1, S1^NORTH, 204 MRG-1",
        "'', P1^SOUTH, S1^NORTH, 204 MRG-1",
        "S1^NORTH>P1^NORTH, P1^NORTH, S1^NORTH, 205 MRG-1",
        "P1^NORTH>T1^NORTH, P1^NORTH, S1^NORTH, 205 MRG-1",
        "P1^NORTH>T1^NORTH;T1^NORTH>U1^NORTH, U1^NORTH, P1^NORTH, 205 MRG-1"
    })
    void a_merge_that_cannot_be_is_refused(String before, String prior, String survivor, String answer) {
        // given
        desk.order("ACC1", "P1^NORTH");
        for (String merge : before.isEmpty() ? new String[0] : before.split(";", -1)) {
            String[] numbers = merge.split(">", -1);
            desk.merge(numbers[0], numbers[1]);
        }
        desk.forgetNotices();

        // when, then
        PatientDesk.assertRefused(answer, () -> desk.merge(prior, survivor));
        assertThat(desk.events()).isEmpty();
    }

    @Test
    void the_second_pair_of_a_message_is_named_in_its_refusal() {
        PatientDesk.assertRefused(
                "205 MRG-1",
                () -> desk.merge(
                        Kind.MERGE,
                        new Pair(id("S1"), List.of(), id("P1"), NOTHING),
                        new Pair(id("S2"), List.of(), id("S2"), NOTHING)));
        PatientDesk.assertRefused("100 PID-3", () -> desk.merge(Kind.MERGE));
    }

    @Test
    void a_merge_of_two_issuers_with_the_same_number_takes_over_what_names_the_prior_one() {
        desk.order("ACC1", "P1^NORTH");
        desk.order("ACC2", "P1^SOUTH");

        desk.mergeAcross("P1^NORTH", "P1^SOUTH");

        assertThat(desk.patientOf("ACC1")).isEqualTo("P1^SOUTH");
        assertThat(desk.otherIds("ACC1")).containsExactly("P1^NORTH");
    }

    @Test
    void a_changed_number_keeps_what_is_known_of_the_patient() {
        // given
        desk.adt(
                "A01",
                "P1^NORTH",
                data().put(Tags.Allergies, "LATEX")
                        .put(Tags.CurrentPatientLocation, "WARD 4")
                        .build());
        desk.order("ACC1", "P1^NORTH");

        // when
        AcceptedAdt changed = desk.changeId("P1^NORTH", "N1^NORTH");
        AcceptedAdt again = desk.changeId("P1^NORTH", "N1^NORTH");
        desk.order("ACC2", "N1^NORTH");

        // then
        assertThat(List.of(changed.effect(), again.effect())).containsExactly(Effect.CHANGED, Effect.NOTHING_NEW);
        assertThat(desk.patientOf("ACC1")).isEqualTo("N1^NORTH");
        assertThat(desk.otherIds("ACC1")).containsExactly("P1^NORTH");
        assertThat(desk.entry("ACC2").text(Tags.Allergies)).isEqualTo("LATEX");
        assertThat(desk.entry("ACC2").text(Tags.CurrentPatientLocation)).isEqualTo("WARD 4");
    }

    @ParameterizedTest
    @CsvSource({
        "P1^NORTH, P2^NORTH, 205 PID-3",
        "P1^NORTH, OLD2^NORTH, 205 PID-3",
        "OLD2^NORTH, N1^NORTH, 205 MRG-1",
        "P1^NORTH, P1^NORTH, 205 MRG-1"
    })
    void a_new_number_that_somebody_has_or_had_is_refused(String prior, String newId, String answer) {
        desk.order("ACC1", "P1^NORTH");
        desk.order("ACC2", "P2^NORTH");
        desk.merge("OLD2^NORTH", "P2^NORTH");

        PatientDesk.assertRefused(answer, () -> desk.changeId(prior, newId));
    }

    @Test
    void a_number_that_the_patient_had_before_becomes_the_number_again() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.adt(
                "A08",
                "P1^NORTH",
                PatientDesk.data().put(Tags.PatientName, "ROE^ANN").build(),
                PatientDesk.NINE);
        desk.changeId("P1^NORTH", "MISTYPED^NORTH");

        // when
        AcceptedAdt changed = desk.changeId("MISTYPED^NORTH", "P1^NORTH");
        desk.order("ACC2", "P1^NORTH");
        desk.order("ACC3", "MISTYPED^NORTH");

        // then
        assertThat(changed.effect()).isEqualTo(Effect.CHANGED);
        for (String accession : List.of("ACC1", "ACC2", "ACC3")) {
            assertThat(desk.patientOf(accession)).isEqualTo("P1^NORTH");
            assertThat(desk.otherIds(accession)).containsExactly("MISTYPED^NORTH");
        }
        assertThat(desk.entry("ACC1").text(Tags.PatientName)).isEqualTo("ROE^ANN");
    }

    @Test
    void results_go_to_the_survivor_and_are_linked_under_the_prior_number() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.result("P1^NORTH", reported("P", "", "UNKNOWN", "CT"));

        // when
        desk.merge("P1^NORTH", "S1^NORTH");
        AcceptResult.Accepted later = desk.result("P1^NORTH", reported("F", "ACC1", "", "CT"));

        // then
        assertThat(desk.store.results().ofControlId("REPORTS|NORTH", "M2"))
                .extracting(StoredResult::patient)
                .containsExactly(new PatientId("S1", "NORTH"));
        assertThat(later.forwarded()).isTrue();
        assertThat(desk.store.raised()).isEmpty();
    }

    @Test
    void a_modality_under_the_prior_number_without_an_order_makes_an_accession_of_the_survivor() {
        desk.merge(
                "P1^NORTH",
                "S1^NORTH",
                data().put(Tags.PatientName, "DUBOIS^MARC").build());

        desk.begin("1.1", "ACC9", "P1");

        assertThat(desk.accession("ACC9").patient().id()).isEqualTo(new PatientId("S1", "NORTH"));
        assertThat(desk.accession("ACC9").patient().name()).isEqualTo("DUBOIS^MARC");
        assertThat(desk.store.raised()).extracting(ExceptionRecord::type).containsExactly(ExceptionType.STEP_UNMATCHED);
    }
}
