package io.collimator.workflow.port;

import java.time.Instant;

/**
 * Proof that a transaction committed: an acknowledgement may go out only with one. {@link Transactions} alone makes
 * receipts, after its commit.
 */
public final class CommitReceipt {

    private final Instant committedAt;

    CommitReceipt(Instant committedAt) {
        this.committedAt = committedAt;
    }

    public Instant committedAt() {
        return committedAt;
    }

    @Override
    public String toString() {
        return "CommitReceipt[" + committedAt + "]";
    }
}
