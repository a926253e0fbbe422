package io.collimator.dicom.net.pdu;

import io.collimator.dicom.data.AeTitle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A-ASSOCIATE-RQ (PS3.8 §9.3.2).
 *
 * @param protocolVersion bit field; bit 0 is version 1
 * @param called null when the field holds no AE title
 * @param calling null when the field holds no AE title
 * @param applicationContext "" when the item is absent
 */
public record AssociateRq(
        int protocolVersion,
        @Nullable AeTitle called,
        @Nullable AeTitle calling,
        String applicationContext,
        List<ProposedContext> contexts,
        UserInformation userInformation)
        implements Pdu {

    /** Bit 0 of the protocol version. */
    public static final int VERSION_1 = 0x0001;

    /** The DICOM application context name (PS3.7 §A.2.1). */
    public static final String DICOM_APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

    public AssociateRq {
        contexts = List.copyOf(contexts);
    }
}
