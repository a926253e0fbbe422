package io.collimator.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SloppinessTest {

    private static final DataSetCodec EXPLICIT =
            new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());

    @ParameterizedTest
    @CsvSource({
        "ODD_LENGTH, '(0010,0010)', '10 00 10 00  50 4E  05 00  44 4F 45 5E 4A'",
        "ODD_LENGTH, '(FFFE,E000)', '40 00 00 01  53 51 00 00  FF FF FF FF  FE FF 00 E0  09 00 00 00  08 00 60 00  43 53  01 00 43  FE FF DD E0  00 00 00 00'",
        "OUT_OF_ORDER, '(0008,0060)', '10 00 10 00  50 4E  00 00  08 00 60 00  43 53  02 00  43 54'",
        "DUPLICATE_ELEMENT, '(0008,0060)', '08 00 60 00  43 53  02 00  4D 52  08 00 60 00  43 53  02 00  43 54'",
        "GROUP_LENGTH, '(0008,0000)', '08 00 00 00  55 4C  04 00  2A 00 00 00'",
        "UNDEFINED_VR, '(0010,0020)', '10 00 20 00  55 4E  00 00  02 00 00 00  50 31'",
        "UNKNOWN_VR, '(0028,0010)', '28 00 10 00  5A 5A  00 00  02 00 00 00  01 02'",
        "VR_MISMATCH, '(0008,0060)', '08 00 60 00  4C 4F  02 00  43 54'",
        "EXPLICIT_IN_UN, '(0008,0060)', '29 00 10 10  55 4E 00 00  FF FF FF FF  FE FF 00 E0  0A 00 00 00  08 00 60 00  43 53  02 00  43 54  FE FF DD E0  00 00 00 00'",
        "STRAY_DELIMITER, '(FFFE,E0DD)', '40 00 00 01  53 51 00 00  10 00 00 00  FE FF 00 E0  00 00 00 00  FE FF DD E0  00 00 00 00'",
        "STRAY_DELIMITER, '(FFFE,E00D)', '40 00 00 01  53 51 00 00  10 00 00 00  FE FF 00 E0  08 00 00 00  FE FF 0D E0  00 00 00 00'",
        "WRONG_NUMBER_LENGTH, '(0028,0010)', '28 00 10 00  55 53  04 00  01 02 03 04  28 00 11 00  55 4C  02 00  01 02'",
        "WRONG_PADDING, '(0010,0020)', '10 00 20 00  4C 4F  02 00  50 00'",
        "WRONG_PADDING, '(0020,000D)', '20 00 0D 00  55 49  04 00  31 2E 32 20'",
        "TOO_LONG, '(0008,0050)', '08 00 50 00  53 48  12 00  31 32 33 34 35 36 37 38 39 30 31 32 33 34 35 36 37 38'",
        "TRAILING_PADDING, '(FFFC,FFFC)', '08 00 60 00  43 53  02 00  43 54  00 00 00'",
        "TRAILING_PADDING, '(FFFC,FFFC)', '08 00 60 00  43 53  02 00  43 54  00 00 00 00 00 00 00 00 00 00 00 00'",
        "MISNAMED_CHARACTER_SET, '(0008,0005)', '08 00 05 00  43 53  0A 00  49 53 4F 2D 49 52 20 31 30 30'",
        "UNKNOWN_CHARACTER_SET, '(0008,0005)', '08 00 05 00  43 53  08 00  4B 4C 49 4E 47 4F 4E 20'",
        "CHARACTER_FALLBACK, '(0010,0010)', '10 00 10 00  50 4E  04 00  5A 6F EB 20'"
    })
    void is_read_and_reported(Sloppiness kind, String first, String hex) {
        ReadingNotes notes = new ReadingNotes();

        DataSet read = EXPLICIT.decode(GoldenBytes.of(hex), notes);

        assertThat(read).isEqualTo(EXPLICIT.decode(GoldenBytes.of(hex)));
        assertThat(notes.all()).containsKey(kind);
        if (kind != Sloppiness.WRONG_NUMBER_LENGTH) {
            assertThat(notes.all().get(kind).first()).isEqualTo(Tag.parse(first));
        }
        assertThat(notes.toString()).contains(kind.key());
    }

    @Test
    void is_not_written_again() throws IOException {
        DataSet read = EXPLICIT.decode(GoldenBytes.ofFile("explicit-careless-peer.hex"))
                .without(Tags.Rows);
        ReadingNotes notes = new ReadingNotes();

        DataSet again = EXPLICIT.decode(EXPLICIT.encode(read), notes);

        assertThat(again).isEqualTo(read);
        assertThat(notes.isEmpty()).as(notes.toString()).isTrue();
    }

    @Test
    void counts_by_kind_and_remembers_the_first() throws IOException {
        ReadingNotes notes = new ReadingNotes();

        EXPLICIT.decode(GoldenBytes.ofFile("explicit-careless-peer.hex"), notes);

        assertThat(notes)
                .hasToString(
                        "2 odd-length from (0010,0010), 3 out-of-order from (0008,0000), "
                                + "1 duplicate-element from (0008,0060), 1 group-length from (0008,0000), "
                                + "1 undefined-vr from (0010,0020), 1 unknown-vr from (0028,0010), 1 wrong-number-length from (0028,0010)");
        assertThat(notes.count(Sloppiness.ODD_LENGTH)).isEqualTo(2);
        assertThat(notes.count(Sloppiness.TOO_LONG)).isZero();
    }

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void is_not_seen_in_what_we_write(TransferSyntax syntax) {
        DataSetCodec codec = new DataSetCodec(syntax, CodecLimits.defaults());
        for (int seed = 0; seed < 100; seed++) {
            ReadingNotes notes = new ReadingNotes();

            codec.decode(codec.encode(new RandomDataSets(seed).next()), notes);

            assertThat(notes.all().keySet().stream()
                            .filter(kind -> kind != Sloppiness.TOO_LONG)
                            .collect(Collectors.toSet()))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void knows_overlays_and_representations_that_the_standard_leaves_open() {
        assertThat(Dictionary.vrOf(Tag.of(0x6002, 0x0010))).isEqualTo(Vr.US);
        assertThat(Dictionary.allows(Tags.PixelData, Vr.OB)).isTrue();
        assertThat(Dictionary.allows(Tags.SmallestImagePixelValue, Vr.SS)).isTrue();
        assertThat(Dictionary.allows(Tags.Modality, Vr.LO)).isFalse();
        assertThat(Dictionary.allows(Tag.of(0x0029, 0x1010), Vr.LO)).isTrue();
    }
}
