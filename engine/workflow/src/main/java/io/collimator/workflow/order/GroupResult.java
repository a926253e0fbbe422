package io.collimator.workflow.order;

import io.collimator.dicom.data.Uid;
import org.jspecify.annotations.Nullable;

/**
 * What became of one group of an order message, with the keys that the order has now: what a reply (ORR, ORG, ORI) says.
 *
 * @param number the group's position in the message, from 1
 * @param accession null when the group left no trace at any, as a note does
 * @param stepId empty when the group is not about one step
 */
public record GroupResult(
        int number,
        Verdict verdict,
        @Nullable AccessionNumber accession,
        @Nullable OrderNumber placer,
        @Nullable OrderNumber filler,
        @Nullable Uid studyInstanceUid,
        @Nullable String requestedProcedureId,
        String stepId) {

    /** What a group did. */
    public enum Verdict {
        APPLIED,
        /** It says what is known already, or nothing that changes an order. */
        UNCHANGED,
        /** It is older than what the same sender said last: ignored. */
        STALE,
        /** Its order was cancelled before it came: kept as cancelled, not shown. */
        CANCELLED_BEFORE,
        /** It stops an order that is not known: remembered for the order. */
        REMEMBERED
    }
}
