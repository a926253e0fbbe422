package io.collimator.dicom.service;

/**
 * Bounds of one calling AE title; every value is positive.
 *
 * @param maxAssociations negotiated associations; one more is rejected 2/3/2
 * @param maxPduLengthBytes longest P-DATA-TF that we accept, declared to the peer
 * @param maxOperationsInvoked requests of ours that may be outstanding on an association, when the peer agrees
 * @param maxOperationsPerformed requests of the peer that may be outstanding on an association
 */
public record PeerLimits(
        int maxAssociations, int maxPduLengthBytes, int maxOperationsInvoked, int maxOperationsPerformed) {}
