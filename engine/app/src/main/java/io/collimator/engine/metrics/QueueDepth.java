package io.collimator.engine.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits on a queue.
 *
 * @param oldest when the first message was sent; null when there is none
 */
public record QueueDepth(
        String queue, long messages, @Nullable Instant oldest) {

    /** The same, with more that waits elsewhere. */
    public QueueDepth and(long more) {
        return new QueueDepth(queue, messages + more, oldest);
    }
}
