package io.collimator.workflow.outbox;

import io.collimator.workflow.accession.AccessionReference;
import org.jspecify.annotations.Nullable;

/**
 * Which notices of the outbox are meant, among those that were sent.
 *
 * @param queue null for every queue
 * @param accession null for every accession
 * @param lostBy a broker that must have been put in the place of the one they were sent to; null when that is of no matter
 */
public record SentRange(
        @Nullable String queue,
        @Nullable AccessionReference accession,
        @Nullable UsedBroker lostBy) {}
