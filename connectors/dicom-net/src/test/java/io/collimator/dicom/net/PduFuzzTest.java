package io.collimator.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.collimator.dicom.net.pdu.GoldenPdu;
import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.PduDecoder;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.PduException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Changed PDUs are read, and then written so that they read the same, or refused; see {@link FuzzSeeds}. */
class PduFuzzTest {

    private static final List<byte[]> VALID = Stream.of(
                    "a-abort",
                    "a-associate-ac",
                    "a-associate-ac-every-sub-item",
                    "a-associate-rj",
                    "a-associate-rq",
                    "a-associate-rq-every-sub-item",
                    "a-associate-rq-tolerated",
                    "a-release-rp",
                    "a-release-rq",
                    "p-data-tf")
            .map(GoldenPdu::read)
            .toList();

    /** Bytes that reading and writing may allocate for each byte that came, and at all. */
    private static final long MEMORY_FACTOR = 200;

    private static final long MEMORY_FREE = 1024 * 1024;
    private static final Duration MAX_TIME = Duration.ofSeconds(2);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void pdus_are_read_or_refused() {
        FuzzSeeds seeds = new FuzzSeeds();
        while (seeds.hasNext()) {
            long seed = seeds.next();
            List<byte[]> mutant = new PduMutator(seed).mutate(List.of(VALID.get(Math.floorMod(seed, VALID.size()))));
            try {
                mutant.forEach(PduFuzzTest::bounded);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "-Dfuzz.seed=%d reads %s"
                                .formatted(
                                        seed,
                                        mutant.stream()
                                                .map(HexFormat.of()::formatHex)
                                                .toList()),
                        e);
            }
        }
        System.out.println("fuzz: PDUs read, " + seeds);
    }

    /** What seems to take too much is read again: the first to need a class or a table pays for it. */
    private static void bounded(byte[] bytes) {
        long allowed = MEMORY_FREE + MEMORY_FACTOR * bytes.length;
        if (Cost.of(bytes).exceeds(allowed)) {
            assertThat(Cost.of(bytes)).matches(cost -> !cost.exceeds(allowed), "takes at most " + allowed + " bytes");
        }
    }

    private record Cost(long allocated, Duration time) {

        static Cost of(byte[] bytes) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long time = THREADS.getCurrentThreadCpuTime();
            readOrRefuse(bytes);
            return new Cost(
                    THREADS.getCurrentThreadAllocatedBytes() - allocated,
                    Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - time));
        }

        boolean exceeds(long allowed) {
            return allocated > allowed || time.compareTo(MAX_TIME) > 0;
        }
    }

    private static void readOrRefuse(byte[] bytes) {
        Pdu pdu;
        try {
            pdu = PduDecoder.decode(bytes);
        } catch (PduException refused) {
            assertThat(refused).hasMessageNotContaining("null");
            return;
        }
        byte[] written = PduEncoder.encode(pdu);
        assertThat(PduEncoder.encode(PduDecoder.decode(written))).isEqualTo(written);
    }
}
