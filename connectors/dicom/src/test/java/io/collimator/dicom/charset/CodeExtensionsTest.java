package io.collimator.dicom.charset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Vr;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of PS3.5 Annexes H to K and what peers make of them; {@code ~} stands for ESC, {@code <D4>} for a byte. */
class CodeExtensionsTest {

    @ParameterizedTest
    @CsvSource({
        "'\\ISO 2022 IR 87', 'Yamada^Tarou=~$B;3ED~(B^~$BB@O:~(B=~$B$d$^$@~(B^~$B$?$m$&~(B', 'Yamada^Tarou=山田^太郎=やまだ^たろう'",
        "'ISO 2022 IR 13\\ISO 2022 IR 87', '<D4CFC0DE>^<C0DBB3>=~$B;3ED~(J^~$BB@O:~(J=~$B$d$^$@~(J^~$B$?$m$&~(J', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう'",
        "'\\ISO 2022 IR 149', 'Hong^Gildong=~$)C<FBF3>^~$)C<D1CED4D7>=~$)C<C8AB>^~$)C<B1E6B5BF>', 'Hong^Gildong=洪^吉洞=홍^길동'",
        "'\\ISO 2022 IR 58', 'Zhang^XiaoDong=~$)A<D5C5>^~$)A<D0A1B6AB>=', 'Zhang^XiaoDong=张^小东='",
        "'GB18030', 'Wang^XiaoDong=<CDF5>^<D0A1B6AB>=', 'Wang^XiaoDong=王^小东='",
        "'ISO_IR 192', 'Wang^XiaoDong=<E78E8B>^<E5B08FE69DB1>=', 'Wang^XiaoDong=王^小東='",
        "'\\ISO 2022 IR 87\\ISO 2022 IR 159', 'A=~$(D0!~$B;3~(B', 'A=丂山'",
        "'ISO 2022 IR 100\\ISO 2022 IR 126', 'Zo<EB>^~-F<C4E9>~-A=<E9>', 'Zoë^Δι=é'"
    })
    void reads_and_writes_names_as_the_standard_prints_them(String declared, String printed, String text) {
        SpecificCharacterSet set = set(declared);
        byte[] bytes = bytes(printed);

        DecodedText decoded = set.decode(bytes, Vr.PN);

        assertThat(decoded).isEqualTo(new DecodedText(text, true));
        assertThat(set.encode(text, Vr.PN)).isEqualTo(bytes);
        assertThat(set.terms()).containsExactly(declared.split("\\\\", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "ISO_IR 100, Zoë, 5A6FEB",
        "ISO_IR 101, Łódź, A3F364BC",
        "ISO_IR 109, Ħ, A1",
        "ISO_IR 110, Ķ, D3",
        "ISO_IR 144, Люкс, BBEEDAE1",
        "ISO_IR 127, قباني, E2C8C7E6EA",
        "ISO_IR 126, Διονυσιος, C4E9EFEDF5F3E9EFF2",
        "ISO_IR 138, שרון, F9F8E5EF",
        "ISO_IR 148, Çavuşoğlu, C7617675FE6FF06C75",
        "ISO_IR 203, Œ€, BCA4",
        "ISO_IR 13, ﾔﾏﾀﾞ, D4CFC0DE",
        "ISO_IR 166, นามสกุล, B9D2C1CAA1D8C5",
        "GBK, 东, B6AB",
        "GB18030, €, A2E3"
    })
    void reads_and_writes_each_set_alone_and_as_the_first_of_several(String term, String text, String hex) {
        SpecificCharacterSet alone = set(term);

        byte[] encoded = alone.encode(text, Vr.LO);

        assertThat(alone.decode(encoded, Vr.LO)).isEqualTo(new DecodedText(text, true));
        assertThat(HexFormat.of().withUpperCase().formatHex(encoded)).isEqualTo(hex);
        if (term.startsWith("ISO_IR")) {
            SpecificCharacterSet extended = set(term.replace("ISO_IR", "ISO 2022 IR") + "\\ISO 2022 IR 87");
            assertThat(extended.encode(text, Vr.LO)).isEqualTo(encoded);
            assertThat(extended.decode(encoded, Vr.LO)).isEqualTo(new DecodedText(text, true));
        }
    }

    @Test
    void comes_back_to_the_first_set_before_delimiters_of_the_representation_only() {
        SpecificCharacterSet japanese = set("\\ISO 2022 IR 87");

        assertThat(japanese.encode("山\\田", Vr.LO)).isEqualTo(bytes("~$B;3~(B\\~$BED~(B"));
        assertThat(japanese.encode("山\r\n田", Vr.LT)).isEqualTo(bytes("~$B;3~(B\r\n~$BED~(B"));
        assertThat(set("\\ISO 2022 IR 149").encode("홍^\t길", Vr.LT)).isEqualTo(bytes("~$)C<C8AB>^\t~$)C<B1E6>"));
    }

    @Test
    void forgets_what_was_invoked_at_a_delimiter() {
        SpecificCharacterSet latinAndGreek = set("ISO 2022 IR 100\\ISO 2022 IR 126");

        DecodedText values = latinAndGreek.decode(bytes("~-F<C4>\\<C4>"), Vr.LO);
        DecodedText lines = latinAndGreek.decode(bytes("~-F<C4>\n<C4>"), Vr.UT);
        DecodedText caret = latinAndGreek.decode(bytes("~-F<C4>^<C4>"), Vr.UT);

        assertThat(values.text()).isEqualTo("Δ\\Ä");
        assertThat(lines.text()).isEqualTo("Δ\nÄ");
        assertThat(caret.text()).isEqualTo("Δ^Δ");
    }

    @ParameterizedTest
    @CsvSource({
        "'\\ISO 2022 IR 149', '~$)C<C8AB>^<B1E6>', '홍^길'",
        "'\\ISO 2022 IR 58', '<D5C5>', '张'",
        "'', '~$B;3ED~(B', '山田'",
        "'ISO_IR 100', '<EB>~$B;3~(B<EB>', 'ë山ë'",
        "'\\ISO 2022 IR 87', '<EB>', 'ë'",
        "'\\ISO 2022 IR 87', '~$B;', ';'",
        "'\\ISO 2022 IR 87', '~$B;\n', ';\n'",
        "'\\ISO 2022 IR 87', '~%GA', '%GA'",
        "'\\ISO 2022 IR 87', 'A~', 'A'",
        "'ISO_IR 126', '<AE>', '®'",
        "'ISO_IR 192', '<FFFE>', 'ÿþ'",
        "'KLINGON', '<EB>', 'ë'"
    })
    void reads_what_breaks_the_rules_by_the_nearest_guess_and_says_so(String declared, String printed, String text) {
        DecodedText decoded = set(declared).decode(bytes(printed), Vr.PN);

        assertThat(decoded).isEqualTo(new DecodedText(text, false));
    }

    @ParameterizedTest
    @CsvSource({
        "'ISO_IR 13', '¥'",
        "'ISO_IR 13', '‾'",
        "'', 'é'",
        "'ISO_IR 101', 'é€'",
        "'\\ISO 2022 IR 87', '홍'",
        "'\\ISO 2022 IR 149', '\uD83D\uDE00'",
        "'GBK', '\uD83D\uDE00'"
    })
    void refuses_text_that_would_be_read_as_another(String declared, String text) {
        SpecificCharacterSet set = set(declared);

        assertThat(set.canEncode(text)).isFalse();
        assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> set.encode(text, Vr.LO));
    }

