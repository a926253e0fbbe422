package io.collimator.workflow.custody;

/**
 * One instance of a commitment request.
 *
 * @param ordinal position within the request, from 0
 * @param batch which part of the request it is asked with, from 0
 * @param reason what stands in the report when it fails: the archive's last reason, 0 when it gave none
 */
public record CommitmentItem(int ordinal, int batch, InstanceReference instance, Outcome outcome, int reason) {

    /** What becomes of an item; all but {@link #OPEN} are settled. */
    public enum Outcome {
        /** The archive's answer is awaited, perhaps once more. */
        OPEN,
        /** The archive took the responsibility. */
        COMMITTED,
        /** The archive refused it for good. */
        FAILED,
        /** We stopped waiting. A word that comes later changes custody, no longer the report. */
        EXPIRED
    }

    public boolean isOpen() {
        return outcome == Outcome.OPEN;
    }

    CommitmentItem withReason(int newReason) {
        return new CommitmentItem(ordinal, batch, instance, outcome, newReason);
    }

    CommitmentItem settled(Outcome newOutcome, int newReason) {
        return new CommitmentItem(ordinal, batch, instance, newOutcome, newReason);
    }

    /** What the modality is told when nobody answers in time. */
    public CommitmentItem expired() {
        return settled(Outcome.EXPIRED, reason == 0 ? FailureReason.PROCESSING_FAILURE : reason);
    }
}
