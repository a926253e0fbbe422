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

/** Texts arrive as they were written, all of their repetitions too; what has no place is told. */
class WholeTextsTest {

    private static final String ORC = "ORC|NW|P1^RIS|F1^PACS";

    @Test
    void an_ampersand_divides_no_text_and_no_text_of_a_code() {
        MappedStep step = step(
                MSH,
                PID,
                "AL1|1|DA|91936005^Penicillin & cephalosporin^SCT",
                "DG1|1||S72^Fall & fracture^I10",
                ORC,
                obr(4, "CTX^Chest & abdomen^L", 12, "^MRSA & VRE", 13, "Iodine & latex", 18, "A1", 31, "^Fall & head"),
                "NTE|1||Creatinine high & on metformin &");

        DataSet entry = step.attributes();
        assertThat(entry.text(Tags.Allergies)).isEqualTo("Penicillin & cephalosporin");
        assertThat(entry.text(Tags.AdmittingDiagnosesDescription)).isEqualTo("Fall & fracture");
        assertThat(entry.text(Tags.RequestedProcedureDescription)).isEqualTo("Chest & abdomen");
        assertThat(entry.item(Tags.RequestedProcedureCodeSequence).text(Tags.CodeMeaning))
                .isEqualTo("Chest & abdomen");
        assertThat(entry.text(Tags.PatientState)).isEqualTo("MRSA & VRE");
        assertThat(entry.text(Tags.MedicalAlerts)).isEqualTo("Iodine & latex");
        assertThat(entry.text(Tags.ReasonForTheRequestedProcedure)).isEqualTo("Fall & head");
        assertThat(entry.text(Tags.RequestedProcedureComments)).isEqualTo("Creatinine high & on metformin &");
        assertThat(step.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2.3, Iodine^latex", "2.5.1, Iodine^latex", "2.6, Iodine^latex", "2.7, latex", "2.8.2, latex"})
    void a_circumflex_divides_what_is_no_text_in_the_version(String version, String alert) {
        MappedStep step = step(MSH.replace("2.5.1", version), PID, ORC, obr(13, "Iodine^latex", 18, "A1"));

        assertThat(step.attributes().text(Tags.MedicalAlerts)).isEqualTo(alert);
    }

    @ParameterizedTest
    @CsvSource({
        "TX, 10^9 cells & more, 10^9 cells & more",
        "ST, 10^9 cells, 10^9 cells",
        "FT, a^b&c, a^b&c",
        "CE, R51^Head & neck pain^I10, Head & neck pain",
        "CWE, R51, R51"
    })
    void an_observation_is_read_by_its_type(String type, String sent, String history) {
        MappedStep step = step(MSH, PID, ORC, obr(18, "A1"), "OBX|1|" + type + "|11329-0||" + sent);

        assertThat(step.attributes().text(Tags.AdditionalPatientHistory)).isEqualTo(history);
        assertThat(step.warnings()).isEmpty();
    }

    @Test
    void the_delimiters_are_those_of_the_message() {
        MappedStep step = step(
                "MSH#*!\\%#RIS#SITE#COLLIMATOR#RAD#20261122##ORM*O01#C1#P#2.5.1",
                "PID###P1***NORTH##DOE*JOHN",
                "ORC#NW#P1#F1",
                obr(4, "X1*Chest % abdomen & neck", 18, "A1").replace('|', '#'),
                "NTE#1##50 % of 3*4!and ^ so on");

        assertThat(step.attributes().text(Tags.RequestedProcedureDescription)).isEqualTo("Chest % abdomen & neck");
        assertThat(step.attributes().text(Tags.RequestedProcedureComments)).isEqualTo("50 % of 3*4\r\nand ^ so on");
    }

    @Test
    void parts_of_composite_components_stay_parts_and_names_keep_their_ampersands() {
        MappedStep step = step(
                MSH,
                "PID|||P&1^^^NORTH&1.2.3&ISO^MR||van Beethoven&van^Anna & Maria||||||Main St 1&Main St&1^^Oslo",
                ORC,
                obr(18, "A1"));

        assertThat(step.attributes().text(Tags.PatientID)).isEqualTo("P&1");
        assertThat(step.attributes().text(Tags.IssuerOfPatientID)).isEqualTo("NORTH");
        assertThat(step.attributes().text(Tags.PatientName)).isEqualTo("van Beethoven^Anna & Maria");
        assertThat(step.attributes().text(Tags.PatientAddress)).isEqualTo("Main St 1^^Oslo");
    }

    @Test
    void all_repetitions_of_all_segments_arrive_in_order() {
        MappedStep step = step(
                MSH,
                "PID|||P1^^^NORTH||DOE^JOHN||||||||111~222|333",
                "NTE|1||Deaf~Norwegian only",
                "NTE|2||Afraid of needles",
                ORC,
                obr(13, "Pacemaker~Stent", 18, "A1", 31, "^Pain~^Swelling"),
                "NTE|1||~Second",
                "NTE|2||Third~Fourth",
                "OBX|1|TX|11329-0^History||first~second",
                "OBX|2|NM|29463-7||70|kg",
                "OBX|3|TX|10164-2||third");

        DataSet entry = step.attributes();
        assertThat(entry.texts(Tags.PatientTelephoneNumbers)).containsExactly("111", "222");
        assertThat(entry.text(Tags.PatientComments)).isEqualTo("Deaf\r\nNorwegian only\r\nAfraid of needles");
        assertThat(entry.texts(Tags.MedicalAlerts)).containsExactly("Pacemaker", "Stent");
        assertThat(entry.texts(Tags.ReasonForTheRequestedProcedure)).containsExactly("Pain; Swelling");
        assertThat(entry.text(Tags.RequestedProcedureComments)).isEqualTo("Second\r\nThird\r\nFourth");
        assertThat(entry.texts(Tags.AdditionalPatientHistory)).containsExactly("first\r\nsecond\r\nthird");
        assertThat(step.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "OBR-16; 1^SMITH~2^JONES; left-out OBR-16 requesting-physician",
                "OBR-18; A1^RIS; left-out OBR-18.2 accession-number",
                "OBR-24; CT~MR; left-out OBR-24 modality",
                "OBR-17; 555 1234^^^^^^^12; left-out OBR-17.8 order-callback-phone"
            })
    void what_has_no_place_is_told_and_refused_of_a_strict_sender(String field, String value, String warning) {
        int number = Integer.parseInt(field.substring(4));
        String[] segments = {MSH, PID, ORC, number == 18 ? obr(18, value) : obr(18, "A1", number, value)};

        assertThat(step(segments).warnings())
                .extracting(told -> told.kind().label() + " " + told.source() + " " + told.ruleId())
                .containsExactly(warning);
        MappingSet strict = Samples.shippedWith(
                "senders.yaml", "senders:\n  STRICT:\n    match: {application: RIS}\n    strictness: strict\n");
        assertThat(Samples.refusal(() -> Samples.map(strict, message(segments))))
                .startsWith("AE 102 " + warning.split(" ")[1]);
    }

    @Test
    void a_second_measurement_is_told_and_the_same_twice_is_not() {
        assertThat(step(MSH, PID, ORC, obr(18, "A1"), "OBX|1|NM|29463-7||70|kg", "OBX|2|NM|29463-7||71|kg")
                        .warnings())
                .extracting(MappingWarning::source)
                .containsExactly("OBX[2]-5");
        assertThat(step(MSH, PID, ORC, obr(18, "A1"), "OBX|1|NM|29463-7||70|kg", "OBX|2|NM|29463-7||70|kg")
                        .warnings())
                .isEmpty();
    }

    @Test
    void a_code_that_led_to_nothing_is_told_once_and_refuses_nothing() {
        MappingSet strict = Samples.shippedWith(
                "senders.yaml", "senders:\n  STRICT:\n    match: {application: RIS}\n    strictness: strict\n");
        List<MappingWarning> warnings = Samples.map(
                        strict, message(MSH, PID, ORC, "TQ1|1||||||||X^Unheard of", obr(18, "A1")))
                .warnings();

        assertThat(warnings)
                .extracting(told -> told.kind().label() + " " + told.source())
                .containsExactly("not-in-table TQ1-9");
    }

    @Test
    void each_step_has_the_warnings_of_its_own_order() {
        List<MappedStep> steps = Samples.map(
                        Samples.shipped(),
                        message(
                                MSH,
                                PID,
                                "ORC|NW|P1|F1",
                                obr(18, "A1", 16, "1^A~2^B"),
                                "ORC|NW|P2|F2",
                                obr(18, "A2", 13, "x")))
                .steps();

        assertThat(steps.get(0).warnings()).hasSize(1);
        assertThat(steps.get(1).warnings()).isEmpty();
    }

    private static MappedStep step(String... segments) {
        return Samples.map(Samples.shipped(), message(segments)).steps().get(0);
    }
}
