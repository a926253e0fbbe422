package io.collimator.workflow.port;

import java.time.Instant;

/**
 * Proof that a transaction committed: an acknowledgement may go out only with one. Only an implementation of
 * {@link Transactions} makes receipts, after its commit.
 */
public interface CommitReceipt {

    Instant committedAt();
}
