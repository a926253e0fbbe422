package io.collimator.workflow.outbox;

import java.time.Instant;

/**
 * An embedded broker that notices were sent to.
 *
 * @param nodeId what it calls itself; a broker whose journal is new has a new one
 * @param since later than everything that was sent to an earlier broker
 * @param lostTo the last place in the outbox of what was sent to an earlier broker, 0 when nothing was
 */
public record UsedBroker(String nodeId, Instant since, long lostTo) {

    /** Whether an earlier broker was given notices that this one does not have. */
    public boolean lacksNotices() {
        return lostTo > 0;
    }
}
