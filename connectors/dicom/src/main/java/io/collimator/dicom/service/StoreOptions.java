package io.collimator.dicom.service;

import io.collimator.dicom.dimse.MoveOriginator;
import io.collimator.dicom.dimse.Priority;
import org.jspecify.annotations.Nullable;

/**
 * What a C-STORE-RQ of ours says besides the instance.
 *
 * @param moveOriginator whose C-MOVE caused it; null for none
 */
public record StoreOptions(Priority priority, @Nullable MoveOriginator moveOriginator) {

    public static final StoreOptions DEFAULT = new StoreOptions(Priority.MEDIUM, null);
}
