package io.collimator.mapping;

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

    /** Redacted: an identifier is patient data. */
    @Override
    public String toString() {
        return "PatientIdentifier[" + (namespace.isEmpty() ? universalId : namespace) + " " + type + "]";
    }
}
