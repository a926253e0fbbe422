package io.collimator.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomJsonTest {

    private static final DicomJson JSON = new DicomJson(CodecLimits.defaults());
    private static final Tag PRIVATE = Tag.of(0x0029, 0x1010);

    @Test
    void writes_and_reads_a_worklist_item_as_the_golden_file_has_it() throws IOException {
        DataSet item = Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, "ISO_IR 192")
                .put(Tags.AccessionNumber, "ACC0001")
                .put(Tags.PatientName, "Yamada^Tarou=山田^太郎=やまだ^たろう")
                .put(Tags.OtherPatientIDs, "A", "", "\"C\"")
                .put(Tags.PatientComments)
                .put(Tags.PatientWeight, "72.5")
                .put(Tags.FrameIncrementPointer, "00181063")
                .put(Tags.RedPaletteColorLookupTableData, Vr.OW)
                .put(Tag.of(0x0029, 0x0010), "ACME")
                .put(new Element(PRIVATE, Vr.UN, new Value.Bytes(new byte[] {1, 2, 3, 4})))
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet().put(Tags.Modality, "CT").build(),
                        DataSet.empty())
                .items(Tags.ReferencedStudySequence)
                .put(Tag.of(0x0008, 0), 4)
                .build();

        String json = JSON.write(item);

        assertThat(json).isEqualTo(golden("worklist-item.json"));
        assertThat(JSON.read(json)).isEqualTo(item.without(Tag.of(0x0008, 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "IS, '42', 42",
        "IS, '-7', -7",
        "IS, '+42', '\"+42\"'",
        "IS, '007', '\"007\"'",
        "IS, 'many', '\"many\"'",
        "DS, '1.5', 1.5",
        "DS, '0.1', 0.1",
        "DS, '-1.5e3', -1.5e3",
        "DS, '.5', '\".5\"'",
        "DS, '5.', '\"5.\"'",
        "DS, '1234567890123456', '\"1234567890123456\"'",
        "SV, '9007199254740992', 9007199254740992",
        "SV, '-9223372036854775808', '\"-9223372036854775808\"'",
        "UV, '-1', '\"18446744073709551615\"'",
        "US, '65535', 65535",
        "FL, '0.1', 0.1",
        "FD, '0.1', 0.1",
        "FD, 'NaN', '\"nan\"'",
        "FD, '-Infinity', '\"-inf\"'",
        "AT, '00100010', '\"00100010\"'",
        "LT, 'a\\b', '\"a\\\\b\"'",
        "LO, '\u2028\u0007é', '\"\\u2028\\u0007é\"'",
        "PN, '=山田', '{\"Ideographic\":\"山田\"}'"
    })
    void writes_and_reads_a_value_without_loss(Vr vr, String value, String expected) {
        DataSet written = Dictionary.dataSet().put(PRIVATE, vr, value).build();

        String json = JSON.write(written);

        assertThat(json)
                .isEqualTo("{\"29001010\":{\"vr\":\"%s\",\"Value\":[%s]}}"
                        .replace("29001010", "00291010")
                        .formatted(vr, expected));
        assertThat(JSON.write(JSON.read(json))).isEqualTo(json);
        if (vr != Vr.FL) {
            assertThat(JSON.read(json)).isEqualTo(written);
        }
    }

    @Test
    void declares_the_character_set_that_json_has() {
        DataSet latin = Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, "ISO_IR 100")
                .put(Tags.PatientName, "Zoë")
                .build();

        DataSet read = JSON.read(JSON.write(latin));

        assertThat(read.texts(Tags.SpecificCharacterSet)).containsExactly("ISO_IR 192");
        assertThat(JSON.read("{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 100\"]}}")
                        .text(Tags.SpecificCharacterSet))
                .isEqualTo("ISO_IR 192");
    }

    @Test
    void reads_what_others_write() {
        DataSet read = JSON.read("""
                { "00100010" : { "vr": "PN", "Value": [ "DOE^JOHN", null ] },
                  "00200013": {"vr":"IS","Value":["7", 8, 1e1]},
                  "00100020": {"Value":["P1"]},
                  "00104000": {"vr":"LT","BulkDataURI":"http://localhost/1"},
                  "7FE00010": {"vr":"OW","BulkDataURI":"http://localhost/2"},
                  "00080060": {"vr":"CS","Value":[]},
                  "00081110": {"vr":"SQ","Value":[null, {}]},
                  "00100030": {"vr":"DA"}, "00101010": {"vr":"AS","Value":null}, "00080016": {"vr":"UI","Value":[null]} }
                """);

        assertThat(read)
                .isEqualTo(Dictionary.dataSet()
                        .put(Tags.PatientName, "DOE^JOHN", "")
                        .put(Tags.InstanceNumber, "7", "8", "10")
                        .put(Tags.PatientID, "P1")
                        .put(Tags.PatientComments)
                        .put(Tags.PixelData)
                        .put(Tags.Modality)
                        .items(Tags.ReferencedStudySequence, DataSet.empty(), DataSet.empty())
                        .put(Tags.PatientBirthDate)
                        .put(Tags.PatientAge)
                        .put(Tags.SOPClassUID)
                        .build());
    }

    @Test
    void writes_and_reads_a_list() throws IOException {
        DataSet one = Dictionary.dataSet().put(Tags.PatientID, "P1").build();
        StringBuilder out = new StringBuilder();

        JSON.writeAll(List.of(one, DataSet.empty()).iterator(), out);

        assertThat(out).hasToString("[\n{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"P1\"]}},\n{}\n]");
        assertThat(JSON.readAll(out.toString())).containsExactly(one, DataSet.empty());
        assertThat(JSON.readAll("[]")).isEmpty();
        assertThat(JSON.readAll("{}")).containsExactly(DataSet.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}x",
                "[]",
                "null",
                "{\"00100020\":1}",
                "{\"PatientID\":{}}",
                "{\"00100020\":{\"vr\":\"XX\"}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":\"P1\"}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":[true]}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"A\\\\B\"]}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"A\nB\"]}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"\\x\"]}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"\\u12\"]}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":['P1']}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"P1\",]}}",
                "{\"00100020\":{\"vr\":\"LO\"},\"00100020\":{\"vr\":\"LO\"}}",
                "{\"00280010\":{\"vr\":\"US\",\"Value\":[1.5]}}",
                "{\"00280010\":{\"vr\":\"US\",\"Value\":[01]}}",
                "{\"00280010\":{\"vr\":\"UV\",\"Value\":[1e9999]}}",
                "{\"00280010\":{\"vr\":\"UV\",\"Value\":[-1]}}",
                "{\"00280010\":{\"vr\":\"FD\",\"Value\":[\"x\"]}}",
                "{\"00280009\":{\"vr\":\"AT\",\"Value\":[\"PatientID\"]}}",
                "{\"00291010\":{\"vr\":\"UN\",\"InlineBinary\":\"*\"}}",
                "{\"00291010\":{\"vr\":\"UN\",\"Value\":[\"x\"]}}",
                "{\"00081110\":{\"vr\":\"SQ\",\"Value\":[1]}}"
            })
    void refuses_what_is_no_data_set(String json) {
        assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> JSON.read(json));
    }

    @Test
    void names_the_element_within_sequences() {
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(
                        () -> JSON.read(
                                "{\"00400100\":{\"vr\":\"SQ\",\"Value\":[{},{\"00080060\":{\"vr\":\"CS\",\"Value\":[1,true]}}]}}"))
                .satisfies(e -> assertThat(e.path()).isEqualTo("(0040,0100)[2].(0008,0060)"));
    }

    @Test
    void bounds_depth_and_numbers_of_everything() {
        DicomJson small = new DicomJson(new CodecLimits(4000, 2, 10, 5));
        String deep = "{\"00081110\":{\"vr\":\"SQ\",\"Value\":[";

        assertRefused(small, "[".repeat(3000));
        assertRefused(small, deep.repeat(3) + "]}}".repeat(3));
        assertRefused(small, "[" + "1,".repeat(1500) + "1]");
        assertRefused(small, "{\"00081110\":{\"vr\":\"SQ\",\"Value\":[{},{},{},{},{},{}]}}");
        assertRefused(small, "{\"00100020\":{\"vr\":\"LO\",\"Value\":[" + "\"\",".repeat(10) + "\"\"]}}");
        assertRefused(small, " ".repeat(4001));
    }

    @Test
    void reads_a_long_list_of_items() {
        String items =
                String.join(",", Collections.nCopies(40_000, "{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]}}"));

        DataSet read = JSON.read("{\"00081199\":{\"vr\":\"SQ\",\"Value\":[" + items + "]}}");

        assertThat(read.items(Tags.ReferencedSOPSequence)).hasSize(40_000);
    }

    private static void assertRefused(DicomJson json, String text) {
        assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> json.readAll(text));
    }

    private static String golden(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(DicomJsonTest.class.getResourceAsStream("/golden/json/" + name), name)) {
            // the golden file has a line for each attribute, to be readable
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\n *", "");
        }
    }
}
