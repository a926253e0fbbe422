package io.collimator.dicom.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.ReadingNotes;
import io.collimator.dicom.codec.Sloppiness;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.json.DicomJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files, transfer syntaxes, character sets and JSON as DCMTK's tools understand them. */
@Tag("peers")
@Timeout(60)
class DcmtkFilesIT {

    private static final DicomJson JSON = new DicomJson(CodecLimits.defaults());
    private static final Uid INSTANCE = new Uid("1.2.3.4");
    private static final Map<TransferSyntax, String> OUTPUT_OPTIONS = Map.of(
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, "+ti",
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "+te",
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN, "+tb",
            TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, "+td");
    private static final DataSet OBJECT = Dictionary.dataSet()
            .put(Tags.SpecificCharacterSet, "ISO_IR 192")
            .put(Tags.SOPClassUID, Uids.CTImageStorage)
            .put(Tags.SOPInstanceUID, INSTANCE)
            .put(Tags.Modality, "CT")
            .put(Tags.PatientName, "Yamada^Tarou=山田^太郎=やまだ^たろう")
            .put(Tags.OtherPatientIDs, "A", "", "C")
            .put(Tags.PatientWeight, "72.5")
            .put(Tags.FrameIncrementPointer, "00181063")
            .put(Tags.RecommendedDisplayFrameRateInFloat, "0.5")
            .put(Tags.Rows, 258)
            .put(io.collimator.dicom.data.Tag.of(0x0029, 0x0010), Vr.LO, "ACME")
            .items(
                    Tags.ReferencedStudySequence,
                    Dictionary.dataSet()
                            .put(Tags.ReferencedSOPInstanceUID, "1.2.3")
                            .build(),
                    DataSet.empty())
            .put(new Element(Tags.PixelData, Vr.OW, new Value.Bytes(new byte[] {1, 2, 3, 4})))
            .build();

    private final ReadingNotes notes = new ReadingNotes();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void dcmconv_reads_each_syntax_of_ours_and_we_each_of_its(TransferSyntax syntax) throws Exception {
        Path ours = write("ours.dcm", syntax, OBJECT);
        Path theirs = directory.resolve("theirs.dcm");
        Path again = directory.resolve("again.dcm");

        run("dcmconv", "+te", ours.toString(), theirs.toString());
        run("dcmconv", OUTPUT_OPTIONS.get(syntax), theirs.toString(), again.toString());

        assertThat(read(theirs)).isEqualTo(OBJECT);
        assertThat(read(again)).isEqualTo(OBJECT);
        assertThat(notes.isEmpty()).as(notes.toString()).isTrue();
    }

    @Test
    void dcmconv_with_undefined_lengths_and_group_lengths_is_read() throws Exception {
        Path ours = write("ours.dcm", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, OBJECT);
        Path theirs = directory.resolve("theirs.dcm");

        run("dcmconv", "-e", "+g", ours.toString(), theirs.toString());

        assertThat(read(theirs)).isEqualTo(OBJECT);
        assertThat(notes.all()).containsOnlyKeys(Sloppiness.GROUP_LENGTH);
    }

    /** DCMTK 3.6.7 shows the second value's escape sequence of IR 58, and a yen for the backslash of IR 13. */
    @ParameterizedTest
    @CsvSource({
        "'ISO_IR 100', 'Müller^Zoë', 2",
        "'ISO_IR 101', 'Łukasz', 2",
        "'ISO_IR 144', 'Люк', 2",
        "'ISO_IR 126', 'Διον', 2",
        "'ISO_IR 13', 'ﾔﾏﾀﾞ^ﾀﾛｳ', 1",
        "'ISO_IR 166', 'นาม', 2",
        "'\\ISO 2022 IR 149', 'Hong^Gildong=洪^吉洞=홍^길동', 2",
        "'\\ISO 2022 IR 58', 'Zhang^XiaoDong=张^小东', 1",
        "'GB18030', 'Wang^XiaoDong=王^小东', 2",
        "'GBK', 'Wang^XiaoDong=王^小东', 2"
    })
    void dcmconv_reads_our_character_sets(String declared, String name, int values) throws Exception {
        DataSet named = Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, declared.split("\\\\", -1))
                .put(Tags.SOPClassUID, Uids.CTImageStorage)
                .put(Tags.SOPInstanceUID, INSTANCE)
                .put(Tags.PatientName, name)
                .put(Tags.OtherPatientIDs, Collections.nCopies(values, name).toArray(new String[0]))
                .build();
        Path ours = write("ours.dcm", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, named);
        Path theirs = directory.resolve("theirs.dcm");

        run("dcmconv", "+U8", ours.toString(), theirs.toString());

        assertThat(read(ours)).isEqualTo(named);
        // as JSON, which shows names where they differ and is in UTF-8 too
        assertThat(JSON.write(read(theirs))).isEqualTo(JSON.write(named));
    }

    @Test
    void dcm2json_says_the_same_as_we_do() throws Exception {
        Path ours = write("ours.dcm", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, OBJECT);

        String theirs = run("dcm2json", ours.toString());

        assertThat(JSON.read(theirs)).isEqualTo(OBJECT);
    }

    @Test
    void dump2dcm_writes_fragments_that_we_copy() throws Exception {
        Path dump = directory.resolve("dump.txt");
        Files.writeString(dump, """
                (0002,0010) UI =JPEGBaseline
                (0008,0016) UI =CTImageStorage
                (0008,0018) UI [1.2.3.4]
                (7fe0,0010) OB (PixelSequence #=2)
                (fffe,e000) pi (no value available)
                (fffe,e000) pi ff\\d8\\ff\\d9
                (fffe,e0dd) na (SequenceDelimitationItem)
                """);
        Path theirs = directory.resolve("theirs.dcm");
        Path copy = directory.resolve("copy.dcm");

        run("dump2dcm", dump.toString(), theirs.toString());
        try (InputStream in = Files.newInputStream(theirs);
                OutputStream out = Files.newOutputStream(copy)) {
            DicomFile file = new DicomFileReader(CodecLimits.defaults(), notes).open(in);
            DicomFileWriter.write(
                    FileMeta.of(Uids.CTImageStorage, INSTANCE, file.transferSyntax()),
                    file.readUpTo(Tags.PixelData, 1000),
                    out);
        }

        assertThat(run("dcmdump", copy.toString())).contains("JPEGBaseline").contains("ff\\d8\\ff\\d9");
        assertThat(read(copy)).isEqualTo(read(theirs));
    }

    private Path write(String name, TransferSyntax syntax, DataSet dataSet) throws IOException {
        Path path = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(path)) {
            DicomFileWriter.write(FileMeta.of(Uids.CTImageStorage, INSTANCE, syntax.uid()), dataSet, out);
        }
        return path;
    }

    private DataSet read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new DicomFileReader(CodecLimits.defaults(), notes).open(in).read();
        }
    }

    private String run(String tool, String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends", tool)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s: %s", tool, printed).isZero();
        return printed;
    }
}
