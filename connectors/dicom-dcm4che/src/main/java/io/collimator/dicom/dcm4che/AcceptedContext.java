package io.collimator.dicom.dcm4che;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.ServiceRole;
import java.util.Set;

/**
 * A presentation context that both sides agreed on.
 *
 * @param peerRoles what the other side may be
 */
record AcceptedContext(int id, Uid sopClass, Uid transferSyntaxUid, Set<ServiceRole> peerRoles) {

    AcceptedContext {
        peerRoles = Set.copyOf(peerRoles);
    }

    /**
     * What data sets of this context are decoded by.
     *
     * @throws IllegalStateException when we cannot decode them; only storage is negotiated that way
     */
    TransferSyntax transferSyntax() {
        return TransferSyntax.of(transferSyntaxUid)
                .orElseThrow(() -> new IllegalStateException(
                        "Presentation context %d is in transfer syntax %s, which we pass on and do not decode."
                                .formatted(id, transferSyntaxUid)));
    }

    boolean peerMayBe(ServiceRole role) {
        return peerRoles.contains(role);
    }
}
