package io.collimator.workflow.custody;

/** Values of FailureReason (0008,1197) that we give or act on (PS3.3 §C.14.1.1); any other passes through unchanged. */
public final class FailureReason {

    /** The archive did not answer in time, or gave no reason. */
    public static final int PROCESSING_FAILURE = 0x0110;

    /** The archive does not have the instance, perhaps not yet. */
    public static final int NO_SUCH_INSTANCE = 0x0112;

    private FailureReason() {}
}
