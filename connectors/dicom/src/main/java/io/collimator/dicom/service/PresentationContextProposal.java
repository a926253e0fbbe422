package io.collimator.dicom.service;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import java.util.List;
import java.util.Set;

/**
 * A presentation context to propose (PS3.8 §7.1.1.13).
 *
 * @param transferSyntaxes in order of preference, at least one; for storage also such that we cannot decode
 * @param roles what the requestor wants to be; {@link ServiceRole#SCU} alone sends no role selection item
 */
public record PresentationContextProposal(Uid sopClass, List<Uid> transferSyntaxes, Set<ServiceRole> roles) {

    private static final List<Uid> LITTLE_ENDIAN = List.of(Uids.ExplicitVRLittleEndian, Uids.ImplicitVRLittleEndian);

    public PresentationContextProposal {
        transferSyntaxes = List.copyOf(transferSyntaxes);
        roles = Set.copyOf(roles);
    }

    /** As SCU, in Explicit and Implicit VR Little Endian. */
    public static PresentationContextProposal scu(Uid sopClass) {
        return new PresentationContextProposal(sopClass, LITTLE_ENDIAN, Set.of(ServiceRole.SCU));
    }

    /** As SCP, in Explicit and Implicit VR Little Endian: role selection SCU 0, SCP 1. */
    public static PresentationContextProposal scp(Uid sopClass) {
        return new PresentationContextProposal(sopClass, LITTLE_ENDIAN, Set.of(ServiceRole.SCP));
    }

    /** As SCU that sends instances in one transfer syntax. */
    public static PresentationContextProposal store(Uid sopClass, Uid transferSyntax) {
        return new PresentationContextProposal(sopClass, List.of(transferSyntax), Set.of(ServiceRole.SCU));
    }

    /** As SCP that gets instances by C-GET: role selection SCU 0, SCP 1 (PS3.4 §C.4.3). */
    public static PresentationContextProposal retrieve(Uid sopClass, Uid... transferSyntaxes) {
        return new PresentationContextProposal(sopClass, List.of(transferSyntaxes), Set.of(ServiceRole.SCP));
    }
}
