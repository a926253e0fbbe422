package io.collimator.workflow.outbox;

import io.collimator.workflow.order.AccessionNumber;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that a route has taken from a queue to send it on.
 *
 * @param outboxId null when it is no notice of ours
 * @param accession null when it is about none, or about several
 * @param attempt 0 as it came to the queue; else which attempt the engine has put it there for again
 */
public record TakenMessage(
        QueueLine line,
        @Nullable UUID outboxId,
        @Nullable AccessionNumber accession,
        int attempt,
        HeldMessage content) {}
