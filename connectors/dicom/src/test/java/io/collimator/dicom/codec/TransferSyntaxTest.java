package io.collimator.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deflated, Big Endian, and data sets whose pixels pass through. */
class TransferSyntaxTest {

    private static final DataSetCodec EXPLICIT = codec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    private static final DataSetCodec BIG_ENDIAN = codec(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);
    private static final DataSetCodec DEFLATED = codec(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
    private static final DataSet CT =
            Dictionary.dataSet().put(Tags.Modality, "CT").build();

    private static DataSetCodec codec(TransferSyntax syntax) {
        return new DataSetCodec(syntax, CodecLimits.defaults());
    }

    @Test
    void reads_and_writes_big_endian_byte_by_byte() throws IOException {
        byte[] bytes = GoldenBytes.ofFile("big-endian-image.hex");
        DataSet image = Dictionary.dataSet()
                .put(Tags.Modality, "CT")
                .put(Tags.FrameIncrementPointer, "00181063")
                .put(Tags.Rows, 258)
                .items(
                        Tags.ReferencedSeriesSequence,
                        Dictionary.dataSet()
                                .put(Tags.SimpleFrameList, Vr.UL, "1", "66051")
                                .build())
                .put(Tags.RecommendedDisplayFrameRateInFloat, "0.5")
                .put(new Element(Tags.PixelData, Vr.OW, new Value.Bytes(new byte[] {1, 2, 3, 4})))
                .build();

        DataSet read = BIG_ENDIAN.decode(bytes);

        assertThat(read).isEqualTo(image);
        assertThat(BIG_ENDIAN.encode(image)).isEqualTo(bytes);
    }

    @Test
    void reads_a_stored_block_of_deflate_padded_to_even() {
        byte[] stored = GoldenBytes.of("01  0A 00  F5 FF  08 00 60 00  43 53  02 00  43 54  00");
        ReadingNotes notes = new ReadingNotes();

        assertThat(DEFLATED.decode(stored, notes)).isEqualTo(CT);
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void writes_deflate_without_zlib_header_and_of_even_length() throws DataFormatException {
        byte[] bytes = DEFLATED.encode(CT);

        Inflater inflater = new Inflater(true);
        inflater.setInput(bytes);
        byte[] plain = new byte[100];
        int length = inflater.inflate(plain);
        inflater.end();
        assertThat(Arrays.copyOf(plain, length)).isEqualTo(EXPLICIT.encode(CT));
        assertThat(bytes.length % 2).isZero();
    }

    @Test
    void reads_deflate_in_a_zlib_header_and_with_more_padding_and_reports_both() {
        Deflater zlib = new Deflater();
        zlib.setInput(EXPLICIT.encode(CT));
        zlib.finish();
        byte[] bytes = new byte[200];
        int length = zlib.deflate(bytes);
        zlib.end();
        ReadingNotes notes = new ReadingNotes();

        DataSet read = DEFLATED.decode(Arrays.copyOf(bytes, length + 4), notes);

        assertThat(read).isEqualTo(CT);
        assertThat(notes.all()).containsOnlyKeys(Sloppiness.ZLIB_HEADER, Sloppiness.TRAILING_PADDING);
    }

    @Test
    void refuses_what_is_not_deflated_or_cut_off() {
        byte[] whole = DEFLATED.encode(CT);

        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> DEFLATED.decode(EXPLICIT.encode(CT)))
                .withMessageContaining("deflated");
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> DEFLATED.decode(Arrays.copyOf(whole, whole.length / 2)))
                .withMessageContaining("cut off");
        assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> DEFLATED.decode(new byte[0]));
    }

    @Test
    void reads_unknown_elements_of_big_endian_in_little_endian() {
        byte[] bytes = GoldenBytes.of(
                "00 29 10 10  55 4E 00 00  FF FF FF FF  FE FF 00 E0  0A 00 00 00  28 00 10 00  02 00 00 00  02 01"
                        + "FE FF DD E0  00 00 00 00  00 40 A0 40  43 53  00 02  43 54");

        DataSet read = BIG_ENDIAN.decode(bytes);

        assertThat(read.item(Tag.of(0x0029, 0x1010)).integer(Tags.Rows)).hasValue(258);
        assertThat(read.text(Tags.ValueType)).isEqualTo("CT");
    }

    @Test
    void keeps_fragments_of_pixel_data_as_they_are() throws IOException {
        byte[] bytes = GoldenBytes.ofFile("encapsulated-pixels.hex");

        DataSet read = EXPLICIT.decode(bytes);

        assertThat(read.get(Tags.PixelData))
                .contains(new Element(
                        Tags.PixelData,
                        Vr.OB,
                        new Value.Fragments(List.of(
                                new Value.Bytes(new byte[0]),
                                new Value.Bytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9})))));
        assertThat(EXPLICIT.encode(read)).isEqualTo(bytes);
        assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> BIG_ENDIAN.encode(read));
    }

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void hands_over_the_head_and_passes_pixels_through(TransferSyntax syntax) throws IOException {
        DataSetCodec codec = codec(syntax);
        DataSet image = Dictionary.dataSet(CT)
                .put(new Element(Tags.PixelData, Vr.OW, new Value.Bytes(new byte[100_000])))
                .build();
        ByteArrayOutputStream passed = new ByteArrayOutputStream();

        DataSetHead head = codec.decodeUpTo(
                Tags.PixelData, new ByteArrayInputStream(codec.encode(image)), 200_000, SloppinessListener.NONE);
        codec.encode(head, passed);

        assertThat(head.dataSet()).isEqualTo(CT);
        assertThat(codec.decode(passed.toByteArray())).isEqualTo(image);
    }

    @Test
    void bounds_what_passes_through() throws IOException {
        byte[] image = EXPLICIT.encode(Dictionary.dataSet(CT)
                .put(new Element(Tags.PixelData, Vr.OW, new Value.Bytes(new byte[1000])))
                .build());

        DataSetHead head =
                EXPLICIT.decodeUpTo(Tags.PixelData, new ByteArrayInputStream(image), 500, SloppinessListener.NONE);

        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> head.rest().readAllBytes())
                .withMessageContaining("500");
    }

    @Test
    void knows_how_compressed_images_are_encoded() {
        assertThat(TransferSyntax.of(Uids.ExplicitVRBigEndian)).contains(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);
        assertThat(TransferSyntax.of(Uids.JPEGBaseline8Bit)).isEmpty();
        assertThat(TransferSyntax.encodingOf(Uids.JPEGBaseline8Bit)).contains(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        assertThat(TransferSyntax.encodingOf(Uids.RLELossless)).contains(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        assertThat(TransferSyntax.encodingOf(Uids.XMLEncoding)).isEmpty();
    }
}
