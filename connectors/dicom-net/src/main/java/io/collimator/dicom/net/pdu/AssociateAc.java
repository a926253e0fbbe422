package io.collimator.dicom.net.pdu;

import io.collimator.dicom.data.AeTitle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A-ASSOCIATE-AC (PS3.8 §9.3.3). The AE titles echo those of the request and are not tested.
 *
 * @param applicationContext "" when the item is absent
 */
public record AssociateAc(
        int protocolVersion,
        @Nullable AeTitle called,
        @Nullable AeTitle calling,
        String applicationContext,
        List<ContextResult> contexts,
        UserInformation userInformation)
        implements Pdu {

    public AssociateAc {
        contexts = List.copyOf(contexts);
    }
}
