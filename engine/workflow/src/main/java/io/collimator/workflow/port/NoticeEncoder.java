package io.collimator.workflow.port;

import io.collimator.workflow.event.Notice;
import java.time.Instant;
import java.util.UUID;

/** Gives a notice the form that its queue promises. A pure function. */
public interface NoticeEncoder {

    /**
     * The text of the message.
     *
     * @param id the outbox id
     * @param at time of the commit
     */
    String encode(UUID id, Instant at, Notice notice);
}
