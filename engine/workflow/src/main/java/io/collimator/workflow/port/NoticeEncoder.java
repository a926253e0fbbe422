package io.collimator.workflow.port;

import io.collimator.workflow.event.Notice;
import io.collimator.workflow.outbox.OutboxMessage.Orderer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Says which queues a notice goes to, and gives it the form that its queue promises. Pure functions. */
public interface NoticeEncoder {

    /**
     * The text of the message.
     *
     * @param id the outbox id
     * @param at time of the commit
     */
    String encode(UUID id, Instant at, Notice notice);

    /** The same for one of {@link #queues}. */
    default String encode(UUID id, Instant at, Notice notice, String queue) {
        return encode(id, at, notice);
    }

    /**
     * The queues that get a notice of their own of what is for a queue: receivers may have theirs.
     *
     * @param orderer who sent the order that it is about
     */
    default List<String> queues(String queue, String eventType, Orderer orderer) {
        return List.of(queue);
    }
}
