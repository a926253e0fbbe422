package io.collimator.workflow.testing;

import io.collimator.workflow.event.Notice;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.NoticeEncoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** What use cases get from the wiring, fixed. */
public final class Fixtures {

    public static final Instant NOW = Instant.parse("2026-11-22T08:15:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final ZoneId ZONE = ZoneId.of("Europe/Oslo");

    private Fixtures() {}

    /** 1, 2, 3 … */
    public static Identifiers identifiers() {
        AtomicLong last = new AtomicLong();
        return () -> new UUID(0, last.incrementAndGet());
    }

    /** The notice in words: what a status or event says of the two states. */
    public static NoticeEncoder encoder() {
        return (id, at, notice) -> {
            if (notice instanceof Notice.Status status) {
                return status.accession().procedureState() + " "
                        + status.procedure().modality();
            } else if (notice instanceof Notice.Event event) {
                return event.accession().procedureState() + " "
                        + event.accession().custodyState();
            }
            return notice.toString();
        };
    }
}
