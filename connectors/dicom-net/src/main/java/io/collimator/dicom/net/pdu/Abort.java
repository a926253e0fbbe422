package io.collimator.dicom.net.pdu;

/**
 * A-ABORT (PS3.8 §9.3.8, Table 9-26).
 *
 * @param source 0 service user, 2 service provider
 * @param reason meaningful with source 2 only
 */
public record Abort(int source, int reason) implements Pdu {

    public static final int SERVICE_PROVIDER = 2;

    public static final int UNRECOGNIZED_PDU = 1;
    public static final int UNEXPECTED_PDU = 2;
    public static final int UNEXPECTED_PDU_PARAMETER = 5;
    public static final int INVALID_PDU_PARAMETER_VALUE = 6;

    /** Source 0: the application asks for the end. */
    public static Abort byUser() {
        return new Abort(0, 0);
    }

    /** Source 2 with one of the reasons above. */
    public static Abort byProvider(int reason) {
        return new Abort(SERVICE_PROVIDER, reason);
    }
}
