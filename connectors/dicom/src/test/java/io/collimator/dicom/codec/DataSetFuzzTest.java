package io.collimator.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.collimator.dicom.charset.DecodedText;
import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.file.DicomFileReader;
import io.collimator.dicom.json.DicomJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Mutated data sets, files, JSON and text: read or refused, in bounded time and memory, and nothing else.
 *
 * <p>{@code -Dfuzz.seconds=120} makes each test last so long; a failure names its seed, and {@code -Dfuzz.seed=} with it
 * starts there again.
 */
class DataSetFuzzTest {

    private static final CodecLimits LIMITS = new CodecLimits(64 * 1024, 8, 2_000, 500);
    private static final long SECONDS = Long.getLong("fuzz.seconds", 2);
    private static final long FIRST_SEED = Long.getLong("fuzz.seed", 20_260_301);
    private static final TransferSyntax[] SYNTAXES = TransferSyntax.values();
    private static final List<String> TERMS = List.of(
            "",
            "ISO_IR 100",
            "ISO 2022 IR 87",
            "ISO 2022 IR 159",
            "ISO 2022 IR 149",
            "ISO 2022 IR 58",
            "ISO_IR 13",
            "ISO_IR 192",
            "GB18030",
            "GBK",
            "ISO_IR 166",
            "ISO 2022 IR 126",
            "KLINGON");

    /** Bytes that decoding may allocate for each byte that came, and at all: 16-byte elements become objects. */
    private static final long MEMORY_FACTOR = 200;

    private static final long MEMORY_FREE = 2 * 1024 * 1024;

    /** What one run does with its random numbers. */
    private interface Attack {
        void run(Random random) throws IOException;
    }

    @Test
    void data_sets_are_read_alike_from_memory_and_stream_or_refused() {
        repeat(random -> {
            DataSetCodec codec = new DataSetCodec(SYNTAXES[random.nextInt(SYNTAXES.length)], LIMITS);
            byte[] bytes = new Mutations(random).mutate(codec.encode(new RandomDataSets(random.nextInt(500)).next()));

            Optional<DataSet> read = decode(codec, bytes);
            Optional<DataSet> streamed = decodeStream(codec, bytes);

            assertThat(streamed).as(() -> hex(bytes)).isEqualTo(read);
            read.ifPresent(dataSet -> encodeOrRefuse(codec, dataSet));
        });
    }

    @Test
    void files_are_read_or_refused() {
        repeat(random -> {
            TransferSyntax syntax = SYNTAXES[random.nextInt(SYNTAXES.length)];
            byte[] meta = GoldenBytes.of(
                    "02 00 10 00  55 49  16 00" + hex(padded(syntax.uid().value())));
            byte[] content = new DataSetCodec(syntax, LIMITS).encode(new RandomDataSets(random.nextInt(500)).next());
            byte[] file = new Mutations(random)
                    .mutate(concat(new byte[128], "DICM".getBytes(StandardCharsets.US_ASCII), meta, content));
            try {
                new DicomFileReader(LIMITS, new ReadingNotes())
                        .open(new ByteArrayInputStream(file))
                        .read();
            } catch (DicomDataException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        });
    }

    @Test
    void json_is_read_or_refused_and_written_again_alike() {
        DicomJson json = new DicomJson(LIMITS);
        repeat(random -> {
            String written = json.write(new RandomDataSets(random.nextInt(500)).next());
            byte[] mutated = new Mutations(random).mutate(written.getBytes(StandardCharsets.UTF_8));
            String text = new String(
                    random.nextInt(10) == 0 ? written.getBytes(StandardCharsets.UTF_8) : mutated,
                    StandardCharsets.UTF_8);
            try {
                String again = json.write(json.read(text));
                assertThat(json.write(json.read(again))).isEqualTo(again);
            } catch (DicomDataException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        });
    }

    @Test
    void text_is_read_in_any_set_and_what_was_exact_is_written_so_that_it_reads_the_same() {
        Vr[] representations = {Vr.PN, Vr.LO, Vr.LT, Vr.UT, Vr.SH};
        repeat(random -> {
            SpecificCharacterSet set = SpecificCharacterSet.of(
                    List.of(TERMS.get(random.nextInt(TERMS.size())), TERMS.get(random.nextInt(TERMS.size()))));
            Vr vr = representations[random.nextInt(representations.length)];
            byte[] noise = new byte[random.nextInt(30)];
            random.nextBytes(noise);
            byte[] bytes = new Mutations(random).mutate(noise);

            DecodedText text = set.decode(bytes, vr);

            if (set.canEncode(text.text())) {
                assertThat(set.decode(set.encode(text.text(), vr), vr).text())
                        .as(() -> set + " " + vr + " " + hex(bytes))
                        .isEqualTo(text.text());
            }
        });
    }

    private static void repeat(Attack attack) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (long seed = FIRST_SEED; System.nanoTime() < end; seed++) {
            long start = System.nanoTime();
            try {
                attack.run(new Random(seed));
            } catch (IOException | RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError("Run again with -Dfuzz.seed=" + seed, e);
            }
            assertThat(System.nanoTime() - start)
                    .as("nanoseconds of -Dfuzz.seed=%d", seed)
                    .isLessThan(TimeUnit.SECONDS.toNanos(10));
        }
    }

    private static Optional<DataSet> decode(DataSetCodec codec, byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            return Optional.of(codec.decode(bytes, new ReadingNotes()));
        } catch (DicomDataException refused) {
            assertThat(refused).hasMessageNotContaining("null");
            return Optional.empty();
        } finally {
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as(() -> "allocated for " + hex(bytes))
                    .isLessThan(MEMORY_FREE + MEMORY_FACTOR * bytes.length);
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

    private static void encodeOrRefuse(DataSetCodec codec, DataSet dataSet) {
        try {
            codec.encode(SpecificCharacterSet.declareFor(dataSet, SpecificCharacterSet.ASCII));
        } catch (DicomDataException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    private static byte[] padded(String uid) {
        return (uid + "\0".repeat(22 - uid.length())).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        StringBuilder hex = new StringBuilder();
        for (byte[] part : parts) {
            hex.append(hex(part));
        }
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
