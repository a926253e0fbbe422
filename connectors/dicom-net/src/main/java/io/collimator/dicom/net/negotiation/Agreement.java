package io.collimator.dicom.net.negotiation;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.ServiceRole;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What both sides agreed on.
 *
 * @param maxPduLength longest P-DATA-TF content that we send, in bytes
 * @param declaredMaxPduLength longest P-DATA-TF content that we told the peer to send, in bytes
 * @param maxOperationsInvoked requests of ours that may be outstanding, at least 1
 * @param maxOperationsPerformed requests of the peer that may be outstanding, at least 1
 */
public record Agreement(
        AeTitle calling,
        AeTitle called,
        List<AcceptedContext> contexts,
        int maxPduLength,
        int declaredMaxPduLength,
        int maxOperationsInvoked,
        int maxOperationsPerformed,
        AssociationOptions options) {

    /** However much a peer takes, this much goes into one PDU. */
    static final int MAX_SENT_PDU_LENGTH = 262_144;

    public Agreement {
        contexts = List.copyOf(contexts);
    }

    public Optional<AcceptedContext> context(int id) {
        return contexts.stream().filter(context -> context.id() == id).findFirst();
    }

    /** The first accepted context of a SOP class in which the peer may take a role. */
    public Optional<AcceptedContext> context(Uid sopClass, ServiceRole peerRole) {
        return contexts.stream()
                .filter(context -> context.sopClass().equals(sopClass) && context.peerMayBe(peerRole))
                .findFirst();
    }

    /** Like {@link #context(Uid, ServiceRole)}, in this transfer syntax only. */
    public Optional<AcceptedContext> context(Uid sopClass, ServiceRole peerRole, Uid transferSyntax) {
        return contexts.stream()
                .filter(context -> context.sopClass().equals(sopClass)
                        && context.peerMayBe(peerRole)
                        && context.transferSyntaxUid().equals(transferSyntax))
                .findFirst();
    }

    /** SOP classes in the order of negotiation with the transfer syntaxes accepted for each. */
    public Map<Uid, Set<Uid>> transferSyntaxes() {
        Map<Uid, Set<Uid>> syntaxes = new LinkedHashMap<>();
        contexts.forEach(context -> syntaxes.computeIfAbsent(context.sopClass(), key -> new LinkedHashSet<>())
                .add(context.transferSyntaxUid()));
        return syntaxes;
    }

    /** What we send at most, given what the peer declared; 0 is no limit (PS3.8 Annex D.1). */
    static int sentPduLength(long declared) {
        return declared == 0 ? MAX_SENT_PDU_LENGTH : (int) Math.min(declared, MAX_SENT_PDU_LENGTH);
    }
}
