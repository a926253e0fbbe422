package io.collimator.camel.hl7;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the connections that were closed for want of room, and says so in one line a minute at most. Thread-safe. */
final class MllpCrowding {

    private static final Logger LOG = LoggerFactory.getLogger(MllpCrowding.class);

    private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

    private final LongAdder idle = new LongAdder();
    private final LongAdder frame = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder refusedOfHost = new LongAdder();
    private final AtomicLong nextLine = new AtomicLong(System.nanoTime());

    /** It was idle longest when a new one came. */
    void gaveWay(SenderConnection leaving, SenderConnection newcomer) {
        idle.increment();
        say("that of %s, which was idle longest, gives way to that of %s".formatted(leaving, newcomer));
    }

    /** Its unfinished frame was the largest when the bytes were used up. */
    void gaveUpFrame(SenderConnection leaving, int bytes) {
        frame.increment();
        say("that of %s, with an unfinished frame of %d bytes, gives way to smaller ones".formatted(leaving, bytes));
    }

    /** None was idle. */
    void refused(SenderConnection newcomer, boolean isFullOfHost) {
        (isFullOfHost ? refusedOfHost : refused).increment();
        say("a new one of %s is not taken, because all %s are in use"
                .formatted(newcomer, isFullOfHost ? "that its host may have" : "places"));
    }

    private void say(String what) {
        long now = System.nanoTime();
        long next = nextLine.get();
        if (now - next >= 0 && nextLine.compareAndSet(next, now + BETWEEN_LINES)) {
            LOG.warn(
                    "MLLP connections are closed for want of room: {}. So far: {}; the next such line comes in a minute at the earliest",
                    what,
                    counts());
        }
    }

    /** How many there were since the start, by kind. */
    Map<String, Long> counts() {
        return Map.of(
                "idle-longest", idle.sum(),
                "frame-largest", frame.sum(),
                "refused-full", refused.sum(),
                "refused-host", refusedOfHost.sum());
    }
}
