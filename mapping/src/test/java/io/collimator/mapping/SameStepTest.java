package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of one message that name the same Scheduled Procedure Step ID. */
class SameStepTest {

    private static final String HEAD = "P1^CT neck and chest^LOCAL^N1^CT neck^LOCAL";
    private static final String CHEST = "P1^CT neck and chest^LOCAL^C1^CT chest^LOCAL";

    private final MappingSet mapping = Samples.shipped();

    @Test
    void two_orders_with_one_step_id_are_one_step_with_both_protocol_codes() {
        MappedMessage mapped = map(orc("NW", 10), request(HEAD), orc("NW", 10), request(CHEST));

        assertThat(mapped.steps()).hasSize(1);
        assertThat(codes(mapped)).containsExactly("N1", "C1");
        assertThat(step(mapped).text(Tags.ScheduledProcedureStepDescription)).isEqualTo("CT neck, CT chest");
        assertThat(mapped.steps().get(0).attributes().items(Tags.RequestedProcedureCodeSequence))
                .hasSize(1);
        assertThat(mapped.warnings()).isEmpty();
    }

    @Test
    void two_requests_of_one_order_are_one_step_and_a_code_that_is_repeated_counts_once() {
        MappedMessage mapped = map(orc("NW", 10), request(HEAD), request(CHEST), request(HEAD));

        assertThat(mapped.steps()).hasSize(1);
        assertThat(codes(mapped)).containsExactly("N1", "C1");
    }

    @Test
    void two_imaging_segments_are_one_step_on_both_stations() {
        MappedMessage mapped = Samples.map(
                mapping,
                message(
                        MSH.replace("ORM^O01", "OMI^O23"),
                        PID,
                        "ORC|NW|O1|F1",
                        "TQ1|1||||||202611221000",
                        obr(1, "1", 2, "O1", 3, "F1", 4, "P1"),
                        "IPC|A1|RP1|1.2.3.4|S1|CT|N1^CT neck^LOCAL|||CT1",
                        "IPC|A1|RP1|1.2.3.4|S1|CT|C1^CT chest^LOCAL~L1^CT lung^LOCAL|||CT2~CT1"));

        assertThat(mapped.steps()).hasSize(1);
        assertThat(codes(mapped)).containsExactly("N1", "C1", "L1");
        assertThat(step(mapped).texts(Tags.ScheduledStationAETitle)).containsExactly("CT1", "CT2");
    }

    @ParameterizedTest
    @CsvSource({
        "NW, F2, S1, another order",
        "NW, F1, S2, another step",
        "XO, F1, S1, another instruction",
        "NW, F1, '', no step named"
    })
    void other_groups_are_steps_of_their_own(String control, String filler, String stepId, String why) {
        MappedMessage mapped = map(
                orc("NW", 10),
                request(HEAD),
                "ORC|%s||%s||||^^^202611221000".formatted(control, filler),
                obr(1, "2", 3, filler, 4, CHEST, 20, stepId, 24, "CT"));

        assertThat(mapped.steps()).as(why).hasSize(2);
        assertThat(mapped.steps()).extracting(MappedStep::position).containsExactly(1, 2);
    }

    @Test
    void the_earliest_start_counts_and_the_other_is_a_warning() {
        MappedMessage mapped = map(orc("NW", 11), request(HEAD), orc("NW", 10), request(CHEST));

        assertThat(step(mapped).text(Tags.ScheduledProcedureStepStartTime)).isEqualTo("100000");
        assertThat(mapped.steps().get(0).explanations())
                .filteredOn(explanation -> explanation.keyword().endsWith("StartTime"))
                .extracting(Explanation::value)
                .containsExactly("100000");
        assertThat(mapped.warnings()).extracting(MappingWarning::kind).contains(MappingWarning.Kind.CONTRADICTION);
    }

    @Test
    void a_time_goes_before_the_same_date_without_one() {
        MappedMessage mapped =
                map(orc("NW", 10).replace("202611221000", "20261122"), request(HEAD), orc("NW", 11), request(CHEST));

        assertThat(step(mapped).text(Tags.ScheduledProcedureStepStartTime)).isEqualTo("110000");
    }

    @Test
    void a_value_that_one_group_deletes_is_what_another_group_says() {
        MappedMessage mapped = map(
                orc("XO", 10),
                obr(1, "1", 3, "F1", 4, HEAD, 20, "S1", 24, "CT", 31, "\"\""),
                orc("XO", 10),
                obr(1, "2", 3, "F1", 4, CHEST, 20, "S1", 24, "CT", 31, "R1^COUGH"));

        assertThat(mapped.steps().get(0).attributes().text(Tags.ReasonForTheRequestedProcedure))
                .isEqualTo("COUGH");
    }

    @ParameterizedTest
    @CsvSource({"24, MR, Modality, OBR[2]-24", "19, RP2, RequestedProcedureID, OBR[2]-19"})
    void a_step_cannot_have_two(int field, String value, String keyword, String place) {
        String refusal = Samples.refusal(() -> map(
                orc("NW", 10),
                obr(1, "1", 3, "F1", 4, HEAD, 19, "RP1", 20, "S1", 24, "CT"),
                obr(field == 1 ? 2 : 1, "2", 3, "F1", 4, CHEST, 19, "RP1", 20, "S1", 24, "CT", field, value)));

        assertThat(refusal).startsWith("AE 205 " + place).contains(keyword);
    }

    @Test
    void another_priority_is_left_out_with_a_warning() {
        MappedMessage mapped = map(
                "ORC|NW||F1||||^^^202611221000^^S", request(HEAD), "ORC|NW||F1||||^^^202611221000^^R", request(CHEST));

        assertThat(mapped.steps().get(0).attributes().text(Tags.RequestedProcedurePriority))
                .isEqualTo("STAT");
        assertThat(mapped.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString())
                        .startsWith("ORC[2]-7.6 (priority): ")
                        .contains("the first counts"));
    }

    private MappedMessage map(String... orders) {
        String[] segments = new String[orders.length + 2];
        segments[0] = MSH;
        segments[1] = PID;
        System.arraycopy(orders, 0, segments, 2, orders.length);
        return Samples.map(mapping, message(segments));
    }

    private static String orc(String control, int hour) {
        return "ORC|%s||F1||||^^^20261122%02d00".formatted(control, hour);
    }

    private static String request(String service) {
        return obr(1, "1", 3, "F1", 4, service, 18, "A1", 19, "RP1", 20, "S1", 24, "CT");
    }

    private static List<String> codes(MappedMessage mapped) {
        return step(mapped).items(Tags.ScheduledProtocolCodeSequence).stream()
                .map(item -> item.text(Tags.CodeValue))
                .toList();
    }

    private static DataSet step(MappedMessage mapped) {
        return mapped.steps().get(0).attributes().item(Tags.ScheduledProcedureStepSequence);
    }
}
