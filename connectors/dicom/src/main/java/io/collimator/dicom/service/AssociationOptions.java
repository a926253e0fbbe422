package io.collimator.dicom.service;

import io.collimator.dicom.data.Uid;
import java.util.List;
import java.util.Optional;

/**
 * Extended negotiation of an association: what its requestor proposes, or what both sides agreed on.
 *
 * @param extended at most one for a SOP class
 * @param common what the requestor told of SOP classes
 */
public record AssociationOptions(List<ExtendedNegotiation> extended, List<CommonExtendedNegotiation> common) {

    private static final AssociationOptions NONE = new AssociationOptions(List.of(), List.of());

    public AssociationOptions {
        extended = List.copyOf(extended);
        common = List.copyOf(common);
    }

    /** The defaults of every service class. */
    public static AssociationOptions none() {
        return NONE;
    }

    /** Empty: the defaults of the service class hold. */
    public Optional<ApplicationInformation> extended(Uid sopClass) {
        return extended.stream()
                .filter(negotiation -> negotiation.sopClass().equals(sopClass))
                .map(ExtendedNegotiation::information)
                .findFirst();
    }
}
