package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.operation.RejectedContexts;
import io.collimator.dicom.service.ApplicationInformation;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.ExtendedNegotiation;
import io.collimator.dicom.service.PeerLimits;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.UserIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.CommonExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.pdu.UserIdentityRQ;

/** Proposes presentation contexts and reads what the acceptor made of them (PS3.8 §7.1.1.13, PS3.7 §D.3.3.4). */
final class Proposal {

    private static final int MAX_CONTEXTS = 128;
    private static final int MIN_PDU_LENGTH = 32;

    private final AssociationRequest request;

    /**
     * @throws IllegalArgumentException when the request proposes no context or more than 128
     */
    Proposal(AssociationRequest request) {
        int count = request.contexts().size();
        if (count < 1 || count > MAX_CONTEXTS) {
            throw new IllegalArgumentException(
                    "The association request proposes %d presentation contexts; PS3.8 §9.3.2 allows 1 to 128."
                            .formatted(count));
        }
        this.request = request;
    }

    AAssociateRQ request() {
        AAssociateRQ rq = new AAssociateRQ();
        rq.setCallingAET(request.calling().value());
        rq.setCalledAET(request.called().value());
        rq.setImplClassUID(Devices.IMPLEMENTATION.value());
        rq.setImplVersionName(Devices.IMPLEMENTATION_NAME);
        Map<Uid, Set<ServiceRole>> roles = new LinkedHashMap<>();
        for (PresentationContextProposal proposal : request.contexts()) {
            rq.addPresentationContext(new PresentationContext(
                    rq.getNumberOfPresentationContexts() * 2 + 1,
                    proposal.sopClass().value(),
                    proposal.transferSyntaxes().stream().map(Uid::value).toArray(String[]::new)));
            roles.computeIfAbsent(proposal.sopClass(), key -> EnumSet.noneOf(ServiceRole.class))
                    .addAll(proposal.roles());
        }
        roles.forEach((sopClass, wanted) -> {
            if (wanted.contains(ServiceRole.SCP)) {
                rq.addRoleSelection(new RoleSelection(sopClass.value(), wanted.contains(ServiceRole.SCU), true));
            }
        });
        addOptions(rq);
        return rq;
    }

    private void addOptions(AAssociateRQ rq) {
        request.options().extended().forEach(negotiation -> rq.addExtendedNegotiation(Devices.item(negotiation)));
        request.options()
                .common()
                .forEach(told -> rq.addCommonExtendedNegotiation(new CommonExtendedNegotiation(
                        told.sopClass().value(),
                        told.serviceClass().value(),
                        told.relatedGeneral().stream().map(Uid::value).toArray(String[]::new))));
        UserIdentity user = request.user();
        if (user != null) {
            rq.setUserIdentityRQ(new UserIdentityRQ(
                    user.type().code(),
                    user.positiveResponseRequested(),
                    Devices.bytes(user.primary()),
                    Devices.bytes(user.secondary())));
        }
    }

    /** Whether the acceptor said nothing about our user although we asked for a positive response. */
    boolean isUserUnverified(AAssociateAC answer) {
        UserIdentity user = request.user();
        return user != null && user.positiveResponseRequested() && answer.getUserIdentityAC() == null;
    }

    /** Whether dcm4che would write PDUs of no length, or none: it reads the length as a signed number and takes any. */
    static boolean isPduLengthUnusable(AAssociateAC answer) {
        int length = answer.getMaxPDULength();
        return length < 0 || (length > 0 && length < MIN_PDU_LENGTH);
    }

    /** What the acceptor agreed to; contexts that it answered with a transfer syntax we did not propose are left out. */
    Agreement agreement(AAssociateAC answer) {
        List<AcceptedContext> accepted = new ArrayList<>();
        for (PresentationContext result : answer.getPresentationContexts()) {
            int index = (result.getPCID() - 1) / 2;
            if (result.isAccepted() && index >= 0 && index < request.contexts().size()) {
                accepted(request.contexts().get(index), result, answer).ifPresent(accepted::add);
            }
        }
        PeerLimits limits = request.limits().peer();
        return new Agreement(
                request.calling(),
                request.called(),
                request.called(),
                accepted,
                new RejectedContexts(),
                Agreement.smaller(answer.getMaxOpsInvoked(), limits.maxOperationsInvoked()),
                Agreement.smaller(answer.getMaxOpsPerformed(), limits.maxOperationsPerformed()),
                options(answer));
    }

    /** What was answered without being asked counts for nothing. */
    private AssociationOptions options(AAssociateAC answer) {
        List<ExtendedNegotiation> agreed = answer.getExtendedNegotiations().stream()
                .flatMap(answered -> Uid.parse(answered.getSOPClassUID().trim())
                        .filter(sopClass -> request.options().extended(sopClass).isPresent())
                        .map(sopClass -> new ExtendedNegotiation(
                                sopClass, new ApplicationInformation(ByteBuffer.wrap(answered.getInformation()))))
                        .stream())
                .toList();
        return new AssociationOptions(agreed, request.options().common());
    }

    private Optional<AcceptedContext> accepted(
            PresentationContextProposal proposal, PresentationContext result, AAssociateAC answer) {
        Set<ServiceRole> ours = roles(proposal, answer);
        Optional<Uid> syntax =
                Uid.parse(result.getTransferSyntax().trim()).filter(proposal.transferSyntaxes()::contains);
        return ours.isEmpty()
                ? Optional.empty()
                : syntax.map(agreed -> new AcceptedContext(
                        result.getPCID(), proposal.sopClass(), agreed, AcceptedContext.opposite(ours)));
    }

    /**
     * Our roles. An answer without role selection means SCU only by the standard; many modalities leave it out and take
     * commitment reports all the same, so the roles stay as proposed. A role selection that was not asked for counts for
     * nothing, and none gives a role that was not proposed.
     */
    private Set<ServiceRole> roles(PresentationContextProposal proposal, AAssociateAC answer) {
        Set<ServiceRole> roles = EnumSet.noneOf(ServiceRole.class);
        roles.addAll(proposal.roles());
        RoleSelection role = answer.getRoleSelectionFor(proposal.sopClass().value());
        if (role == null || !asksForRoles(proposal.sopClass())) {
            return roles;
        }
        if (!role.isSCU()) {
            roles.remove(ServiceRole.SCU);
        }
        if (!role.isSCP()) {
            roles.remove(ServiceRole.SCP);
        }
        return roles;
    }

    private boolean asksForRoles(Uid sopClass) {
        return request.contexts().stream()
                .anyMatch(proposal ->
                        proposal.sopClass().equals(sopClass) && proposal.roles().contains(ServiceRole.SCP));
    }
}
