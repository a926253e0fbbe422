package io.collimator.dicom.service;

/**
 * Bounds of a request for an association; every value is positive.
 *
 * @param maxPduLengthBytes longest A-ASSOCIATE-RQ or -AC
 * @param maxPresentationContexts 1 to 128; those beyond are rejected without reason (PS3.8 §9.3.3.2, result 2)
 * @param maxTransferSyntaxes of one presentation context; with more it is rejected in the same way
 */
public record NegotiationLimits(int maxPduLengthBytes, int maxPresentationContexts, int maxTransferSyntaxes) {

    public static NegotiationLimits defaults() {
        return new NegotiationLimits(131_072, 128, 64);
    }
}
