package io.collimator.dicom.codec;

import static io.collimator.dicom.fuzz.FuzzRun.bounded;
import static io.collimator.dicom.fuzz.FuzzRun.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.file.DicomFileReader;
import io.collimator.dicom.fuzz.Corpus;
import io.collimator.dicom.fuzz.FuzzRun;
import io.collimator.dicom.fuzz.Mutations;
import io.collimator.dicom.json.DicomJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mutated data sets, files and JSON: read or refused, in bounded time and memory, and nothing else; see {@link FuzzRun}. */
class DataSetFuzzTest {

    private static final CodecLimits LIMITS = new CodecLimits(64 * 1024, 8, 2_000, 500);
    private static final TransferSyntax[] SYNTAXES = TransferSyntax.values();
    private static final Corpus CORPUS = Corpus.of("data-set");
    private static final Corpus JSON_CORPUS = Corpus.of("json");
    private static final Set<Sloppiness> OF_VALUES = EnumSet.of(
            // a NUL within a text too
            Sloppiness.WRONG_PADDING,
            // a number of wrong length in UN stays there
            Sloppiness.UNDEFINED_VR,
            Sloppiness.TOO_LONG,
            Sloppiness.VR_MISMATCH,
            Sloppiness.WRONG_NUMBER_LENGTH);
    private static final int FILE_PREAMBLE = 128;

    @Test
    void data_sets_are_read_alike_from_memory_and_stream_or_refused() {
        FuzzRun.repeat("data sets", random -> {
            TransferSyntax syntax = SYNTAXES[random.nextInt(SYNTAXES.length)];
            readOrRefuse(syntax, mutated(syntax, random));
        });
    }

    @Test
    void files_are_read_or_refused() {
        FuzzRun.repeat("files", random -> {
            TransferSyntax syntax = SYNTAXES[random.nextInt(SYNTAXES.length)];
            byte[] file = file(syntax, new DataSetCodec(syntax, LIMITS).encode(valid(random)));
            byte[] changed = new Mutations(random).mutate(file);
            bounded(changed, () -> readFile(changed));
        });
    }

    @Test
    void json_is_read_or_refused_and_written_again_alike() {
        DicomJson json = new DicomJson(LIMITS);
        FuzzRun.repeat("JSON", random -> {
            byte[] valid = random.nextInt(10) == 0
                    ? JSON_CORPUS.any(random)
                    : json.write(valid(random)).getBytes(StandardCharsets.UTF_8);
            byte[] changed = random.nextInt(10) == 0 ? valid : new Mutations(random).mutate(valid);
            bounded(changed, () -> readJson(json, changed));
        });
    }

    static List<Corpus.Entry> corpus() {
        return CORPUS.entries();
    }

    static List<Corpus.Entry> jsonCorpus() {
        return JSON_CORPUS.entries();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void a_kept_data_set_is_read_or_refused_in_each_syntax(Corpus.Entry kept) throws Exception {
        for (TransferSyntax syntax : SYNTAXES) {
            readOrRefuse(syntax, kept.bytes());
            byte[] file = file(syntax, kept.bytes());
            bounded(file, () -> readFile(file));
        }
        readOrRefuse(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, deflated(kept.bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jsonCorpus")
    void kept_json_is_read_or_refused(Corpus.Entry kept) throws Exception {
        bounded(kept.bytes(), () -> readJson(new DicomJson(LIMITS), kept.bytes()));
    }

    /** Deflated ones are changed before or after deflating: what is changed after seldom gets past the inflater. */
    private static byte[] mutated(TransferSyntax syntax, Random random) {
        Mutations mutations = new Mutations(random);
        if (random.nextInt(8) == 0) {
            return mutations.mutate(CORPUS.any(random));
        }
        if (syntax.isDeflated() && random.nextInt(3) > 0) {
            return deflated(mutations.mutate(
                    new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, LIMITS).encode(valid(random))));
        }
        return mutations.mutate(new DataSetCodec(syntax, LIMITS).encode(valid(random)));
    }

    private static DataSet valid(Random random) {
        return new RandomDataSets(random.nextInt(2_000)).next();
    }

    private static void readOrRefuse(TransferSyntax syntax, byte[] bytes) throws Exception {
        DataSetCodec codec = new DataSetCodec(syntax, LIMITS);
        bounded(bytes, () -> {
            Optional<DataSet> read = decode(codec, bytes);
            assertThat(decodeStream(codec, bytes)).as(() -> hex(bytes)).isEqualTo(read);
            read.ifPresent(dataSet -> encodeOrRefuse(syntax, dataSet));
        });
    }

    private static Optional<DataSet> decode(DataSetCodec codec, byte[] bytes) {
        try {
            return Optional.of(codec.decode(bytes, new ReadingNotes()));
        } catch (DicomDataException refused) {
            assertThat(refused).hasMessageNotContaining("null");
            return Optional.empty();
        }
    }

    private static Optional<DataSet> decodeStream(DataSetCodec codec, byte[] bytes) throws IOException {
        try {
            return Optional.of(
                    codec.decodeWhile(tag -> true, new ByteArrayInputStream(bytes), 0, SloppinessListener.NONE)
                            .dataSet());
        } catch (DicomDataException refused) {
            return Optional.empty();
        }
    }

    /** What was sloppy is not passed on, values apart, which are as they came. */
    private static void encodeOrRefuse(TransferSyntax syntax, DataSet dataSet) {
        byte[] written;
        try {
            written = new DataSetCodec(syntax, LIMITS)
                    .encode(SpecificCharacterSet.declareFor(dataSet, SpecificCharacterSet.ASCII));
        } catch (DicomDataException refused) {
            assertThat(refused).hasMessageNotContaining("null");
            return;
        }
        DataSetCodec roomy = new DataSetCodec(syntax, CodecLimits.defaults());
        ReadingNotes notes = new ReadingNotes();
        roomy.decode(written, notes);
        assertThat(notes.all().keySet()).as(() -> hex(written)).isSubsetOf(OF_VALUES);
    }

    private static void readFile(byte[] file) throws IOException {
        try {
            new DicomFileReader(LIMITS, new ReadingNotes())
                    .open(new ByteArrayInputStream(file))
                    .read();
        } catch (DicomDataException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    private static void readJson(DicomJson json, byte[] text) {
        try {
            String again = json.write(json.read(new String(text, StandardCharsets.UTF_8)));
            assertThat(json.write(json.read(again))).isEqualTo(again);
        } catch (DicomDataException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    private static byte[] file(TransferSyntax syntax, byte[] content) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[FILE_PREAMBLE]);
        file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(GoldenBytes.of("02 00 10 00  55 49  16 00"));
        String uid = syntax.uid().value();
        file.writeBytes((uid + "\0".repeat(22 - uid.length())).getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(content);
        return file.toByteArray();
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, deflater)) {
            deflating.write(content);
        } catch (IOException e) {
            throw new IllegalStateException("Bytes cannot be written to memory.", e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }
}
