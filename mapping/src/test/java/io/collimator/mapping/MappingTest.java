package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.OSLO;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.SHIPPED;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {

    private static final String ORC = "ORC|NW|O1^RIS|F1^RAD";

    private final MappingSet mapping = Samples.shipped();

    // ---- what is carried ----

    @Test
    void only_what_the_message_carries_is_in_the_attributes() {
        MappedStep step = step(MSH, PID, "ORC|XO|O1|F1");

        assertThat(step.orderControl()).isEqualTo("XO");
        assertThat(step.attributes().elements())
                .extracting(element -> element.tag())
                .containsExactly(
                        Tags.PatientName,
                        Tags.PatientID,
                        Tags.IssuerOfPatientID,
                        Tags.ScheduledProcedureStepSequence,
                        Tags.PlacerOrderNumberImagingServiceRequest,
                        Tags.FillerOrderNumberImagingServiceRequest);
        assertThat(step.attributes().items(Tags.ScheduledProcedureStepSequence)).containsExactly(DataSet.empty());
    }

    @Test
    void two_double_quotes_clear_and_silence_does_not() {
        MappedStep step = step(MSH, PID + "||\"\"|\"\"|||\"\"", ORC, obr(13, "\"\"", 24, "CT", 31, "\"\""));

        assertThat(step.attributes().contains(Tags.PatientBirthDate)).isTrue();
        assertThat(step.attributes().hasValue(Tags.PatientBirthDate)).isFalse();
        assertThat(step.attributes().contains(Tags.PatientSex)).isTrue();
        assertThat(step.attributes().contains(Tags.MedicalAlerts)).isTrue();
        assertThat(step.attributes().contains(Tags.ReasonForRequestedProcedureCodeSequence))
                .isTrue();
        assertThat(step.attributes().items(Tags.ReasonForRequestedProcedureCodeSequence))
                .isEmpty();
        assertThat(step.attributes().contains(Tags.Allergies)).isFalse();
    }

    @Test
    void a_default_stands_in_only_for_an_entry_that_has_no_value() {
        MappedStep step = step(MSH, PID, "ORC|XO||F1^RAD", obr(24, "CT"));

        assertThat(step.attributes().contains(Tags.AccessionNumber)).isFalse();
        assertThat(step.defaults().text(Tags.AccessionNumber)).isEqualTo("F1");
        assertThat(step.complete().text(Tags.AccessionNumber)).isEqualTo("F1");
        assertThat(scheduled(step.complete()).text(Tags.ScheduledStationAETitle))
                .isEqualTo("CT1");
        assertThat(scheduled(step.complete()).text(Tags.Modality)).isEqualTo("CT");

        MappedStep carried = step(MSH, PID, ORC, obr(18, "A1", 24, "CT"));
        assertThat(carried.defaults().contains(Tags.AccessionNumber)).isFalse();
        assertThat(carried.complete().text(Tags.AccessionNumber)).isEqualTo("A1");
    }

    @Test
    void a_filler_number_that_is_too_long_for_an_accession_hinders_no_update_of_an_order_that_has_one() {
        MappedMessage mapped = Samples.map(mapping, message(MSH, PID, "ORC|CA||FILLER-NUMBER-OF-25-CHARS"));

        assertThat(mapped.steps().get(0).orderControl()).isEqualTo("CA");
        assertThat(mapped.warnings()).extracting(MappingWarning::ruleId).contains("accession-by-filler-number");
    }

    // ---- groups ----

    @Test
    void one_order_with_two_requests_is_two_steps_of_one_order() {
        List<MappedStep> steps = Samples.map(
                        mapping,
                        message(
                                MSH,
                                PID,
                                ORC,
                                obr(20, "S1"),
                                "NTE|1||first",
                                obr(20, "S2"),
                                "ORC|NW|O2",
                                obr(20, "S3")))
                .steps();

        assertThat(steps).extracting(MappedStep::group).containsExactly(1, 1, 2);
        assertThat(steps)
                .extracting(step -> scheduled(step.attributes()).text(Tags.ScheduledProcedureStepID))
                .containsExactly("S1", "S2", "S3");
        assertThat(steps)
                .extracting(step -> step.attributes().text(Tags.RequestedProcedureComments))
                .containsExactly("first", "", "");
    }

    @Test
    void each_imaging_segment_is_a_step() {
        List<MappedStep> steps = Samples.map(
                        mapping,
                        message(
                                MSH.replace("ORM^O01", "OMI^O23"),
                                PID,
                                ORC,
                                "TQ1|1||||||202611221400",
                                "OBR|1",
                                "IPC|A1|R1|1.2.3|S1|CT||||CT7",
                                "IPC|A1|R1|1.2.3|S2|CT||||CT8~CT9"))
                .steps();

        assertThat(steps)
                .extracting(step -> scheduled(step.attributes()).texts(Tags.ScheduledStationAETitle))
                .containsExactly(List.of("CT7"), List.of("CT8", "CT9"));
        assertThat(steps)
                .extracting(step -> scheduled(step.attributes()).text(Tags.ScheduledProcedureStepStartTime))
                .containsExactly("140000", "140000");
    }

    @Test
    void notes_join_line_by_line_and_those_of_the_patient_stay_with_the_patient() {
        DataSet attributes = step(MSH, PID, "NTE|1||of patient", ORC, "OBR|1", "NTE|1||one\\.br\\two", "NTE|2||a\\E\\b")
                .attributes();

        assertThat(attributes.text(Tags.PatientComments)).isEqualTo("of patient");
        assertThat(attributes.text(Tags.RequestedProcedureComments)).isEqualTo("one\r\ntwo\r\na\\b");
    }

    // ---- patient ----

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "P1^^^N~P2^^^S;         S; P2; P1",
                "P1^^^N~P2^^^X&1.2&ISO; 1.2; P2; P1",
                "P1^^^N^PI~P2^^^S^MR;   ; P2; P1",
                "P1^^^N~P2^^^S^MR;      N; P1; P2",
                "P1^^^N~P2^^^S;         ; P1; P2",
                "~P2;                   ; P2; ''"
            })
    void the_patient_id_is_that_of_the_authority_else_the_one_typed_mr_else_the_first(
            String identifiers, String authority, String chosen, String other) {
        MappingSet configured =
                MappingSet.load(SHIPPED, new MappingSettings(OSLO.zone(), authority == null ? "" : authority, ""));

        DataSet attributes = Samples.map(configured, message(MSH, "PID|||" + identifiers.strip(), ORC))
                .steps()
                .get(0)
                .attributes();

        assertThat(attributes.text(Tags.PatientID)).isEqualTo(chosen);
        assertThat(attributes.item(Tags.OtherPatientIDsSequence).text(Tags.PatientID))
                .isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DOE^JOHN^M^JR^DR^MD;             DOE^JOHN^M^DR^JR MD",
                "VAN DOE&van&DOE^J;               VAN DOE^J",
                "DOE;                             DOE",
                "DOE^JOHN^^^;                     DOE^JOHN",
                "A\\S\\B^C=D\\E\\E;               A B^C D/E",
                "Wang^Xiao^^^^^^A~王^小^^^^^^I~ワン^シャオ^^^^^^P; Wang^Xiao=王^小=ワン^シャオ",
                "王^小^^^^^^I;                    =王^小"
            })
    void a_name_keeps_its_parts_in_the_order_of_dicom(String xpn, String name) {
        assertThat(step(MSH, "PID|||P1||" + xpn, ORC).attributes().text(Tags.PatientName))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"M,M", "f,F", "A,O", "N,O", "U,''", "X,''", "\"\",''"})
    void sex_is_m_f_o_or_nothing(String sent, String sex) {
        DataSet attributes = step(MSH, "PID|||P1|||||" + sent, ORC).attributes();

        assertThat(attributes.contains(Tags.PatientSex)).isTrue();
        assertThat(attributes.text(Tags.PatientSex)).isEqualTo(sex);
    }

    @ParameterizedTest
    @CsvSource({"19740312,19740312", "197403121030+0200,19740312", "1974,''", "197403,''", "19741399,''"})
    void a_birth_date_is_eight_digits_as_written_or_left_out(String sent, String date) {
        assertThat(step(MSH, "PID|||P1||||" + sent, ORC).attributes().text(Tags.PatientBirthDate))
                .isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({
        "29463-7^BODY WEIGHT^LN, 68.5, kg, 68.5, ''",
        "X^Body Weight, '68,50', KG, 68.5, ''",
        "3141-9, 3500, g, 3.5, ''",
        "29463-7, 150, [lb_av], 68.0389, ''",
        "29463-7, 68.5, stone, '', ''",
        "29463-7, heavy, kg, '', ''",
        "8302-2^BODY HEIGHT^LN, 171, cm, '', 1.71",
        "L^BODY HEIGHT, 1.71, m, '', 1.71"
    })
    void weight_and_height_are_converted_by_their_units(
            String code, String value, String unit, String weight, String height) {
        DataSet attributes = step(MSH, PID, ORC, "OBR|1", "OBX|1|NM|" + code + "||" + value + "|" + unit)
                .attributes();

        assertThat(attributes.text(Tags.PatientWeight)).isEqualTo(weight);
        assertThat(attributes.text(Tags.PatientSize)).isEqualTo(height);
    }

    @Test
    void all_allergies_are_kept_and_a_weight_before_the_orders_counts_for_all() {
        List<MappedStep> steps = Samples.map(
                        mapping,
                        message(
                                MSH,
                                PID,
                                "PV1||I|||||||||||||A0~B6",
                                "AL1|1|DA|1^ASPIRIN",
                                "AL1|2||LATEX",
                                "OBX|1|NM|29463-7||70|kg",
                                ORC,
                                ORC))
                .steps();

        assertThat(steps).hasSize(2).allSatisfy(step -> {
            assertThat(step.attributes().texts(Tags.Allergies)).containsExactly("ASPIRIN", "LATEX");
            assertThat(step.attributes().text(Tags.PatientWeight)).isEqualTo("70");
            assertThat(step.attributes().integer(Tags.PregnancyStatus)).hasValue(3);
        });
    }

    // ---- times ----

    @ParameterizedTest
    @CsvSource({
        "202611221400, 20261122, 140000",
        "20261122140059.123, 20261122, 140059",
        "202611221400+0000, 20261122, 150000",
        "202611222330-0500, 20261123, 053000",
        "202603290230+0200, 20260329, 013000",
        "202603290130+0000, 20260329, 033000",
        "202611222400, 20261123, 000000",
        "2026112214, 20261122, 140000",
        "20261122, 20261122, ''"
    })
    void a_start_with_offset_is_converted_and_one_without_is_local(String sent, String date, String time) {
        DataSet scheduled =
                scheduled(step(MSH, PID, ORC + "||||^^^" + sent, "OBR|1").attributes());

        assertThat(scheduled.text(Tags.ScheduledProcedureStepStartDate)).isEqualTo(date);
        assertThat(scheduled.text(Tags.ScheduledProcedureStepStartTime)).isEqualTo(time);
        assertThat(scheduled.contains(Tags.ScheduledProcedureStepStartTime))
                .as("a start without time has no time any more")
                .isTrue();
    }

    @Test
    void timing_is_read_wherever_the_version_puts_it() {
        String tq1 = "TQ1|1||||||202611220800||S";
        String obr = obr(27, "^^^202611221000^^R", 36, "202611221100");

        assertThat(startTime(MSH, PID, ORC + "||||^^^202611220900", tq1, obr)).isEqualTo("080000");
        assertThat(startTime(MSH, PID, ORC + "||||^^^202611220900", obr)).isEqualTo("090000");
        assertThat(startTime(MSH, PID, ORC, obr)).isEqualTo("100000");
        assertThat(startTime(MSH, PID, ORC, obr(36, "202611221100"))).isEqualTo("110000");
        assertThat(step(MSH, PID, ORC, tq1, obr).attributes().text(Tags.RequestedProcedurePriority))
                .isEqualTo("STAT");
    }

    // ---- text and codes ----

    @Test
    void text_is_one_line_without_backslash_and_cut_with_a_warning() {
        MappedMessage mapped =
                Samples.map(mapping, message(MSH, PID, ORC, obr(13, "a\\E\\b \\.br\\ c \\T\\ d", 30, "x".repeat(70))));
        DataSet attributes = mapped.steps().get(0).attributes();

        assertThat(attributes.text(Tags.MedicalAlerts)).isEqualTo("a/b c & d");
        assertThat(attributes.text(Tags.PatientTransportArrangements)).hasSize(64);
        assertThat(mapped.warnings())
                .singleElement()
                .hasToString("OBR-30 (transport): PatientTransportArrangements has 70 characters and is cut at 64.");
    }

    @Test
    void a_code_without_scheme_is_local_and_a_long_one_is_kept_long() {
        DataSet plain = step(MSH, PID, ORC, obr(44, "CT1")).attributes().item(Tags.RequestedProcedureCodeSequence);
        DataSet alternate =
                step(MSH, PID, ORC, obr(44, "^^^CT2^Text^L")).attributes().item(Tags.RequestedProcedureCodeSequence);
        DataSet lengthy = step(MSH, PID, ORC, obr(44, "1234567890123456789^T^L^^^^2026"))
                .attributes()
                .item(Tags.RequestedProcedureCodeSequence);

        assertThat(List.of(
                        plain.text(Tags.CodeValue),
                        plain.text(Tags.CodingSchemeDesignator),
                        plain.text(Tags.CodeMeaning)))
                .containsExactly("CT1", "99LOCAL", "CT1");
        assertThat(alternate.text(Tags.CodeValue)).isEqualTo("CT2");
        assertThat(lengthy.contains(Tags.CodeValue)).isFalse();
        assertThat(lengthy.text(Tags.LongCodeValue)).isEqualTo("1234567890123456789");
        assertThat(lengthy.text(Tags.CodingSchemeVersion)).isEqualTo("2026");
    }

    @ParameterizedTest
    @CsvSource({"RUS,US", "nmr,MR", "CT,CT", "XA,XA"})
    void modality_codes_of_hl7_become_those_of_dicom(String sent, String modality) {
        assertThat(scheduled(step(MSH, PID, ORC, obr(24, sent)).attributes()).text(Tags.Modality))
                .isEqualTo(modality);
    }

    @Test
    void other_delimiters_are_honoured() {
        String header = "MSH$%~!&$RIS$SITE$$$1$$ORM%O01$C1$P$2.3";

        DataSet attributes =
                step(header, "PID$$$P1$$DOE%JO!T!HN", "ORC$NW$O1%RIS").attributes();

        assertThat(attributes.text(Tags.PatientName)).isEqualTo("DOE^JO&HN");
        assertThat(attributes.item(Tags.OrderPlacerIdentifierSequence).text(Tags.LocalNamespaceEntityID))
                .isEqualTo("RIS");
    }

    // ---- refusals ----

    @Test
    void keys_that_do_not_fit_are_refused_with_field_and_length() {
        assertRefused("AE 102 OBR-18", "OBR-18 AccessionNumber has 19 characters", obr(18, "A".repeat(19)));
        assertRefused("AE 102 OBR-19", "RequestedProcedureID has 17 characters", obr(19, "R".repeat(17)));
        assertRefused("AE 102 OBR-20", "ScheduledProcedureStepID has 17", obr(20, "S".repeat(17)));
        assertRefused("AE 102 OBR-18", "backslash", obr(18, "A\\E\\1"));
        assertRefused("AE 102 ZDS-1.1", "StudyInstanceUID has 6 characters", "OBR|1", "ZDS|1.2.03");
        assertRefused("AE 102 ZDS-1.1", "has 71 characters", "OBR|1", "ZDS|1." + "2".repeat(69));
        assertRefused("AE 102 IPC-9", "no AE title", "OBR|1", "IPC|||||||||" + "A".repeat(17));
        assertRefused("AE 102 TQ1-7", "is no date or time", "TQ1|1||||||tomorrow", "OBR|1");
    }

    @Test
    void the_second_order_names_its_own_segment() {
        assertRefused("AE 102 OBR[2]-18", "OBR[2]-18", obr(18, "A1"), "ORC|NW|O2", obr(18, "A".repeat(17)));
    }

    @ParameterizedTest
    @CsvSource({"CA,", "OC,", "DC,", "OD,", "HD,", "RL,", "SC,CM", "SS,", "XO,", "XO,CA", "XO,DC", "NA,", "RP,", "OK,"})
    void what_is_no_new_order_needs_no_patient(String control, String status) {
        MappedStep step = step(MSH, "ORC|%s|O1|F1||%s".formatted(control, status == null ? "" : status));

        assertThat(step.attributes().contains(Tags.PatientID)).isFalse();
        assertThat(step.attributes().text(Tags.FillerOrderNumberImagingServiceRequest))
                .isEqualTo("F1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NW", "SN", "RO", "CH"})
    void a_new_order_needs_its_patient(String control) {
        assertThat(refusalOf(MSH, "ORC|%s|O1|F1".formatted(control))).startsWith("AE 101 PID");
    }

    @Test
    void a_patient_segment_without_number_is_refused_in_a_cancel_too() {
        assertThat(refusalOf(MSH, "PID|||", "ORC|CA|O1|F1")).startsWith("AE 101 PID-3");
    }

    @Test
    void a_message_without_patient_or_order_is_refused() {
        assertThat(refusalOf(MSH, ORC, "OBR|1")).startsWith("AE 101 PID: PID segment is missing");
        assertThat(refusalOf(MSH, "PID|||||DOE", ORC)).startsWith("AE 101 PID-3.1");
        assertThat(refusalOf(MSH, "PID|||\"\"||DOE", ORC)).startsWith("AE 101 PID-3.1");
        assertThat(refusalOf(MSH, "PID|||" + "1".repeat(65), ORC)).startsWith("AE 102 PID-3.1");
        assertThat(refusalOf(MSH, PID)).startsWith("AE 100 ORC");
        assertThat(refusalOf(MSH, PID, "OBR|1")).startsWith("AE 100 ORC");
        assertThat(refusalOf(MSH, PID, "ORC||O1")).startsWith("AE 101 ORC-1");
        assertThat(refusalOf(MSH.replace("ORM^O01", "ADT^A08"), PID)).startsWith("AR 200 MSH-9");
    }

    @Test
    void the_orders_of_two_patients_in_one_message_are_refused() {
        assertThat(refusalOf(MSH, PID, ORC, "PID|||P2", ORC)).startsWith("AE 100 PID[2]");
    }

    @Test
    void neither_refusals_nor_results_print_patient_data() {
        assertThat(refusalOf(MSH, "PID|||" + "SECRET".repeat(20) + "||DOE", ORC))
                .doesNotContain("SECRET", "DOE");
        assertThat(Samples.map(mapping, message(MSH, PID, ORC)).toString()).doesNotContain("DOE", "P1");
    }

    private void assertRefused(String expected, String reason, String... rest) {
        String[] segments = new String[rest.length + 3];
        segments[0] = MSH;
        segments[1] = PID;
        segments[2] = ORC;
        System.arraycopy(rest, 0, segments, 3, rest.length);
        assertThat(refusalOf(segments)).startsWith(expected + ": ").contains(reason);
    }

    private String refusalOf(String... segments) {
        StringBuilder text = new StringBuilder();
        assertThatThrownBy(() -> Samples.map(mapping, message(segments)))
                .isInstanceOfSatisfying(
                        Hl7RejectedException.class,
                        e -> text.append("%s %d %s: %s"
                                .formatted(
                                        AckPolicy.codeOf(e.refusal()),
                                        e.refusal().code().code(),
                                        e.refusal().location(),
                                        e.refusal().text())));
        return text.toString();
    }

    private String startTime(String... segments) {
        return scheduled(step(segments).attributes()).text(Tags.ScheduledProcedureStepStartTime);
    }

    private MappedStep step(String... segments) {
        return Samples.map(mapping, message(segments)).steps().get(0);
    }

    private static DataSet scheduled(DataSet entry) {
        return entry.item(Tags.ScheduledProcedureStepSequence);
    }
}
