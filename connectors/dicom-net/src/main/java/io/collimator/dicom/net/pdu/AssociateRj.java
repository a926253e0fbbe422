package io.collimator.dicom.net.pdu;

/**
 * A-ASSOCIATE-RJ (PS3.8 §9.3.4, Table 9-21).
 *
 * @param result 1 permanent, 2 transient
 * @param source 1 service user, 2 service provider (ACSE), 3 service provider (presentation)
 * @param reason depends on the source
 */
public record AssociateRj(int result, int source, int reason) implements Pdu {

    /** 1/1/1: the user identity was refused. */
    public static final AssociateRj NO_REASON = new AssociateRj(1, 1, 1);
    /** 1/1/2. */
    public static final AssociateRj APPLICATION_CONTEXT_NOT_SUPPORTED = new AssociateRj(1, 1, 2);
    /** 1/1/3. */
    public static final AssociateRj CALLING_AE_TITLE_NOT_RECOGNIZED = new AssociateRj(1, 1, 3);
    /** 1/1/7. */
    public static final AssociateRj CALLED_AE_TITLE_NOT_RECOGNIZED = new AssociateRj(1, 1, 7);
    /** 1/2/2. */
    public static final AssociateRj PROTOCOL_VERSION_NOT_SUPPORTED = new AssociateRj(1, 2, 2);
    /** 2/3/2. */
    public static final AssociateRj LOCAL_LIMIT_EXCEEDED = new AssociateRj(2, 3, 2);

    @Override
    public String toString() {
        return result + "/" + source + "/" + reason;
    }
}
