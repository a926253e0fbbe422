package io.collimator.dicom.net.negotiation;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.service.NegotiationLimits;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges the presentation contexts and role selections of one A-ASSOCIATE-RQ (PS3.8 §7.1.1.13, PS3.7 §D.3.3.4). Not
 * thread-safe.
 */
final class ContextJudge {

    /** In our order of preference. */
    private static final List<TransferSyntax> PREFERENCE = Stream.concat(
                    Stream.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN),
                    Stream.of(TransferSyntax.values()))
            .distinct()
            .toList();

    private final Set<Uid> sopClasses;
    private final Set<Uid> storageClasses;
    private final PeerPolicy peers;
    private final NegotiationLimits limits;
    private final AeTitle calling;
    private final Map<Uid, RoleSelection> roles = new LinkedHashMap<>();
    private final List<ContextResult> results = new ArrayList<>();
    private final List<AcceptedContext> accepted = new ArrayList<>();

    /**
     * @param handlers name the SOP classes; Verification is added
     */
    ContextJudge(ServiceHandlers handlers, PeerPolicy peers, NegotiationLimits limits, AeTitle calling) {
        this.sopClasses = new HashSet<>(handlers.sopClasses());
        this.sopClasses.add(Uids.Verification);
        this.storageClasses = handlers.storageClasses();
        this.peers = peers;
        this.limits = limits;
        this.calling = calling;
    }

    void judge(List<ProposedContext> contexts, List<RoleSelection> asked) {
        asked.stream().filter(role -> isProposed(role, contexts)).forEach(this::answer);
        contexts.forEach(proposed -> results.add(judge(proposed)));
    }

    private boolean isProposed(RoleSelection role, List<ProposedContext> contexts) {
        return sopClasses.contains(role.sopClass())
                && contexts.stream().anyMatch(context -> role.sopClass().equals(context.abstractSyntax()));
    }

    /** The answer to each role selection that was asked for. */
    List<RoleSelection> roles() {
        return List.copyOf(roles.values());
    }

    /** One for each context that was proposed, in that order. */
    List<ContextResult> results() {
        return List.copyOf(results);
    }

    List<AcceptedContext> accepted() {
        return List.copyOf(accepted);
    }

    private void answer(RoleSelection asked) {
        Set<ServiceRole> allowed = allowed(asked.sopClass());
        roles.putIfAbsent(
                asked.sopClass(),
                new RoleSelection(
                        asked.sopClass(),
                        asked.scu() && allowed.contains(ServiceRole.SCU),
                        asked.scp() && allowed.contains(ServiceRole.SCP)));
    }

    private ContextResult judge(ProposedContext proposed) {
        if (results.size() >= limits.maxPresentationContexts()
                || proposed.transferSyntaxes().size() > limits.maxTransferSyntaxes()) {
            return refuse(proposed, ContextResult.PROVIDER_REJECTION);
        }
        Uid sopClass = proposed.abstractSyntax();
        if (sopClass == null || !sopClasses.contains(sopClass)) {
            return refuse(proposed, ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED);
        }
        // without an item the standard knows the requestor as SCU only; many archives report commitments all the same
        RoleSelection answer = roles.get(sopClass);
        Set<ServiceRole> peerRoles = answer == null ? allowed(sopClass) : rolesIn(answer);
        if (peerRoles.isEmpty()) {
            return refuse(proposed, ContextResult.USER_REJECTION);
        }
        Optional<Uid> syntax = choose(sopClass, proposed.transferSyntaxes());
        if (syntax.isEmpty()) {
            return refuse(proposed, ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED);
        }
        accepted.add(new AcceptedContext(proposed.id(), sopClass, syntax.get(), peerRoles));
        return new ContextResult(proposed.id(), ContextResult.ACCEPTANCE, syntax.get());
    }

    /** Instances are passed on as bytes, so of their syntaxes the peer's first is taken; all else we must decode. */
    private Optional<Uid> choose(Uid sopClass, List<Uid> proposed) {
        return storageClasses.contains(sopClass)
                ? proposed.stream().findFirst()
                : PREFERENCE.stream()
                        .map(TransferSyntax::uid)
                        .filter(proposed::contains)
                        .findFirst();
    }

    /** The transfer syntax of a refusal means nothing, but PS3.8 §9.3.3.2 wants one there. */
    private static ContextResult refuse(ProposedContext proposed, int result) {
        return new ContextResult(proposed.id(), result, Uids.ImplicitVRLittleEndian);
    }

    private Set<ServiceRole> allowed(Uid sopClass) {
        return sopClass.equals(Uids.Verification) ? Set.of(ServiceRole.SCU) : peers.rolesOf(calling, sopClass);
    }

    private static Set<ServiceRole> rolesIn(RoleSelection selection) {
        Set<ServiceRole> roles = EnumSet.noneOf(ServiceRole.class);
        if (selection.scu()) {
            roles.add(ServiceRole.SCU);
        }
        if (selection.scp()) {
            roles.add(ServiceRole.SCP);
        }
        return roles;
    }
}
