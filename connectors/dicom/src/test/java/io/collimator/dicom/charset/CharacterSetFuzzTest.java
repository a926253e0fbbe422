package io.collimator.dicom.charset;

import static io.collimator.dicom.fuzz.FuzzRun.bounded;
import static io.collimator.dicom.fuzz.FuzzRun.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.fuzz.Corpus;
import io.collimator.dicom.fuzz.FuzzRun;
import io.collimator.dicom.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text in every character set and mixture of them, read and written; see {@link FuzzRun}. */
class CharacterSetFuzzTest {

    private static final Vr[] REPRESENTATIONS = {Vr.PN, Vr.LO, Vr.LT, Vr.UT, Vr.SH};
    private static final List<String> TERMS = terms();
    private static final Corpus CORPUS = Corpus.of("text");

    private static final String[] TEXTS = {
        "Müller^Jörg",
        "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
        "김희중",
        "Hong^Gildong=洪^吉洞=홍^길동",
        "张^小东",
        "Wang^XiaoDong=王^小东",
        "Люкceмбypг",
        "Διονυσιος",
        "قباني^لنزار",
        "שרון^דבורה",
        "นามสกุล",
        "Buc^Jérôme\\Äneas",
        "丂丄",
        "¥‾\\~",
        "😀\uD800x\uDC00",
        "\u001B$B;3\u001B(B"
    };

    @Test
    void text_is_read_in_any_set_and_what_was_read_is_written_so_that_it_reads_the_same() {
        FuzzRun.repeat("text read", random -> {
            SpecificCharacterSet set = anySet(random);
            Vr vr = REPRESENTATIONS[random.nextInt(REPRESENTATIONS.length)];
            byte[] changed = new Mutations(random).mutate(start(set, vr, random));
            bounded(changed, () -> readAndWrite(set, vr, changed));
        });
    }

    @Test
    void text_is_written_so_that_it_reads_the_same_or_refused() {
        FuzzRun.repeat("text written", random -> {
            SpecificCharacterSet set = anySet(random);
            Vr vr = REPRESENTATIONS[random.nextInt(REPRESENTATIONS.length)];
            String text = mixed(random);
            bounded(text.getBytes(StandardCharsets.UTF_8), () -> write(set, vr, text));
        });
    }

    static List<Corpus.Entry> corpus() {
        return CORPUS.entries();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void kept_text_is_read_and_written_in_each_set(Corpus.Entry kept) throws Exception {
        for (String first : TERMS) {
            for (String second : TERMS) {
                SpecificCharacterSet set = SpecificCharacterSet.of(List.of(first, second));
                bounded(kept.bytes(), () -> readAndWrite(set, Vr.PN, kept.bytes()));
            }
        }
    }

    private static void readAndWrite(SpecificCharacterSet set, Vr vr, byte[] bytes) {
        String text = set.decode(bytes, vr).text();
        if (set.canEncode(text)) {
            assertReadsTheSame(set, vr, text);
        }
    }

    private static void write(SpecificCharacterSet set, Vr vr, String text) {
        if (set.canEncode(text)) {
            assertReadsTheSame(set, vr, text);
        } else {
            assertRefused(set, vr, text);
        }
    }

    private static void assertReadsTheSame(SpecificCharacterSet set, Vr vr, String text) {
        byte[] written = set.encode(text, vr);
        DecodedText read = set.decode(written, vr);
        assertThat(read.text())
                .as(() -> "%s %s %s is written as %s"
                        .formatted(set, vr, hex(text.getBytes(StandardCharsets.UTF_16BE)), hex(written)))
                .isEqualTo(text);
        assertThat(read.isExact() || !set.isKnown())
                .as(() -> "%s reads %s".formatted(set, hex(written)))
                .isTrue();
    }

    private static void assertRefused(SpecificCharacterSet set, Vr vr, String text) {
        boolean refused = false;
        try {
            set.encode(text, vr);
        } catch (DicomDataException e) {
            refused = true;
            assertThat(e).hasMessageNotContaining("null");
        }
        assertThat(refused).isTrue();
    }

    private static byte[] start(SpecificCharacterSet set, Vr vr, Random random) {
        if (random.nextInt(4) == 0) {
            return CORPUS.any(random);
        }
        String text = TEXTS[random.nextInt(TEXTS.length)];
        if (set.canEncode(text)) {
            return set.encode(text, vr);
        }
        byte[] noise = new byte[random.nextInt(30)];
        random.nextBytes(noise);
        return noise;
    }

    private static SpecificCharacterSet anySet(Random random) {
        List<String> terms = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            terms.add(TERMS.get(random.nextInt(TERMS.size())));
        }
        return SpecificCharacterSet.of(terms);
    }

    /** Pieces of several scripts, with delimiters, controls and any characters between them. */
    private static String mixed(Random random) {
        StringBuilder mixed = new StringBuilder();
        for (int pieces = random.nextInt(5); pieces >= 0; pieces--) {
            String text = TEXTS[random.nextInt(TEXTS.length)];
            int from = random.nextInt(text.length());
            mixed.append(text, from, from + random.nextInt(text.length() - from + 1));
            switch (random.nextInt(4)) {
                case 0 -> mixed.append("^=\\\r\n\t\f\u001B".charAt(random.nextInt(8)));
                case 1 -> mixed.append((char) random.nextInt(0x1_0000));
                case 2 -> mixed.append((char) random.nextInt(0x180));
                default -> mixed.append(' ');
            }
        }
        return mixed.toString();
    }

    private static List<String> terms() {
        List<String> terms = new ArrayList<>(List.of("", "ISO_IR 192", "GB18030", "GBK", "KLINGON"));
        for (int number : new int[] {100, 101, 109, 110, 144, 127, 126, 138, 148, 203, 13, 166}) {
            terms.add("ISO_IR " + number);
            terms.add("ISO 2022 IR " + number);
        }
        for (int number : new int[] {6, 87, 159, 149, 58}) {
            terms.add("ISO 2022 IR " + number);
        }
        return List.copyOf(terms);
    }
}
