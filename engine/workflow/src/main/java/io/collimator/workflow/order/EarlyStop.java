package io.collimator.workflow.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stops an order that is not known yet, kept until the order comes.
 *
 * @param accession null when it names none
 * @param stepId empty when it means the whole order
 * @param control ORC-1 as it was sent, for people
 */
public record EarlyStop(
        UUID id,
        @Nullable OrderNumber placer,
        @Nullable OrderNumber filler,
        @Nullable AccessionNumber accession,
        String stepId,
        String control,
        LastWord word,
        Instant receivedAt) {}
