package io.collimator.mapping;

import io.collimator.dicom.identity.AssigningAuthority;
import java.util.Optional;

/**
 * A patient identifier with its authority (HL7 v2.5.1 §2.A.14, CX); "" where the message says nothing.
 *
 * @param id CX.1
 * @param namespace CX.4.1
 * @param universalId CX.4.2
 * @param universalIdType CX.4.3
 * @param type CX.5, for instance MR
 */
public record PatientIdentifier(String id, String namespace, String universalId, String universalIdType, String type) {

    /** Who gave it, empty when the message says nothing that can be. */
    Optional<AssigningAuthority> authority() {
        return AssigningAuthority.of(namespace, universalId, universalIdType);
    }

    PatientIdentifier of(AssigningAuthority authority) {
        return new PatientIdentifier(
                id, authority.namespace(), authority.universalId(), authority.universalIdType(), type);
    }

    /** Redacted: an identifier is patient data. */
    @Override
    public String toString() {
        return "PatientIdentifier[" + (namespace.isEmpty() ? universalId : namespace) + " " + type + "]";
    }
}
