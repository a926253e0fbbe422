package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.PatientDesk.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.result.ReportedResult;
import io.collimator.workflow.result.ResultMessage;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.result.StoredResult;
import io.collimator.workflow.testing.Fixtures;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Domain §10.12 and edge case 112. */
class ResultsNeverGoBackwardsTest {

    private final PatientDesk desk = new PatientDesk();

    @ParameterizedTest
    @CsvSource({
        // OBR-25 in the order of arrival, whether the last one is passed on
        "P, true",
        "P P, true",
        "R P, true",
        "P S, true",
        "P F, true",
        "F F, true",
        "F C, true",
        "C C, true",
        "F P, false",
        "F A, false",
        "F R, false",
        "F I, false",
        "F S, false",
        "F O, false",
        "F N, false",
        "F X, true",
        "F D, true",
        "F W, true",
        "F U, true",
        "X X, true",
        "C X, true",
        "X C, true",
        "X P, false",
        "X F, false",
        "C P, false",
        "C F, false",
        "F P F, true",
        "F P P, false",
        "F C X C, true"
    })
    void a_result_goes_on_or_stays_and_never_back(String codes, boolean forwarded) {
        desk.order("ACC1", "P1^NORTH");

        List<AcceptResult.Accepted> accepted = Arrays.stream(codes.split(" "))
                .map(code -> desk.result("P1^NORTH", reported(code, "ACC1", "F-ACC1", "CT")))
                .toList();

        assertThat(accepted.get(accepted.size() - 1).forwarded()).isEqualTo(forwarded);
        assertThat(desk.timeline("ACC1")).filteredOn("result.received"::equals).hasSize(accepted.size());
    }

    @ParameterizedTest
    @CsvSource({
        // OBR-25 with the minute of OBR-22, in the order of arrival, whether the last one is passed on
        "F10 F20, true",
        "F20 F10, false",
        "F10 F10, true",
        "P20 P10, false",
        "P20 F10, true",
        "F10 P20, false",
        "C10 F20, true",
        "C20 F10, false",
        "C10 P20, false",
        "F20 C10, true",
        "F20 X10, true",
        "F10 X20 P30, true",
        "F10 X20 F30, true",
        "F10 X20 F15, false",
        "F20 X10 F15, false",
        "F10 X20 P30 F40, true",
        "P20 F10 F15, true",
        "C20 C10 F15, false"
    })
    void where_the_table_does_not_decide_time_does(String results, boolean forwarded) {
        desk.order("ACC1", "P1^NORTH");

        List<AcceptResult.Accepted> accepted = Arrays.stream(results.split(" "))
                .map(text -> desk.result("P1^NORTH", at(text)))
                .toList();

        assertThat(accepted.get(accepted.size() - 1).forwarded()).isEqualTo(forwarded);
        assertThat(accepted.subList(0, accepted.size() - 1)).allMatch(AcceptResult.Accepted::forwarded);
    }

    private static ReportedResult at(String text) {
        Instant time = Fixtures.NOW.plusSeconds(60L * Integer.parseInt(text.substring(1)));
        return reported(text.substring(0, 1), "ACC1", "", "CT", time);
    }

    @Test
    void a_correction_of_an_earlier_time_goes_on_and_is_told_to_a_person() {
        desk.order("ACC1", "P1^NORTH");

        desk.result("P1^NORTH", at("C20"));
        desk.result("P1^NORTH", at("C10"));

        assertThat(desk.noticesOn(Notices.RESULTS_QUEUE)).hasSize(2);
        assertThat(desk.store.raised()).singleElement().satisfies(raised -> {
            assertThat(raised.type()).isEqualTo(ExceptionType.RESULT_OUT_OF_ORDER);
            assertThat(raised.summary()).contains("M3", "OBR 1 (CT)", "passed on too");
        });
    }

    @Test
    void an_older_report_on_another_order_of_the_accession_goes_on() {
        desk.order("ACC1", "P1^NORTH");
        desk.result("P1^NORTH", reported("F", "ACC1", "LEFT", "CT", Fixtures.NOW.plusSeconds(60)));

        assertThat(desk.result("P1^NORTH", reported("F", "ACC1", "RIGHT", "CT", Fixtures.NOW))
                        .forwarded())
                .isTrue();
        assertThat(desk.result("P1^NORTH", reported("F", "ACC1", "LEFT", "CT", Fixtures.NOW))
                        .forwarded())
                .isFalse();
    }

