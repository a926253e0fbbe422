package io.collimator.camel.hl7;

/**
 * Headers of a message that came over MLLP, from its MSH as far as it could be read; each a {@link String}, "" when the
 * field is empty. The body is the content of the frame, as {@code byte[]}.
 */
public final class Hl7Constants {

    /** MSH-10. */
    public static final String MESSAGE_CONTROL_ID = "CollimatorMessageControlId";

    /** MSH-9.1 and MSH-9.2, for instance {@code ORM^O01}. */
    public static final String MESSAGE_TYPE = "CollimatorMessageType";

    /** MSH-3. */
    public static final String SENDING_APPLICATION = "CollimatorSendingApplication";

    /** MSH-4. */
    public static final String SENDING_FACILITY = "CollimatorSendingFacility";

    /** MSH-11.1. */
    public static final String PROCESSING_ID = "CollimatorProcessingId";

    /** MSH-12.1. */
    public static final String VERSION = "CollimatorVersion";

    /** Address and port of the sender, for logs. */
    public static final String REMOTE_ADDRESS = "CollimatorRemoteAddress";

    /** Port of ours that the message came to, an {@link Integer}. */
    public static final String LOCAL_PORT = "CollimatorLocalPort";

    /** Whether the frame ended with FS and without CR, a {@link Boolean}. */
    public static final String LACKS_CARRIAGE_RETURN = "CollimatorLacksCarriageReturn";

    /** Exchange property: {@link System#nanoTime()} when the message was taken from its connection, a {@link Long}. */
    public static final String ARRIVED = "CollimatorArrived";

    /** Exchange property: the message that is to be answered; only the ACK policy reads it. */
    static final String REQUEST = "CollimatorMllpRequest";

    private Hl7Constants() {}
}
