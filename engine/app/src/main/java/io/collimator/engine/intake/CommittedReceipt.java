package io.collimator.engine.intake;

import io.collimator.camel.receipt.AcknowledgementReceipt;
import io.collimator.workflow.port.CommitReceipt;
import java.time.Instant;

/**
 * The receipt of a commit on its way to the answer.
 *
 * @param commit of the use case that stored what the peer sent
 */
record CommittedReceipt(CommitReceipt commit) implements AcknowledgementReceipt {

    @Override
    public Instant committedAt() {
        return commit.committedAt();
    }
}
