package io.collimator.dicom.net.negotiation;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceRole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Proposes presentation contexts and reads what the acceptor made of them (PS3.8 §7.1.1.13, PS3.7 §D.3.3.4). */
public final class Requestor {

    private static final int MAX_CONTEXTS = 128;

    private final AssociationRequest request;

    /**
     * @throws IllegalArgumentException when the request proposes no context or more than 128
     */
    public Requestor(AssociationRequest request) {
        int count = request.contexts().size();
        if (count < 1 || count > MAX_CONTEXTS) {
            throw new IllegalArgumentException(
                    "The association request proposes %d presentation contexts; PS3.8 §9.3.2 allows 1 to 128."
                            .formatted(count));
        }
        this.request = request;
    }

    public AssociateRq request() {
        List<ProposedContext> contexts = new ArrayList<>();
        Map<Uid, Set<ServiceRole>> roles = new LinkedHashMap<>();
        for (PresentationContextProposal proposal : request.contexts()) {
            List<Uid> syntaxes = proposal.transferSyntaxes().stream()
                    .map(TransferSyntax::uid)
                    .toList();
            contexts.add(new ProposedContext(contexts.size() * 2 + 1, proposal.sopClass(), syntaxes));
            roles.computeIfAbsent(proposal.sopClass(), key -> EnumSet.noneOf(ServiceRole.class))
                    .addAll(proposal.roles());
        }
        return new AssociateRq(
                AssociateRq.VERSION_1,
                request.called(),
                request.calling(),
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                contexts,
                Implementation.userInformation(request.limits().maxPduLengthBytes(), roleSelections(roles)));
    }

    private static List<RoleSelection> roleSelections(Map<Uid, Set<ServiceRole>> roles) {
        List<RoleSelection> selections = new ArrayList<>();
        roles.forEach((sopClass, wanted) -> {
            if (wanted.contains(ServiceRole.SCP)) {
                selections.add(new RoleSelection(sopClass, wanted.contains(ServiceRole.SCU), true));
            }
        });
        return selections;
    }

    /** What the acceptor agreed to; contexts that it answered with a transfer syntax we did not propose are left out. */
    public Agreement agreement(AssociateAc answer) {
        List<AcceptedContext> accepted = new ArrayList<>();
        for (ContextResult result : answer.contexts()) {
            int index = (result.id() - 1) / 2;
            if (result.isAccepted() && index < request.contexts().size()) {
                accepted(request.contexts().get(index), result, answer).ifPresent(accepted::add);
            }
        }
        int sent = Agreement.sentPduLength(answer.userInformation().maxPduLength());
        return new Agreement(request.calling(), request.called(), accepted, sent);
    }

    private static Optional<AcceptedContext> accepted(
            PresentationContextProposal proposal, ContextResult result, AssociateAc answer) {
        Set<ServiceRole> ours = roles(proposal, answer);
        Uid answered = result.transferSyntax();
        if (ours.isEmpty() || answered == null) {
            return Optional.empty();
        }
        return TransferSyntax.of(answered)
                .filter(syntax -> proposal.transferSyntaxes().contains(syntax))
                .map(syntax ->
                        new AcceptedContext(result.id(), proposal.sopClass(), syntax, AcceptedContext.opposite(ours)));
    }

    /**
     * Our roles. An answer without role selection means SCU only by the standard; many modalities leave it out and take
     * commitment reports all the same, so the roles stay as proposed.
     */
    private static Set<ServiceRole> roles(PresentationContextProposal proposal, AssociateAc answer) {
        Set<ServiceRole> roles = EnumSet.noneOf(ServiceRole.class);
        roles.addAll(proposal.roles());
        answer.userInformation().roles().stream()
                .filter(role -> role.sopClass().equals(proposal.sopClass()))
                .findFirst()
                .ifPresent(role -> {
                    if (!role.scu()) {
                        roles.remove(ServiceRole.SCU);
                    }
                    if (!role.scp()) {
                        roles.remove(ServiceRole.SCP);
                    }
                });
        return roles;
    }
}
