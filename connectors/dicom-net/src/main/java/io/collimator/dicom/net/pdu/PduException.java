package io.collimator.dicom.net.pdu;

/** Bytes that are no PDU; the association ends with A-ABORT by the service provider. */
public final class PduException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int abortReason;

    /**
     * @param abortReason reason of the A-ABORT with source 2, for instance {@link Abort#UNRECOGNIZED_PDU}
     */
    public PduException(int abortReason, String message) {
        super(message);
        this.abortReason = abortReason;
    }

    public int abortReason() {
        return abortReason;
    }
}
