package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.OSLO;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.message.Hl7Message;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No control character reaches DICOM text (PS3.5 §6.1.3). */
class ControlCharactersTest {

    private static final String ORC = "ORC|NW|O1^RIS|A1^RAD||SC||||||||DR1^Ba\u0085ker^J\u0092o";

    private final MappingSet mapping = Samples.shipped();

    @ParameterizedTest
    @ValueSource(strings = {"\u0085", "\u0092", "\\XC285\\", "\\X07\\", "\u007F"})
    void no_text_has_one_and_a_warning_tells(String control) {
        MappedMessage mapped = mapped(
                StandardCharsets.UTF_8,
                MSH,
                "PID|||P1^^^NORTH~P" + control + "2^^^S||DOE" + control + "^JO" + control + "HN||1980|M||" + control
                        + "C|STREET" + control + "^^OSLO",
                "AL1|1||X^LA" + control + "TEX",
                ORC,
                obr(4, "C" + control + "T^HE" + control + "AD^L", 13, "PACE" + control + "MAKER", 18, "A1", 24, "CT"),
                "NTE|1||LINE" + control + "ONE");

        DataSet entry = mapped.steps().get(0).complete();

        assertNoControls(entry);
        assertThat(entry.items(Tags.OtherPatientIDsSequence)).isEmpty();
        assertThat(mapped.warnings()).isNotEmpty();
    }

    @Test
    void the_marks_of_windows_1252_arrive_in_names_and_texts() {
        MappedMessage mapped = mapped(
                StandardCharsets.ISO_8859_1,
                MSH.replace("UNICODE UTF-8", "8859/1"),
                "PID|||P1||O\u0092Brien^Zo\u00eb",
                "ORC|NW|O1^RIS|A1^RAD",
                obr(18, "A1", 24, "CT"),
                "NTE|1||\u0093fasting\u0094 \u0096 5 \u0080");

        assertThat(mapped.steps().get(0).attributes().text(Tags.PatientName)).isEqualTo("O\u2019Brien^Zo\u00eb");
        assertThat(mapped.steps().get(0).attributes().text(Tags.RequestedProcedureComments))
                .isEqualTo("\u201cfasting\u201d \u2013 5 \u20ac");
        assertThat(mapped.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(MappingWarning.Kind.CHARACTER_SET);
            assertThat(warning.text()).contains("windows-1252");
        });
    }

    @ParameterizedTest
    @CsvSource({"PID, PID-3", "OBR, OBR-18", "ORC, ORC-2"})
    void a_key_that_holds_one_is_refused(String segment, String field) {
        String control = "\u0085";
        Runnable mapping = () -> mapped(
                StandardCharsets.UTF_8,
                MSH,
                "PID|||P1" + (segment.equals("PID") ? control : "") + "^^^NORTH||DOE^JOHN",
                "ORC|NW|O1" + (segment.equals("ORC") ? control : "") + "^RIS|A1^RAD",
                obr(18, "A1" + (segment.equals("OBR") ? control : ""), 24, "CT"));

        assertThat(Samples.refusal(mapping)).startsWith("AE 102 " + field).contains("control character");
    }

    @Test
    void the_sender_block_says_what_they_are() {
        MappingSet polish = MappingSet.of(
                Samples.shipped()
                        .files()
                        .with(
                                "senders.yaml",
                                "senders:\n  RIS:\n    match: {application: RIS}\n    character-set: windows-1250\n"),
                OSLO);

        assertThat(polish.senders().standard().characterSet()).isEmpty();
        assertThat(polish.senders().named("RIS").characterSet()).isEqualTo("windows-1250");
    }

    private MappedMessage mapped(Charset charset, String... segments) {
        return Samples.map(mapping, Hl7Message.parse(String.join("\r", segments).getBytes(charset)));
    }

    private static void assertNoControls(DataSet entry) {
        for (Element element : entry) {
            List<DataSet> items = entry.items(element.tag());
            if (items.isEmpty()) {
                entry.texts(element.tag())
                        .forEach(text -> assertThat(text.replace("\r\n", "").replace("\t", ""))
                                .doesNotContainPattern("[\\x00-\\x1F\\x7F-\\x9F]"));
            }
            items.forEach(ControlCharactersTest::assertNoControls);
        }
    }
}
