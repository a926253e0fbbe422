package io.collimator.dicom.operation;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.ServiceRole;
import java.util.EnumSet;
import java.util.Set;

/**
 * An accepted presentation context as we see it.
 *
 * @param transferSyntaxUid for storage it may be one that we cannot decode: those data sets are passed on as bytes
 * @param peerRoles what the peer may be: SCU sends us requests, SCP answers ours and reports events
 */
public record AcceptedContext(int id, Uid sopClass, Uid transferSyntaxUid, Set<ServiceRole> peerRoles) {

    public AcceptedContext {
        peerRoles = Set.copyOf(peerRoles);
    }

    /**
     * What data sets of this context are decoded by.
     *
     * @throws IllegalStateException when we cannot decode them; only storage is negotiated that way
     */
    public TransferSyntax transferSyntax() {
        return TransferSyntax.of(transferSyntaxUid)
                .orElseThrow(() -> new IllegalStateException(
                        "Presentation context %d is in transfer syntax %s, which we pass on and do not decode."
                                .formatted(id, transferSyntaxUid)));
    }

    /** Whether the peer may take this role. */
    public boolean peerMayBe(ServiceRole role) {
        return peerRoles.contains(role);
    }

    /** What the peer is when we are this. */
    public static Set<ServiceRole> opposite(Set<ServiceRole> roles) {
        Set<ServiceRole> opposite = EnumSet.noneOf(ServiceRole.class);
        roles.forEach(role -> opposite.add(role == ServiceRole.SCU ? ServiceRole.SCP : ServiceRole.SCU));
        return opposite;
    }
}