    @Test
    void lets_nobody_smuggle_escape_sequences_in() {
        String attack = "A\u001B$B;3";

        assertThat(SpecificCharacterSet.ASCII.canEncode(attack)).isFalse();
        assertThat(set("\\ISO 2022 IR 87").canEncode(attack)).isFalse();
        assertThat(SpecificCharacterSet.UTF_8.canEncode(attack)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ISO 2022 IR 87, '\\ISO 2022 IR 87'",
        "ISO_IR 87, '\\ISO 2022 IR 87'",
        "'ISO_IR 100\\ISO 2022 IR 87', 'ISO 2022 IR 100\\ISO 2022 IR 87'",
        "'ISO 2022 IR 6\\ISO 2022 IR 87', '\\ISO 2022 IR 87'",
        "'\\ISO 2022 IR 87\\ISO 2022 IR 87', '\\ISO 2022 IR 87'",
        "'ISO_IR 192\\ISO 2022 IR 87', ISO_IR 192",
        "ISO-IR 144, ISO_IR 144",
        "ISO8859-15, ISO_IR 203",
        "ISO_IR_101, ISO_IR 101",
        "iso 2022 ir 126, ISO_IR 126",
        "gb 18030, GB18030"
    })
    void understands_misspelled_and_mixed_terms(String declared, String meant) {
        SpecificCharacterSet set = set(declared);

        assertThat(set).isEqualTo(set(meant));
        assertThat(set.isKnown()).isTrue();
        assertThat(String.join("\\", set.terms())).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO_IR 999", "KLINGON", "\\KLINGON", "ISO 8859-77"})
    void knows_what_it_does_not_know(String declared) {
        assertThat(set(declared).isKnown()).isFalse();
        assertThat(SpecificCharacterSet.ofTerm(declared)).isEmpty();
    }

    @Test
    void takes_several_terms_from_a_setting() {
        assertThat(SpecificCharacterSet.ofTerm("\\ISO 2022 IR 87")).contains(set("\\ISO 2022 IR 87"));
    }

    private static SpecificCharacterSet set(String declared) {
        return SpecificCharacterSet.of(Arrays.asList(declared.split("\\\\", -1)));
    }

    private static byte[] bytes(String printed) {
        StringBuilder hex = new StringBuilder();
        boolean raw = false;
        for (int i = 0; i < printed.length(); i++) {
            char c = printed.charAt(i);
            if (c == '<' || c == '>') {
                raw = c == '<';
            } else if (raw) {
                hex.append(c);
            } else {
                byte[] one = {(byte) (c == '~' ? 0x1B : c)};
                hex.append(HexFormat.of().formatHex(one));
            }
        }
        return HexFormat.of().parseHex(hex);
    }
}
