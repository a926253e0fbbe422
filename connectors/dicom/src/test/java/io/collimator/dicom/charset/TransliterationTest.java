package io.collimator.dicom.charset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransliterationTest {

    private static final String ASCII = "ISO_IR 6";

    private static Optional<String> in(String set, String text) {
        return Transliteration.of(text, SpecificCharacterSet.of(List.of(set.split("\\\\", -1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ISO_IR 100 | Łukasz^Wałęsa | Lukasz^Walesa",
                "ISO_IR 100 | Łukasz^Müller | Lukasz^Müller",
                "ISO_IR 101 | Łukasz^Müller | Łukasz^Müller",
                "ISO_IR 6 | Łukasz^Müller | Lukasz^Muller",
                "ISO_IR 6 | Đorđe^Øystein^Ægir^Þór | Dorde^Oystein^AEgir^Thor",
                "ISO_IR 6 | ÞÓRÐUR^Œuvre^Straße^GROẞ | THORDUR^OEuvre^Strasse^GROSS",
                "ISO_IR 6 | ıŞIK^İpek^Əliyev^ŋ^ħ | iSIK^Ipek^Eliyev^n^h",
                "ISO_IR 6 | Nguyễn^Thị^Ǿ^ǅ | Nguyen^Thi^O^Dz",
                "ISO_IR 100 | O’Neill “Bob” – 1…2\u2009x | O'Neill \"Bob\" - 1...2 x",
                "ISO_IR 6 | «a» | \"a\"",
                "ISO_IR 100 | ﬁn^Ａｂ | fin^Ab",
                "ISO_IR 100 | Жуков^Щукин^ЖУКОВ^ЩУ | Zhukov^Shchukin^ZHUKOV^SHCHU",
                "ISO_IR 100 | Юрий^Подъячев^Ольга^Ёж | Iurii^Podieiachev^Olga^Ezh",
                "ISO_IR 100 | Їжакевич^Ґонта^Єва^Любов’ | Izhakevich^Gonta^Ieva^Liubov'",
                "ISO_IR 100 | Ђорђевић^Љубица^Џајић | Dordevic^Ljubitsa^Dzajic",
                "ISO_IR 144 | Іван^Petrов | Іван^Petrов",
                "ISO_IR 144 | Ґонта^Іван | Gonta^Ivan",
                "ISO_IR 144 | Łukasz^Иванов | Lukasz^Иванов",
                "ISO_IR 100 | Παπαδόπουλος^Θεόδωρος | Papadopoulos^Theodoros",
                "ISO_IR 100 | ΠΑΥΛΟΣ^Ευάγγελος^Ψυχή^Χαϋλα^ΘΕΑ^Θεα | PAULOS^Euaggelos^Psychi^Chayla^THEA^Thea",
                "ISO_IR 126 | Ἀθηνᾶ | Αθηνα",
                "ISO_IR 13 | Łukasz | Lukasz",
            })
    void text_is_written_with_what_the_set_can_hold(String set, String text, String written) {
        assertThat(in(set, text)).contains(written);
    }

    @Test
    void a_letter_and_its_mark_become_the_letter_that_the_set_has() {
        assertThat(in("ISO_IR 100", "Mu\u0308ller")).contains("M\u00FCller");
        assertThat(in(ASCII, "Mu\u0308ller")).contains("Muller");
        assertThat(in("ISO_IR 100", "a\u00AD\u200Bb Ł")).contains("a\u00ADb L");
    }

    /** None of them has another writing that says the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "山田^太郎",
                "やまだ",
                "김",
                "שרה",
                "محمد",
                "สมชาย",
                "Λ 10⁵",
                "⅔ ł",
                "≮5 ł",
                "a ≠ b",
                "\uFF1D\uFF3E\uFF3C",
                "Ł\u001B",
                "37 ℃ Ł",
                "\u0301",
                "\uD83D\uDE00",
                "\uD800",
                "ꙮ",
                "Ⅷ",
            })
    void what_cannot_be_written_is_not(String text) {
        assertThat(in("ISO_IR 100", text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ASCII,
                "ISO_IR 100",
                "ISO_IR 101",
                "ISO_IR 109",
                "ISO_IR 110",
                "ISO_IR 126",
                "ISO_IR 127",
                "ISO_IR 138",
                "ISO_IR 144",
                "ISO_IR 148",
                "ISO_IR 166",
                "ISO_IR 203",
                "ISO_IR 13",
                "\\ISO 2022 IR 87",
                "\\ISO 2022 IR 149",
                "ISO_IR 192",
                "GB18030",
                "ISO_IR 9999",
            })
    void what_comes_out_can_always_be_encoded_and_holds_no_new_delimiter_or_question_mark(String name) {
        SpecificCharacterSet set = SpecificCharacterSet.of(List.of(name.split("\\\\", -1)));
        Random random = new Random(4);
        for (int round = 0; round < 3_000; round++) {
            String text = randomText(random);

            Optional<String> written = Transliteration.of(text, set);

            written.ifPresent(result -> {
                assertThat(set.canEncode(result)).isTrue();
                assertThat(count(result)).isEqualTo(count(text));
                assertThat(result.isBlank()).isFalse();
            });
        }
    }

    private static long count(String text) {
        return text.chars()
                .filter(c -> "?\\^=".indexOf(c) >= 0 || Character.isISOControl(c))
                .count();
    }

    /** One to six characters of where names come from, behind one that every set has. */
    private static String randomText(Random random) {
        int[] ends = {0x250, 0x600, 0x2070, 0x10000};
        StringBuilder text = new StringBuilder("x");
        int length = 1 + random.nextInt(6);
        while (text.length() <= length) {
            int character = random.nextInt(ends[random.nextInt(ends.length)]);
            text.append(Character.toChars(character));
        }
        return text.toString();
    }
}
