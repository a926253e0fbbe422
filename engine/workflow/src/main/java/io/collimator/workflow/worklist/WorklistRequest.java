package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import java.util.function.BooleanSupplier;

/**
 * A query as it came.
 *
 * @param identifier the keys, in Unicode
 * @param mayBeCut whether who asks wants the first entries of a list that is too long, instead of a failure
 * @param isCancelled whether nobody waits for the answer any more; asked from any thread
 */
public record WorklistRequest(DataSet identifier, boolean mayBeCut, BooleanSupplier isCancelled) {

    /** A query that nobody cancels and whose list is never cut. */
    public static WorklistRequest of(DataSet identifier) {
        return new WorklistRequest(identifier, false, () -> false);
    }
}
