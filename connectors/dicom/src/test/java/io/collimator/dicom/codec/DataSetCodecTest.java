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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DataSetCodecTest {

    private static final DataSetCodec EXPLICIT =
            new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());
    private static final DataSetCodec IMPLICIT =
            new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());
    private static final Tag PRIVATE = Tag.of(0x0029, 0x1010);

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void reads_back_a_worklist_item_as_it_was_written(TransferSyntax syntax) {
        DataSetCodec codec = new DataSetCodec(syntax, CodecLimits.defaults());
        DataSet step = Dictionary.dataSet()
                .put(Tags.Modality, "CT")
                .put(Tags.ScheduledProcedureStepStartDate, "20260301")
                .put(Tags.ScheduledStationAETitle, "CT_EAST")
                .build();
        DataSet item = Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, "ISO_IR 192")
                .put(Tags.PatientName, "Müller^Zoë")
                .put(Tags.StudyInstanceUID, Uids.Verification)
                .put(Tags.OtherPatientIDs, "A", "", "C")
                .put(Tags.AccessionNumber)
                .items(Tags.ScheduledProcedureStepSequence, step)
                .items(Tags.ReferencedStudySequence)
                .items(Tags.ReferencedPatientSequence, DataSet.empty())
                .build();

        DataSet decoded = codec.decode(codec.encode(item));

        assertThat(decoded).isEqualTo(item);
    }

    @ParameterizedTest
    @CsvSource({
        "AE, 'CT_EAST'",
        "AS, '045Y'",
        "AT, '00100010'",
        "CS, 'ORIGINAL'",
        "DA, '20260301'",
        "DS, '-1.5e3'",
        "DT, '20260301120000.5+0100'",
        "FD, '-1.25'",
        "FL, '0.5'",
        "IS, '-42'",
        "LO, 'a longer text'",
        "LT, '  two leading spaces'",
        "PN, 'Yamada^Tarou=='",
        "SH, 'short'",
        "SL, '-2147483648'",
        "SS, '-32768'",
        "ST, ' text'",
        "SV, '-9223372036854775808'",
        "TM, '235959.999999'",
        "UC, 'unlimited'",
        "UI, '1.2.840.10008.1.1'",
        "UL, '4294967295'",
        "UR, 'http://localhost/x'",
        "US, '65535'",
        "UT, ' unlimited text'",
        "UV, '-1'"
    })
    void reads_back_one_value_of_each_representation(Vr vr, String value) {
        DataSet written = Dictionary.dataSet().put(PRIVATE, vr, value).build();

        DataSet read = EXPLICIT.decode(EXPLICIT.encode(written));

        assertThat(read).isEqualTo(written);
    }

    @ParameterizedTest
    @EnumSource(names = {"OB", "OD", "OF", "OL", "OV", "OW", "UN"})
    void reads_back_bytes(Vr vr) {
        DataSet written = DataSet.of(List.of(new Element(PRIVATE, vr, new Value.Bytes(new byte[] {1, 2, 3, 4}))));

        DataSet read = EXPLICIT.decode(EXPLICIT.encode(written));

        assertThat(read).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "LO,' A \\ B ',A|B",
                "LO,'A\\\\B ',A||B",
                "LO,'\\',|",
                "SH,'  ',",
                "CS,' CT ',CT",
                "IS,' 7',7",
                "PN,' DOE^J ',DOE^J",
                "AE,'  CT_EAST  ',CT_EAST",
                "LT,'  A\\B ','  A\\B'",
                "ST,'   ',",
                "UT,' x ',' x'"
            })
    void takes_padding_off_and_splits_values(Vr vr, String field, String expected) {
        DataSet read = EXPLICIT.decode(explicitField(vr, field));

        List<String> values = expected == null ? List.of() : Arrays.asList(expected.split("\\|", -1));
        assertThat(read.texts(PRIVATE)).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource({"1.2.3\0, 1.2.3", "'1.2.3 ', 1.2.3", "1.2\0\0, 1.2"})
    void takes_nul_and_space_off_a_uid(String field, String expected) {
        DataSet read = EXPLICIT.decode(explicitField(Vr.UI, field));

        assertThat(read.texts(PRIVATE)).containsExactly(expected);
    }

    @Test
    void pads_to_even_length() {
        DataSet odd = Dictionary.dataSet()
                .put(Tags.Modality, "MR1")
                .put(Tags.SOPClassUID, Vr.UI, "1.2.3")
                .put(new Element(PRIVATE, Vr.UN, new Value.Bytes(new byte[] {9})))
                .build();

        byte[] bytes = EXPLICIT.encode(odd);

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("08001600" + "5549" + "0600" + "312e322e3300" + "08006000" + "4353" + "0400" + "4d523120"
                        + "29001010" + "554e" + "0000" + "02000000" + "0900");
    }

    @Test
    void writes_no_group_length_outside_commands() {
        DataSet withLength = Dictionary.dataSet()
                .put(Tag.of(0x0008, 0), 10)
                .put(Tags.Modality, "CT")
                .build();

        DataSet read = IMPLICIT.decode(IMPLICIT.encode(withLength));

        assertThat(read.elements()).extracting(Element::tag).containsExactly(Tags.Modality);
    }

    @Test
    void writes_a_value_beyond_the_short_form_as_unknown_and_reads_it_by_the_dictionary() {
        String longText = String.join("", Collections.nCopies(65_535, "x"));
        DataSet written =
                Dictionary.dataSet().put(Tags.PatientComments, longText).build();

        byte[] bytes = EXPLICIT.encode(written);

        assertThat(Arrays.copyOfRange(bytes, 4, 6)).isEqualTo(new byte[] {'U', 'N'});
        assertThat(EXPLICIT.decode(bytes)).isEqualTo(written);
    }

    @Test
    void keeps_the_longest_short_form() {
        String text = String.join("", Collections.nCopies(65_534, "x"));
        DataSet written = Dictionary.dataSet().put(Tags.PatientComments, text).build();

        byte[] bytes = EXPLICIT.encode(written);

        assertThat(Arrays.copyOfRange(bytes, 4, 8)).isEqualTo(new byte[] {'L', 'T', (byte) 0xFE, (byte) 0xFF});
        assertThat(EXPLICIT.decode(bytes)).isEqualTo(written);
    }

    @Test
    void keeps_a_number_of_the_wrong_length_as_bytes() {
        DataSet read = EXPLICIT.decode(GoldenBytes.of("28 00 10 00  55 53  03 00  01 02 03"));

        assertThat(read.get(Tags.Rows)).contains(new Element(Tags.Rows, Vr.UN, new Value.Bytes(new byte[] {1, 2, 3})));
    }

    @Test
    void reads_a_known_sequence_that_came_as_unknown_of_defined_length() {
        DataSet read = EXPLICIT.decode(GoldenBytes.of(
                "40 00 00 01  55 4E  00 00  12 00 00 00  FE FF 00 E0  0A 00 00 00  08 00 60 00  02 00 00 00  43 54"));

        assertThat(read.item(Tags.ScheduledProcedureStepSequence).text(Tags.Modality))
                .isEqualTo("CT");
    }

    @Test
    void lets_an_item_declare_its_own_character_set_and_inherit_otherwise() {
        DataSet written = Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, "ISO_IR 192")
                .put(Tags.PatientName, "Łukasz")
                .items(
                        Tags.OtherPatientIDsSequence,
                        Dictionary.dataSet()
                                .put(Tags.SpecificCharacterSet, "ISO_IR 100")
                                .put(Tags.PatientID, "é")
                                .build(),
                        Dictionary.dataSet().put(Tags.PatientID, "Ł").build())
                .build();

        byte[] bytes = IMPLICIT.encode(written);

        assertThat(IMPLICIT.decode(bytes)).isEqualTo(written);
        assertThat(HexFormat.of().formatHex(bytes))
                .contains("10002000" + "02000000" + "e920")
                .contains("c581");
    }

    @Test
    void finds_the_character_set_even_when_it_comes_after_the_text() {
        DataSet read = IMPLICIT.decode(GoldenBytes.of(
                "10 00 10 00  02 00 00 00  C3 89" + "08 00 05 00  0A 00 00 00  49 53 4F 5F 49 52 20 31 39 32"));

        assertThat(read.text(Tags.PatientName)).isEqualTo("É");
    }

    @Test
    void refuses_a_character_that_the_declared_set_lacks() {
        DataSet undeclared =
                Dictionary.dataSet().put(Tags.PatientName, "Müller").build();

        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> EXPLICIT.encode(undeclared))
                .satisfies(e -> assertThat(e.tag()).contains(Tags.PatientName))
                .withMessageContaining("ASCII")
                .withMessageNotContaining("Müller");
    }

    @Test
    void refuses_to_write_values_that_would_be_read_as_others() {
        DataSet backslash = Dictionary.dataSet().put(Tags.PatientID, "A\\B").build();
        DataSet twoTexts =
                Dictionary.dataSet().put(Tags.PatientComments, "A", "B").build();
        DataSet tooLarge = Dictionary.dataSet().put(Tags.Rows, 65_536).build();

        assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> IMPLICIT.encode(backslash));
        assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> IMPLICIT.encode(twoTexts));
        assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> IMPLICIT.encode(tooLarge));
    }

    @ParameterizedTest
    @CsvSource({
        "'08 00 60 00  20 20  02 00  43 54', 'two capital letters'",
        "'08 00 60 00  43 53  FF 00  43 54', 'length of 255 bytes'",
        "'10 00 10 00  55 54  00 00  FF FF FF FF', 'undefined'",
        "'10 00 10 00  55 4E  00 00  10 00 00 00  41', 'length of 16 bytes'",
        "'FE FF 0D E0  00 00 00 00', 'item or delimiter'",
        "'40 00 00 01  53 51  00 00  08 00 00 00  08 00 60 00  43 53 00 00', 'must hold items'",
        "'40 00 00 01  53 51  00 00  FF FF FF FF  FE FF DD E0  02 00 00 00', 'must be 0'",
        "'40 00 00 01  53 51  00 00  FF FF FF FF', 'cut off'",
        "'08 00 60', 'cut off'"
    })
    void refuses_bytes_that_are_no_data_set_and_says_where(String hex, String reason) {
        byte[] bytes = GoldenBytes.of(hex);

        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> EXPLICIT.decode(bytes))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.offset()).isBetween(0L, (long) bytes.length));
    }

    private static byte[] explicitField(Vr vr, String field) {
        StringBuilder hex = new StringBuilder("29001010")
                .append(HexFormat.of().formatHex(vr.name().getBytes(StandardCharsets.US_ASCII)));
        String length = "%02x%02x".formatted(field.length() & 0xFF, field.length() >> 8);
        hex.append(vr.isLongForm() ? "0000" + length + "0000" : length);
        return GoldenBytes.of(hex.append(HexFormat.of().formatHex(field.getBytes(StandardCharsets.US_ASCII)))
                .toString());
    }
}
