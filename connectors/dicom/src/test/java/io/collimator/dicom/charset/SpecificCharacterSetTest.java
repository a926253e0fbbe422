package io.collimator.dicom.charset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecificCharacterSetTest {

    private static final byte[] LATIN_ZOE = {'Z', 'o', (byte) 0xEB};
    private static final byte[] UTF_8_ZOE = {'Z', 'o', (byte) 0xC3, (byte) 0xAB};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ISO_IR 100",
                "ISO IR 100",
                "ISO-IR 100",
                "ISO_IR_100",
                "iso_ir 100 ",
                "ISO 8859-1",
                "ISO-8859-1",
                "ISO 2022 IR 100"
            })
    void knows_latin_1_under_the_names_that_peers_use(String term) {
        assertThat(SpecificCharacterSet.of(List.of(term))).isEqualTo(SpecificCharacterSet.LATIN_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO_IR 192", "ISO-IR 192", "UTF8", "UTF-8", "utf-8"})
    void knows_utf_8_under_the_names_that_peers_use(String term) {
        assertThat(SpecificCharacterSet.of(List.of(term))).isEqualTo(SpecificCharacterSet.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ISO_IR 6", "ISO-IR 6", "ISO 2022 IR 6"})
    void takes_nothing_declared_for_ascii(String term) {
        assertThat(SpecificCharacterSet.of(List.of(term))).isEqualTo(SpecificCharacterSet.ASCII);
        assertThat(SpecificCharacterSet.of(DataSet.empty())).isEqualTo(SpecificCharacterSet.ASCII);
    }

    @Test
    void reads_high_bytes_as_latin_1_when_ascii_or_an_unknown_set_is_declared() {
        SpecificCharacterSet unknown = SpecificCharacterSet.of(List.of("KLINGON"));
        SpecificCharacterSet iso2022 = SpecificCharacterSet.of(List.of("", "ISO 2022 IR 87"));

        assertThat(SpecificCharacterSet.ASCII.decode(LATIN_ZOE, Vr.LO).text()).isEqualTo("Zoë");
        assertThat(unknown.decode(LATIN_ZOE, Vr.LO).text()).isEqualTo("Zoë");
        assertThat(iso2022.decode("YAMADA^TARO".getBytes(StandardCharsets.US_ASCII), Vr.PN)
                        .text())
                .isEqualTo("YAMADA^TARO");
    }

    @Test
    void reads_utf_8_and_falls_back_to_latin_1_when_the_bytes_are_none() {
        assertThat(SpecificCharacterSet.UTF_8.decode(UTF_8_ZOE, Vr.LO).text()).isEqualTo("Zoë");
        assertThat(SpecificCharacterSet.UTF_8.decode(LATIN_ZOE, Vr.LO).text()).isEqualTo("Zoë");
        assertThat(SpecificCharacterSet.of(List.of("ISO_IR 192", "ISO 2022 IR 87"))
                        .decode(UTF_8_ZOE, Vr.LO)
                        .text())
                .isEqualTo("Zoë");
    }

    @Test
    void never_writes_a_question_mark_for_a_character_it_lacks() {
        SpecificCharacterSet unknown = SpecificCharacterSet.of(List.of("KLINGON"));

        assertThat(SpecificCharacterSet.LATIN_1.encode("Zoë", Vr.LO)).isEqualTo(LATIN_ZOE);
        assertThat(SpecificCharacterSet.UTF_8.encode("Zoë", Vr.LO)).isEqualTo(UTF_8_ZOE);
        assertThat(unknown.encode("Zoe", Vr.LO)).isEqualTo(new byte[] {'Z', 'o', 'e'});
        assertRefused(SpecificCharacterSet.ASCII, "Zoë");
        assertRefused(SpecificCharacterSet.LATIN_1, "Łukasz");
        assertRefused(SpecificCharacterSet.UTF_8, "half a pair \uD83D");
        assertRefused(unknown, "Zoë");
    }

    @Test
    void declares_nothing_for_an_answer_in_ascii() {
        DataSet answer = Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, "ISO_IR 192")
                .put(Tags.PatientName, "DOE^JOHN")
                .build();

        DataSet declared = SpecificCharacterSet.declareFor(answer, SpecificCharacterSet.LATIN_1);

        assertThat(declared.contains(Tags.SpecificCharacterSet)).isFalse();
    }

    @Test
    void declares_the_preferred_set_when_it_has_every_character() {
        DataSet answer = Dictionary.dataSet().put(Tags.PatientName, "Zoë").build();

        DataSet declared = SpecificCharacterSet.declareFor(answer, SpecificCharacterSet.LATIN_1);

        assertThat(declared.texts(Tags.SpecificCharacterSet)).containsExactly("ISO_IR 100");
    }

    @Test
    void declares_utf_8_when_the_preferred_set_lacks_a_character_or_there_is_none() {
        DataSet polish = Dictionary.dataSet().put(Tags.PatientName, "Łukasz").build();
        DataSet french = Dictionary.dataSet().put(Tags.PatientName, "Zoë").build();

        DataSet tooSmall = SpecificCharacterSet.declareFor(polish, SpecificCharacterSet.LATIN_1);
        DataSet none = SpecificCharacterSet.declareFor(french, SpecificCharacterSet.ASCII);
        DataSet unknown = SpecificCharacterSet.declareFor(french, SpecificCharacterSet.of(List.of("KLINGON")));

        assertThat(List.of(tooSmall, none, unknown))
                .allSatisfy(answer ->
                        assertThat(answer.texts(Tags.SpecificCharacterSet)).containsExactly("ISO_IR 192"));
    }

    @Test
    void looks_into_items_and_replaces_what_they_declare() {
        DataSet item = Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, "ISO_IR 100")
                .put(Tags.CodeMeaning, "Schädel")
                .build();
        DataSet answer = Dictionary.dataSet()
                .put(Tags.PatientName, "DOE")
                .items(Tags.RequestedProcedureCodeSequence, item)
                .build();

        DataSet declared = SpecificCharacterSet.declareFor(answer, SpecificCharacterSet.ASCII);

        assertThat(declared.texts(Tags.SpecificCharacterSet)).containsExactly("ISO_IR 192");
        assertThat(declared.item(Tags.RequestedProcedureCodeSequence))
                .isEqualTo(item.without(Tags.SpecificCharacterSet));
    }

    private static void assertRefused(SpecificCharacterSet set, String text) {
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> set.encode(text, Vr.LO))
                .withMessageContaining("ISO_IR 192")
                .withMessageNotContaining(text);
    }
}