    @Test
    void a_time_far_ahead_is_not_believed() {
        desk.order("ACC1", "P1^NORTH");
        desk.result("P1^NORTH", reported("F", "ACC1", "", "CT", Fixtures.NOW.plusSeconds(100_000)));

        assertThat(desk.result("P1^NORTH", at("F20")).forwarded()).isTrue();
    }

    @Test
    void a_late_preliminary_is_kept_and_told_to_a_person() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.result("P1^NORTH", reported("F", "ACC1", "", "CT"));

        // when
        desk.result("P1^NORTH", reported("P", "ACC1", "", "CT"));

        // then
        assertThat(desk.noticesOn(Notices.RESULTS_QUEUE)).containsExactly("result.final ACC1 MSH|M2[0]");
        assertThat(desk.store.raised()).singleElement().satisfies(raised -> {
            assertThat(raised.type()).isEqualTo(ExceptionType.RESULT_OUT_OF_ORDER);
            assertThat(raised.accession()).isEqualTo(new AccessionNumber("ACC1"));
            assertThat(raised.summary()).contains("M3").contains("preliminary");
            assertThat(raised.evidence().content()).containsExactly(1);
        });
        assertThat(desk.store.results().ofControlId("REPORTS|NORTH", "M3"))
                .extracting(StoredResult::forwarded)
                .containsExactly(false);
    }

    @Test
    void another_procedure_of_the_order_has_its_own_way() {
        desk.order("ACC1", "P1^NORTH");
        desk.result("P1^NORTH", reported("F", "ACC1", "", "CT"));

        assertThat(desk.result("P1^NORTH", reported("P", "ACC1", "", "MR")).forwarded())
                .isTrue();
    }

    @Test
    void the_same_accession_number_of_another_system_has_its_own_way() {
        // given
        desk.order("A100", "P1^NORTH", issuedBy("NORTHRIS"));
        OrderDraft other = OrderDraft.order("NW")
                .accession("A100")
                .filler("G-A100")
                .study(Uid.ofName("G-A100").value())
                .patient("P2")
                .put(Tags.IssuerOfPatientID, "NORTH");
        desk.send(new OrderDraft(
                other.control(),
                Dictionary.dataSet(other.attributes())
                        .putAll(issuedBy("EASTRIS"))
                        .build(),
                other.item()));
        desk.result("P1^NORTH", reported("F", "", "F-A100", "CT"));

        // when
        AcceptResult.Accepted first = desk.result("P2^NORTH", reported("P", "", "G-A100", "CT"));

        // then
        assertThat(first.forwarded()).isTrue();
    }

    private static DataSet issuedBy(String namespace) {
        return Dictionary.dataSet()
                .items(Tags.IssuerOfAccessionNumberSequence, new AssigningAuthority(namespace, "", "").item())
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "RAD&1.2.3&ISO, &1.2.3&ISO, false",
        "&1.2.3, RAD&1.2.3&ISO, false",
        "RAD, RAD, false",
        "RAD&1.2.3&ISO, RAD&1.2.4&ISO, true",
        "RAD, RADIOLOGY, true"
    })
    void an_order_number_is_the_same_however_its_authority_is_written(String first, String second, boolean forwarded) {
        desk.result("P1^NORTH", numbered("F", first));

        assertThat(desk.result("P1^NORTH", numbered("P", second)).forwarded()).isEqualTo(forwarded);
    }

    private static ReportedResult numbered(String code, String issuer) {
        return new ReportedResult(
                null, new OrderNumber("F-1", issuer), null, "CT", ResultStatus.of(code, List.of()), null);
    }

    @Test
    void a_result_is_known_by_each_of_its_numbers_before_and_after_its_order_came() {
        // given
        desk.result("P1^NORTH", reported("F", "", "F-ACC1", "CT"));
        desk.order("ACC1", "P1^NORTH");

        // when
        AcceptResult.Accepted late = desk.result("P1^NORTH", reported("P", "ACC1", "F-ACC1", "CT"));

        // then
        assertThat(late.forwarded()).isFalse();
        assertThat(desk.noticesOn(Notices.RESULTS_QUEUE)).containsExactly("result.final null MSH|M1[0]");
    }

    @ParameterizedTest
    @CsvSource({"ACC1, '', ACC1", "'', F-ACC1, ACC1", "NOWHERE, F-ACC1, ACC1", "NOWHERE, '', null", "'', '', null"})
    void it_is_linked_by_accession_else_by_order_number_and_taken_without(
            String accession, String filler, String linked) {
        desk.order("ACC1", "P1^NORTH");
        desk.order("ACC2", "P1^NORTH");

        desk.result("P1^NORTH", reported("F", accession, filler, "CT"));

        assertThat(desk.noticesOn(Notices.RESULTS_QUEUE)).containsExactly("result.final " + linked + " MSH|M3[0]");
        assertThat(desk.store.raised()).isEmpty();
    }

    @Test
    void a_placer_number_links_when_nothing_else_does() {
        desk.send(OrderDraft.order("NW").put(Tags.PlacerOrderNumberImagingServiceRequest, "PL1"));

        desk.result(
                "PID-1^NORTH",
                new ReportedResult(new OrderNumber("PL1", null), null, null, "CT", ResultStatus.FINAL, null));

        assertThat(desk.noticesOn(Notices.RESULTS_QUEUE)).containsExactly("result.final ACC1 MSH|M2[0]");
    }

    @Test
    void a_result_for_another_patient_is_kept_not_linked_and_not_passed_on() {
        // given
        desk.order("ACC1", "P1^NORTH");

        // when
        AcceptResult.Accepted accepted = desk.result("P2^NORTH", reported("F", "ACC1", "", "CT"));

        // then
        assertThat(accepted.forwarded()).isFalse();
        assertThat(desk.noticesOn(Notices.RESULTS_QUEUE)).isEmpty();
        assertThat(desk.timeline("ACC1")).doesNotContain("result.received");
        assertThat(desk.store.raised())
                .extracting(ExceptionRecord::type)
                .containsExactly(ExceptionType.PATIENT_MISMATCH);
        assertThat(desk.store.results().ofControlId("REPORTS|NORTH", "M2"))
                .extracting(StoredResult::accession)
                .containsExactly((AccessionNumber) null);
    }

    @Test
    void a_mismatch_does_not_stop_the_right_patient_s_result() {
        desk.order("ACC1", "P1^NORTH");
        desk.result("P2^NORTH", reported("F", "ACC1", "F-ACC1", "CT"));

        assertThat(desk.result("P1^NORTH", reported("P", "ACC1", "F-ACC1", "CT"))
                        .forwarded())
                .isTrue();
    }

    @Test
    void of_several_results_in_one_message_what_is_late_stays() {
        // given
        desk.order("ACC1", "P1^NORTH");
        desk.order("ACC2", "P1^NORTH");
        desk.result("P1^NORTH", reported("F", "ACC2", "", "CT"));

        // when
        desk.result(
                "P1^NORTH",
                reported("C", "ACC1", "", "CT"),
                reported("P", "ACC2", "", "CT"),
                reported("P", "ACC1", "", "MR"));

        // then
        assertThat(desk.noticesOn(Notices.RESULTS_QUEUE))
                .containsExactly("result.final ACC2 MSH|M3[0]", "result.preliminary ACC1 MSH|M4[0, 2]");
        assertThat(desk.store.raised()).singleElement().satisfies(raised -> {
            assertThat(raised.accession()).isEqualTo(new AccessionNumber("ACC2"));
            assertThat(raised.summary()).contains("M4", "OBR 2 (CT)");
        });
        assertThat(desk.store.results().ofControlId("REPORTS|NORTH", "M4"))
                .extracting(StoredResult::forwarded)
                .containsExactly(true, false, true);
    }

    @Test
    void a_message_about_two_accessions_becomes_one_for_each() {
        desk.order("ACC1", "P1^NORTH");
        desk.order("ACC2", "P1^NORTH");

        desk.result(
                "P1^NORTH",
                reported("F", "", "UNKNOWN", "CT"),
                reported("F", "ACC2", "", "CT"),
                reported("P", "ACC1", "", "CT"),
                reported("F", "", "UNKNOWN", "MR"),
                reported("F", "ACC2", "", "MR"));

        assertThat(desk.noticesOn(Notices.RESULTS_QUEUE))
                .containsExactly("result.final ACC2 MSH|M3[0, 1, 4]", "result.preliminary ACC1 MSH|M3[2, 3]");
        assertThat(desk.timeline("ACC1")).contains("result.received");
        assertThat(desk.timeline("ACC2")).contains("result.received");
    }

    @Test
    void another_patient_s_result_does_not_hold_back_the_others_in_its_message() {
        desk.order("ACC1", "P1^NORTH");
        desk.order("ACC2", "P2^NORTH");

        desk.result("P1^NORTH", reported("F", "ACC2", "", "CT"), reported("F", "ACC1", "", "CT"));

        assertThat(desk.noticesOn(Notices.RESULTS_QUEUE)).containsExactly("result.final ACC1 MSH|M3[1]");
        assertThat(desk.store.raised()).singleElement().satisfies(raised -> {
            assertThat(raised.type()).isEqualTo(ExceptionType.PATIENT_MISMATCH);
            assertThat(raised.accession()).isEqualTo(new AccessionNumber("ACC2"));
        });
    }

    @Test
    void two_results_of_one_line_in_a_message_leave_it_at_the_further_one() {
        desk.order("ACC1", "P1^NORTH");

        desk.result("P1^NORTH", reported("F", "ACC1", "", "CT"), reported("P", "ACC1", "", "CT"));

        assertThat(desk.noticesOn(Notices.RESULTS_QUEUE)).containsExactly("result.preliminary ACC1 MSH|M2[0, 1]");
        assertThat(desk.result("P1^NORTH", reported("P", "ACC1", "", "CT")).forwarded())
                .isFalse();
    }

    @Test
    void the_same_message_again_is_passed_on_once() {
        // given
        PatientDesk fresh = new PatientDesk();
        ResultMessage message = new ResultMessage(
                fresh.reception("REPORTS|NORTH", null),
                places -> "MSH",
                PatientDesk.id("P1"),
                List.of(reported("F", "", "F1", "CT")));
        AcceptResult results = new AcceptResult(new AcceptOrder.Context(
                fresh.store,
                Fixtures.CLOCK,
                Fixtures.identifiers(),
                new Notices(Fixtures.CLOCK, Fixtures.identifiers(), Fixtures.encoder())));

        // when
        results.accept(message);
        AcceptResult.Accepted again = results.accept(message);

        // then
        assertThat(again.repetition()).isEqualTo(Repetition.SAME_MESSAGE);
        assertThat(fresh.noticesOn(Notices.RESULTS_QUEUE)).hasSize(1);
    }

    @Test
    void it_changes_no_state_of_the_accession() {
        desk.order("ACC1", "P1^NORTH");
        desk.forgetNotices();

        desk.result("P1^NORTH", reported("F", "ACC1", "", "CT"));

        assertThat(desk.events()).isEmpty();
        assertThat(desk.noticesOn(Notices.STATUS_QUEUE)).isEmpty();
    }

    @Test
    void a_message_without_a_result_is_refused() {
        PatientDesk.assertRefused("100 OBR-1", () -> desk.result("P1^NORTH"));
    }

    @ParameterizedTest
    @CsvSource({
        "F, '', FINAL",
        "' C ', P, CORRECTED",
        "'', F F, FINAL",
        "'', F P, PRELIMINARY",
        "'', C, CORRECTED",
        "'', W, CORRECTED",
        "'', O F, FINAL",
        "'', F C, CORRECTED",
        "'', P C, PRELIMINARY",
        "'', F X, FINAL",
        "'', X X, CANCELLED",
        "W, F, CORRECTED",
        "D, F, CORRECTED",
        "U, '', FINAL",
        "'', '', UNKNOWN",
        "?, '', UNKNOWN",
        "f, '', UNKNOWN"
    })
    void the_observations_tell_where_obr_25_does_not(String code, String observations, ResultStatus expected) {
        assertThat(ResultStatus.of(code, List.of(observations.split(" ")))).isEqualTo(expected);
    }
}
