package io.collimator.engine.config;

import io.collimator.dicom.service.PeerLimits;
import java.util.Set;

/**
 * Bounds of one peer, where they differ from those of all; 0: as for all.
 *
 * @param maxAssociations negotiated associations; one more is rejected 2/3/2
 * @param maxPduLengthBytes longest P-DATA-TF that we accept from it
 * @param maxOperationsInvoked requests of ours that may be outstanding on an association
 * @param maxOperationsPerformed requests of the peer that may be outstanding on an association
 */
record OwnLimits(int maxAssociations, int maxPduLengthBytes, int maxOperationsInvoked, int maxOperationsPerformed) {

    static final OwnLimits NONE = new OwnLimits(0, 0, 0, 0);

    private static final String ASSOCIATIONS = "maxAssociations";
    private static final String PDU_LENGTH = "maxPduLengthBytes";
    private static final String INVOKED = "maxOperationsInvoked";
    private static final String PERFORMED = "maxOperationsPerformed";
    private static final Set<String> KEYS = Set.of(ASSOCIATIONS, PDU_LENGTH, INVOKED, PERFORMED);

    /** In the ranges of {@code collimator.dicom.*}. */
    static OwnLimits read(YamlMap limits) {
        limits.allow(KEYS);
        return new OwnLimits(
                limits.integer(ASSOCIATIONS, 1, 10_000),
                limits.integer(PDU_LENGTH, 4_096, 1_048_576),
                limits.integer(INVOKED, 1, 1_024),
                limits.integer(PERFORMED, 1, 1_024));
    }

    PeerLimits over(PeerLimits usual) {
        return new PeerLimits(
                either(maxAssociations, usual.maxAssociations()),
                either(maxPduLengthBytes, usual.maxPduLengthBytes()),
                either(maxOperationsInvoked, usual.maxOperationsInvoked()),
                either(maxOperationsPerformed, usual.maxOperationsPerformed()));
    }

    private static int either(int own, int usual) {
        return own == 0 ? usual : own;
    }
}
