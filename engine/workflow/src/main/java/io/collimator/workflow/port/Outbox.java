package io.collimator.workflow.port;

import io.collimator.workflow.outbox.OutboxMessage;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Notices that wait for the relay. */
public interface Outbox {

    /** Adds a notice; it commits with the state that it announces. The accession's row must be locked. */
    void add(OutboxMessage message);

    /** The oldest notices that are not sent, in the order in which they were added. */
    List<OutboxMessage> pending(int max);

    void markSent(Collection<UUID> ids, Instant at);

    long countPending();
}
