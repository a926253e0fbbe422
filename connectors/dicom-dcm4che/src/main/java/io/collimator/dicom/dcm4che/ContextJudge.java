package io.collimator.dicom.dcm4che;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.service.NegotiationLimits;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;

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

    private static final String NO_SYNTAX = Uids.ImplicitVRLittleEndian.value();

    private final Set<Uid> sopClasses;
    private final Set<Uid> storageClasses;
    private final PeerPolicy peers;
    private final NegotiationLimits limits;
    private final AeTitle calling;
    private final AAssociateAC answer;
    private final List<AcceptedContext> accepted = new ArrayList<>();

    /**
     * @param handlers name the SOP classes; Verification is added
     * @param answer where contexts and roles are answered
     */
    ContextJudge(
            ServiceHandlers handlers,
            PeerPolicy peers,
            NegotiationLimits limits,
            AeTitle calling,
            AAssociateAC answer) {
        this.sopClasses = new HashSet<>(handlers.sopClasses());
        this.sopClasses.add(Uids.Verification);
        this.storageClasses = handlers.storageClasses();
        this.peers = peers;
        this.limits = limits;
        this.calling = calling;
        this.answer = answer;
    }

    List<AcceptedContext> judge(AAssociateRQ request) {
        request.getRoleSelections()
                .forEach(asked -> uid(asked.getSOPClassUID())
                        .filter(sopClass -> isProposed(sopClass, request))
                        .ifPresent(sopClass -> answer(sopClass, asked)));
        request.getPresentationContexts().forEach(proposed -> answer.addPresentationContext(judge(proposed)));
        return accepted;
    }

    private boolean isProposed(Uid sopClass, AAssociateRQ request) {
        return sopClasses.contains(sopClass)
                && request.getPresentationContexts().stream()
                        .anyMatch(context -> sopClass.value().equals(context.getAbstractSyntax()));
    }

    private void answer(Uid sopClass, RoleSelection asked) {
        Set<ServiceRole> allowed = allowed(sopClass);
        answer.addRoleSelection(new RoleSelection(
                sopClass.value(),
                asked.isSCU() && allowed.contains(ServiceRole.SCU),
                asked.isSCP() && allowed.contains(ServiceRole.SCP)));
    }

    private PresentationContext judge(PresentationContext proposed) {
        List<Uid> syntaxes = Arrays.stream(proposed.getTransferSyntaxes())
                .flatMap(syntax -> uid(syntax).stream())
                .toList();
        if (answer.getNumberOfPresentationContexts() >= limits.maxPresentationContexts()
                || proposed.getTransferSyntaxes().length > limits.maxTransferSyntaxes()) {
            return refuse(proposed, PresentationContext.PROVIDER_REJECTION);
        }
        Optional<Uid> sopClass = uid(proposed.getAbstractSyntax()).filter(sopClasses::contains);
        if (sopClass.isEmpty()) {
            return refuse(proposed, PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED);
        }
        // without an item the standard knows the requestor as SCU only; many archives report commitments all the same
        RoleSelection role = answer.getRoleSelectionFor(sopClass.get().value());
        Set<ServiceRole> peerRoles = role == null ? allowed(sopClass.get()) : rolesIn(role);
        if (peerRoles.isEmpty()) {
            return refuse(proposed, PresentationContext.USER_REJECTION);
        }
        Optional<Uid> syntax = choose(sopClass.get(), syntaxes);
        if (syntax.isEmpty()) {
            return refuse(proposed, PresentationContext.TRANSFER_SYNTAX_NOT_SUPPORTED);
        }
        accepted.add(new AcceptedContext(proposed.getPCID(), sopClass.get(), syntax.get(), peerRoles));
        return new PresentationContext(
                proposed.getPCID(), PresentationContext.ACCEPTANCE, syntax.get().value());
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
    private static PresentationContext refuse(PresentationContext proposed, int result) {
        return new PresentationContext(proposed.getPCID(), result, NO_SYNTAX);
    }

    private Set<ServiceRole> allowed(Uid sopClass) {
        return sopClass.equals(Uids.Verification) ? Set.of(ServiceRole.SCU) : peers.rolesOf(calling, sopClass);
    }

    private static Set<ServiceRole> rolesIn(RoleSelection selection) {
        Set<ServiceRole> roles = EnumSet.noneOf(ServiceRole.class);
        if (selection.isSCU()) {
            roles.add(ServiceRole.SCU);
        }
        if (selection.isSCP()) {
            roles.add(ServiceRole.SCP);
        }
        return roles;
    }

    /** Peers pad UIDs with spaces. */
    static Optional<Uid> uid(String text) {
        return text == null ? Optional.empty() : Uid.parse(text.trim());
    }
}
