package io.collimator.dicom.operation;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.ServiceRole;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The presentation contexts that an association was accepted with.
 *
 * @param peer the other side's AE title
 */
public record AcceptedContexts(AeTitle peer, List<AcceptedContext> contexts) {

    public AcceptedContexts {
        contexts = List.copyOf(contexts);
    }

    public Optional<AcceptedContext> context(int id) {
        return first(context -> context.id() == id);
    }

    /**
     * The presentation context for requests of ours.
     *
     * @throws AssociationException when none was accepted with the peer in this role
     */
    AcceptedContext contextOf(Uid sopClass, ServiceRole peerRole) {
        return first(context -> context.sopClass().equals(sopClass) && context.peerMayBe(peerRole))
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
        return first(context -> context.sopClass().equals(sopClass)
                        && context.peerMayBe(ServiceRole.SCP)
                        && context.transferSyntaxUid().equals(transferSyntax))
                .orElseThrow(() -> new AssociationException(
                        Kind.CONTEXT_NOT_ACCEPTED,
                        "%s takes no instance of SOP class %s in transfer syntax %s; propose it, or check what it accepts."
                                .formatted(peer, sopClass, transferSyntax),
                        null));
    }

    private Optional<AcceptedContext> first(Predicate<AcceptedContext> wanted) {
        return contexts.stream().filter(wanted).findFirst();
    }

    /** SOP classes in the order of negotiation with the transfer syntaxes accepted for each. */
    public Map<Uid, Set<Uid>> transferSyntaxes() {
        Map<Uid, Set<Uid>> syntaxes = new LinkedHashMap<>();
        contexts.forEach(context -> syntaxes.computeIfAbsent(context.sopClass(), key -> new LinkedHashSet<>())
                .add(context.transferSyntaxUid()));
        return syntaxes;
    }
}
