package io.collimator.workflow.port;

import java.time.Instant;

/** The repositories of one transaction; valid only inside it, used by one thread. */
public interface Session {

    /**
     * Says that an order is probably new, so that a store may ask for everything that it could collide with at once. Changes
     * no answer of this session. Ask after the locks that it is to be judged under.
     */
    default void expectNew(NewOrderKeys order) {
        // a store that answers from memory gains nothing
    }

    /** Writes a row that nobody reads, to see whether the store takes a write. */
    default void signOfLife(Instant at) {
        // a store in memory takes every write
    }

    Patients patients();

    Accessions accessions();

    ScheduledSteps scheduledSteps();

    PerformedSteps performedSteps();

    Commitments commitments();

    Results results();

    ReceivedMessages receivedMessages();

    Exceptions exceptions();

    EarlyStops earlyStops();

    Timeline timeline();

    Outbox outbox();

    Deliveries deliveries();

    HeldMessages heldMessages();

    MappingVersions mappingVersions();

    Retention retention();
}
