package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
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
 * @param peer the other side's AE title
 * @param maxOperationsInvoked requests of ours that may be outstanding, at least 1
 * @param maxOperationsPerformed requests of the peer that may be outstanding, at least 1
 */
record Agreement(
        AeTitle calling,
        AeTitle called,
        AeTitle peer,
        List<AcceptedContext> contexts,
        int maxOperationsInvoked,
        int maxOperationsPerformed,
        AssociationOptions options) {

    Agreement {
        contexts = List.copyOf(contexts);
    }

    Optional<AcceptedContext> context(int id) {
        return contexts.stream().filter(context -> context.id() == id).findFirst();
    }

    /**
     * The presentation context for requests of ours.
     *
     * @throws AssociationException when none was accepted with the peer in this role
     */
    AcceptedContext contextOf(Uid sopClass, ServiceRole peerRole) {
        return contexts.stream()
                .filter(context -> context.sopClass().equals(sopClass) && context.peerMayBe(peerRole))
                .findFirst()
                .orElseThrow(() -> new AssociationException(
                        Kind.CONTEXT_NOT_ACCEPTED,
                        "No presentation context of SOP class %s with %s as %s was accepted; check its configuration."
                                .formatted(sopClass, peer, peerRole),
                        null));
    }

    /**
     * The presentation context for an instance in a transfer syntax.
     *
     * @throws AssociationException when the peer does not take it in this one
     */
    AcceptedContext contextOf(Uid sopClass, Uid transferSyntax) {
        return contexts.stream()
                .filter(context -> context.sopClass().equals(sopClass)
                        && context.peerMayBe(ServiceRole.SCP)
                        && context.transferSyntaxUid().equals(transferSyntax))
                .findFirst()
                .orElseThrow(() -> new AssociationException(
                        Kind.CONTEXT_NOT_ACCEPTED,
                        "%s takes no instance of SOP class %s in transfer syntax %s; propose it, or check what it accepts."
                                .formatted(peer, sopClass, transferSyntax),
                        null));
    }

    /** SOP classes in the order of negotiation with the transfer syntaxes accepted for each. */
    Map<Uid, Set<Uid>> transferSyntaxes() {
        Map<Uid, Set<Uid>> syntaxes = new LinkedHashMap<>();
        contexts.forEach(context -> syntaxes.computeIfAbsent(context.sopClass(), key -> new LinkedHashSet<>())
                .add(context.transferSyntaxUid()));
        return syntaxes;
    }

    /** The smaller window; 0 is no bound (PS3.7 §D.3.3.3). */
    static int smaller(int proposed, int allowed) {
        return proposed == 0 ? allowed : Math.min(proposed, allowed);
    }
}
