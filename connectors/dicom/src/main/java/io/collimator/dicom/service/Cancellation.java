package io.collimator.dicom.service;

/** Whether an operation is no longer wanted. */
@FunctionalInterface
public interface Cancellation {

    boolean isCancelled();
}
