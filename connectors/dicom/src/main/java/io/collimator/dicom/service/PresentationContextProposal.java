package io.collimator.dicom.service;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.Uid;
import java.util.List;
import java.util.Set;

/**
 * A presentation context to propose (PS3.8 §7.1.1.13).
 *
 * @param transferSyntaxes in order of preference, at least one
 * @param roles what the requestor wants to be; {@link ServiceRole#SCU} alone sends no role selection item
 */
public record PresentationContextProposal(Uid sopClass, List<TransferSyntax> transferSyntaxes, Set<ServiceRole> roles) {

    public PresentationContextProposal {
        transferSyntaxes = List.copyOf(transferSyntaxes);
        roles = Set.copyOf(roles);
    }

    /** As SCU, in Explicit and Implicit VR Little Endian. */
    public static PresentationContextProposal scu(Uid sopClass) {
        return new PresentationContextProposal(
                sopClass,
                List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN),
                Set.of(ServiceRole.SCU));
    }

    /** As SCP, in Explicit and Implicit VR Little Endian: role selection SCU 0, SCP 1. */
    public static PresentationContextProposal scp(Uid sopClass) {
        return new PresentationContextProposal(
                sopClass,
                List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN),
                Set.of(ServiceRole.SCP));
    }
}
