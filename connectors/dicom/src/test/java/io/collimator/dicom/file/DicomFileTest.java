package io.collimator.dicom.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.DataSetHead;
import io.collimator.dicom.codec.ReadingNotes;
import io.collimator.dicom.codec.Sloppiness;
import io.collimator.dicom.codec.SloppinessListener;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DicomFileTest {

    private static final CodecLimits LIMITS = CodecLimits.defaults();
    private static final Uid INSTANCE = new Uid("1.2.3.4");
    private static final DataSet OBJECT = Dictionary.dataSet()
            .put(Tags.SpecificCharacterSet, "ISO_IR 100")
            .put(Tags.SOPClassUID, Uids.CTImageStorage)
            .put(Tags.SOPInstanceUID, INSTANCE)
            .put(Tags.PatientName, "Zoë")
            .build();
    private static final DataSet IMAGE = Dictionary.dataSet(OBJECT)
            .put(new Element(Tags.PixelData, Vr.OW, new Value.Bytes(new byte[50_000])))
            .build();

    private final ReadingNotes notes = new ReadingNotes();

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void writes_and_reads_a_file_in_each_syntax(TransferSyntax syntax) throws IOException {
        byte[] file = file(syntax, IMAGE);

        DicomFile opened = open(file);

        assertThat(opened.meta()).isEqualTo(meta(syntax));
        assertThat(opened.transferSyntax()).isEqualTo(syntax.uid());
        assertThat(opened.read()).isEqualTo(IMAGE);
        assertThat(notes.isEmpty()).as(notes.toString()).isTrue();
    }

    @Test
    void writes_preamble_prefix_and_group_length_as_the_standard_has_them() throws IOException {
        byte[] file = file(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, OBJECT);

        int metaLength = file[140] & 0xFF;
        assertThat(Arrays.copyOf(file, 128)).containsOnly(0);
        assertThat(HexFormat.of().formatHex(file, 128, 140)).isEqualTo("4449434d" + "02000000" + "554c" + "0400");
        assertThat(HexFormat.of().formatHex(file, 144, 158))
                .isEqualTo("02000100" + "4f42" + "0000" + "02000000" + "0001");
        assertThat(HexFormat.of().formatHex(file, 144 + metaLength, 148 + metaLength))
                .isEqualTo("08000500");
    }

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void copies_an_image_whose_pixels_it_never_looks_at(TransferSyntax syntax) throws IOException {
        byte[] file = file(syntax, IMAGE);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();

        DicomFile opened = open(file);
        DataSetHead head = opened.readUpTo(Tags.PixelData, 100_000);
        DicomFileWriter.write(opened.meta(), head, copy);

        assertThat(head.dataSet()).isEqualTo(OBJECT);
        assertThat(open(copy.toByteArray()).read()).isEqualTo(IMAGE);
    }

    @Test
    void passes_a_data_set_through_in_a_syntax_that_it_does_not_read() throws IOException {
        FileMeta meta = FileMeta.of(Uids.CTImageStorage, INSTANCE, Uids.XMLEncoding);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomFileWriter.writeEncoded(meta, new ByteArrayInputStream(new byte[] {1, 2, 3, 4}), out);

        DicomFile opened = open(out.toByteArray());

        assertThat(opened.content().readAllBytes()).containsExactly(1, 2, 3, 4);
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(opened::read)
                .withMessageContaining(Uids.XMLEncoding.value());
    }

    @Test
    void reads_compressed_pixels_as_fragments() throws IOException {
        Value.Fragments fragments = new Value.Fragments(
                List.of(new Value.Bytes(new byte[0]), new Value.Bytes(new byte[] {(byte) 0xFF, (byte) 0xD8})));
        DataSet compressed = Dictionary.dataSet(OBJECT)
                .put(new Element(Tags.PixelData, Vr.OB, fragments))
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        DicomFileWriter.write(FileMeta.of(Uids.CTImageStorage, INSTANCE, Uids.JPEGBaseline8Bit), compressed, out);

        assertThat(open(out.toByteArray()).read()).isEqualTo(compressed);
    }

    @Test
    void tolerates_a_missing_preamble() throws IOException {
        byte[] file = file(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, OBJECT);

        DataSet fromPrefix = open(Arrays.copyOfRange(file, 128, file.length)).read();
        DataSet fromMeta = open(Arrays.copyOfRange(file, 132, file.length)).read();

        assertThat(List.of(fromPrefix, fromMeta)).containsOnly(OBJECT);
        assertThat(notes.all()).containsOnlyKeys(Sloppiness.MISSING_PREAMBLE);
        assertThat(notes.count(Sloppiness.MISSING_PREAMBLE)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"IMPLICIT_VR_LITTLE_ENDIAN", "EXPLICIT_VR_LITTLE_ENDIAN", "EXPLICIT_VR_BIG_ENDIAN"})
    void guesses_the_syntax_of_a_bare_data_set(TransferSyntax syntax) throws IOException {
        byte[] bare = new DataSetCodec(syntax, LIMITS).encode(OBJECT);

        DicomFile opened = open(bare);

        assertThat(opened.transferSyntax()).isEqualTo(syntax.uid());
        assertThat(opened.read()).isEqualTo(OBJECT);
        assertThat(notes.all()).containsOnlyKeys(Sloppiness.MISSING_PREAMBLE, Sloppiness.MISSING_FILE_META);
    }

    @Test
    void tolerates_meta_information_in_implicit_vr_without_group_length_and_syntax() throws IOException {
        DataSetCodec implicit = new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, LIMITS);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[128]);
        file.writeBytes(new byte[] {'D', 'I', 'C', 'M'});
        file.writeBytes(implicit.encode(
                meta(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).elements().without(Tags.TransferSyntaxUID)));
        file.writeBytes(new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, LIMITS).encode(OBJECT));

        DicomFile opened = open(file.toByteArray());

        assertThat(opened.meta().sopInstance()).contains(INSTANCE);
        assertThat(opened.meta().transferSyntax()).isEmpty();
        assertThat(opened.read()).isEqualTo(OBJECT);
        assertThat(notes.all()).containsOnlyKeys(Sloppiness.MISSING_FILE_META, Sloppiness.WRONG_FILE_META);
    }

    @Test
    void refuses_to_write_what_would_be_no_file() {
        FileMeta incomplete = new FileMeta(
                meta(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).elements().without(Tags.MediaStorageSOPInstanceUID));
        DataSet command = Dictionary.dataSet().put(Tags.CommandField, 1).build();

        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> DicomFileWriter.write(incomplete, OBJECT, new ByteArrayOutputStream()))
                .satisfies(e -> assertThat(e.tag()).contains(Tags.MediaStorageSOPInstanceUID));
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> file(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, command));
    }

    @Test
    void does_not_believe_a_length_in_a_short_file() {
        byte[] file = HexFormat.of().parseHex("08006000" + "f0ffff7f" + "4354");

        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> open(file).read())
                .withMessageContaining("more than 16777216 bytes");
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> open(HexFormat.of().parseHex("08006000" + "00001000" + "4354"))
                        .read())
                .withMessageContaining("fewer are left");
    }

    @Test
    void leaves_an_error_of_the_stream_what_it_is() throws IOException {
        byte[] file = file(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, IMAGE);
        InputStream gone = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk gone");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("disk gone");
            }
        };
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(file, 0, 1000), gone);

        DicomFile opened = new DicomFileReader(LIMITS, SloppinessListener.NONE).open(broken);

        assertThatExceptionOfType(IOException.class).isThrownBy(opened::read).withMessage("disk gone");
    }

    private static FileMeta meta(TransferSyntax syntax) {
        return FileMeta.of(Uids.CTImageStorage, INSTANCE, syntax.uid());
    }

    private static byte[] file(TransferSyntax syntax, DataSet dataSet) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomFileWriter.write(meta(syntax), dataSet, out);
        return out.toByteArray();
    }

    private DicomFile open(byte[] bytes) throws IOException {
        return new DicomFileReader(LIMITS, notes).open(new ByteArrayInputStream(bytes));
    }
}
