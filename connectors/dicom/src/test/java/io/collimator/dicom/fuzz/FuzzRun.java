package io.collimator.dicom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;

/**
 * One input after the other, each made from a seed of its own, until the time is over. {@code -Dfuzz.seconds=120} gives each
 * fuzzer so long; a failure names its seed, and {@code -Dfuzz.seed=} with it starts there again. The usual seconds start at
 * the same seed each time, longer runs at a new one.
 */
public final class FuzzRun {

    private static final int USUAL_SECONDS = 2;
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", USUAL_SECONDS);
    private static final long FIRST_SEED = Long.getLong(
            "fuzz.seed", SECONDS == USUAL_SECONDS ? 20_260_301L : new Random().nextLong(Long.MAX_VALUE / 2));

    /** Bytes that reading may allocate for each byte that came, and at all: 16-byte elements become objects. */
    private static final long MEMORY_FACTOR = 200;

    private static final long MEMORY_FREE = 2 * 1024 * 1024;

    /** Of the processor, which a busy machine does not change; inputs are of a few kilobytes. */
    private static final Duration MAX_TIME = Duration.ofSeconds(2);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a fuzzer does with the random numbers of one seed. */
    public interface Attack {
        void run(Random random) throws Exception;
    }

    /** What is done with one input; it refuses by a {@code DicomDataException}, which it catches. */
    public interface Reading {
        void run() throws Exception;
    }

    private FuzzRun() {}

    public static void repeat(String name, Attack attack) {
        long start = System.nanoTime();
        long end = start + Duration.ofSeconds(SECONDS).toNanos();
        long seed = FIRST_SEED;
        do {
            try {
                attack.run(new Random(seed));
            } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("Run again with -Dfuzz.seed=" + seed, e);
            }
            seed++;
        } while (System.nanoTime() < end);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "fuzz: %s, %d inputs from -Dfuzz.seed=%d on, %.0f a second%n",
                name, seed - FIRST_SEED, FIRST_SEED, (seed - FIRST_SEED) / seconds);
    }

    /**
     * Reads one input and asserts that neither memory nor time are out of proportion to it. What seems to be is read again,
     * because the first to need the dictionary or a character set pays for its tables.
     */
    public static void bounded(byte[] input, Reading reading) throws Exception {
        long allowed = MEMORY_FREE + MEMORY_FACTOR * input.length;
        Cost cost = Cost.of(reading);
        if (cost.bytes() > allowed || cost.time().compareTo(MAX_TIME) > 0) {
            cost = Cost.of(reading);
        }
        assertThat(cost.bytes()).as(() -> "bytes allocated for " + hex(input)).isLessThan(allowed);
        assertThat(cost.time()).as(() -> "time for " + hex(input)).isLessThan(MAX_TIME);
    }

    private record Cost(long bytes, Duration time) {

        static Cost of(Reading reading) throws Exception {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long time = THREADS.getCurrentThreadCpuTime();
            reading.run();
            return new Cost(
                    THREADS.getCurrentThreadAllocatedBytes() - bytes,
                    Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - time));
        }
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
