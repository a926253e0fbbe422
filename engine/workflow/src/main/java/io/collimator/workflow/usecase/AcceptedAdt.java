package io.collimator.workflow.usecase;

import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.port.CommitReceipt;

/**
 * An ADT message that may be answered AA.
 *
 * @param repetition {@link Repetition#SAME_MESSAGE}: nothing was changed
 */
public record AcceptedAdt(CommitReceipt receipt, Repetition repetition, Effect effect) {

    /** What came of a message that is not refused. */
    public enum Effect {
        /** Something is different now. */
        CHANGED,
        /** Everything was as the message says already. */
        NOTHING_NEW,
        /** It is older than what the same sender said before, so nothing was changed. */
        OUTDATED
    }
}
