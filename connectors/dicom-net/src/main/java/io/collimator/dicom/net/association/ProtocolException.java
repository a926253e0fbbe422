package io.collimator.dicom.net.association;

/** Something in P-DATA that ends the association (PS3.8 §9.3.8). */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int abortReason;

    /**
     * @param abortReason reason of the A-ABORT with source 2
     */
    ProtocolException(int abortReason, String message) {
        super(message);
        this.abortReason = abortReason;
    }

    public int abortReason() {
        return abortReason;
    }
}
