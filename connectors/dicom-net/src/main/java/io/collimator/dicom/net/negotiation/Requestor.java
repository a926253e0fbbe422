package io.collimator.dicom.net.negotiation;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.OperationsWindow;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.ExtendedNegotiation;
import io.collimator.dicom.service.PeerLimits;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.UserIdentity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            contexts.add(
                    new ProposedContext(contexts.size() * 2 + 1, proposal.sopClass(), proposal.transferSyntaxes()));
            roles.computeIfAbsent(proposal.sopClass(), key -> EnumSet.noneOf(ServiceRole.class))
                    .addAll(proposal.roles());
        }
        return new AssociateRq(
                AssociateRq.VERSION_1,
                request.called(),
                request.calling(),
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                contexts,
                userInformation(roleSelections(roles)));
    }

    private UserInformation userInformation(List<RoleSelection> roles) {
        PeerLimits limits = request.limits().peer();
        UserInformation information = Implementation.userInformation(limits.maxPduLengthBytes(), roles)
                .with(request.options());
        OperationsWindow window = window();
        if (!window.equals(OperationsWindow.SYNCHRONOUS)) {
            information = information.with(window);
        }
        UserIdentity user = request.user();
        return user == null ? information : information.with(user);
    }

    private OperationsWindow window() {
        PeerLimits limits = request.limits().peer();
        return new OperationsWindow(limits.maxOperationsInvoked(), limits.maxOperationsPerformed());
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

    /** Whether the acceptor said nothing about our user although we asked for a positive response. */
    public boolean isUserUnverified(AssociateAc answer) {
        UserIdentity user = request.user();
        return user != null
                && user.positiveResponseRequested()
                && answer.userInformation().identityResponse() == null;
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
        UserInformation answered = answer.userInformation();
        OperationsWindow proposed = window();
        OperationsWindow window = Objects.requireNonNullElse(answered.window(), OperationsWindow.SYNCHRONOUS);
        return new Agreement(
                request.calling(),
                request.called(),
                accepted,
                Agreement.sentPduLength(answered.maxPduLength()),
                request.limits().peer().maxPduLengthBytes(),
                OperationsWindow.smaller(window.maxInvoked(), proposed.maxInvoked()),
                OperationsWindow.smaller(window.maxPerformed(), proposed.maxPerformed()),
                options(answered));
    }

    /** What was answered without being asked counts for nothing. */
    private AssociationOptions options(UserInformation answered) {
        List<ExtendedNegotiation> agreed = answered.options().extended().stream()
                .filter(negotiation ->
                        request.options().extended(negotiation.sopClass()).isPresent())
                .toList();
        return new AssociationOptions(agreed, request.options().common());
    }

    private Optional<AcceptedContext> accepted(
            PresentationContextProposal proposal, ContextResult result, AssociateAc answer) {
        Set<ServiceRole> ours = roles(proposal, answer);
        Uid answered = result.transferSyntax();
        if (ours.isEmpty() || answered == null || !proposal.transferSyntaxes().contains(answered)) {
            return Optional.empty();
        }
        return Optional.of(
                new AcceptedContext(result.id(), proposal.sopClass(), answered, AcceptedContext.opposite(ours)));
    }

    /**
     * Our roles. An answer without role selection means SCU only by the standard; many modalities leave it out and take
     * commitment reports all the same, so the roles stay as proposed. A role selection that was not asked for counts for
     * nothing, and none gives a role that was not proposed.
     */
    private Set<ServiceRole> roles(PresentationContextProposal proposal, AssociateAc answer) {
        Set<ServiceRole> roles = EnumSet.noneOf(ServiceRole.class);
        roles.addAll(proposal.roles());
        if (!asksForRoles(proposal.sopClass())) {
            return roles;
        }
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

    private boolean asksForRoles(Uid sopClass) {
        return request.contexts().stream()
                .anyMatch(proposal ->
                        proposal.sopClass().equals(sopClass) && proposal.roles().contains(ServiceRole.SCP));
    }
}
