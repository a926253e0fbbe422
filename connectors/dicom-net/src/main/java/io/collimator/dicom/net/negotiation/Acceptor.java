package io.collimator.dicom.net.negotiation;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.negotiation.AcceptorOutcome.Accepted;
import io.collimator.dicom.net.negotiation.AcceptorOutcome.Rejected;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceRole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides on an A-ASSOCIATE-RQ: application context, called and calling AE title, limit, then each presentation context
 * (PS3.8 §7.1.1, §9.3.4). Thread-safe.
 */
public final class Acceptor {

    /** In our order of preference. */
    private static final List<TransferSyntax> PREFERENCE =
            List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);

    private final AeTitle aeTitle;
    private final Set<Uid> sopClasses;
    private final PeerPolicy peers;
    private final int maxPduLength;

    /**
     * @param sopClasses those with a handler; Verification is added
     */
    public Acceptor(AeTitle aeTitle, Set<Uid> sopClasses, PeerPolicy peers, int maxPduLength) {
        this.aeTitle = aeTitle;
        this.sopClasses = new HashSet<>(sopClasses);
        this.sopClasses.add(Uids.Verification);
        this.peers = peers;
        this.maxPduLength = maxPduLength;
    }

    /**
     * Answers a request.
     *
     * @param reserve takes one of the places for associations, asked when nothing else is wrong; false: all are taken
     */
    public AcceptorOutcome negotiate(AssociateRq rq, BooleanSupplier reserve) {
        if (!rq.applicationContext().equals(AssociateRq.DICOM_APPLICATION_CONTEXT)) {
            return new Rejected(
                    AssociateRj.APPLICATION_CONTEXT_NOT_SUPPORTED,
                    "its application context name is not %s".formatted(AssociateRq.DICOM_APPLICATION_CONTEXT));
        }
        AeTitle called = rq.called();
        if (called == null || !called.equals(aeTitle)) {
            return new Rejected(
                    AssociateRj.CALLED_AE_TITLE_NOT_RECOGNIZED,
                    "called AE title %s is not %s; correct it at the peer".formatted(name(called), aeTitle));
        }
        AeTitle calling = rq.calling();
        if (calling == null || !peers.isRegistered(calling)) {
            return new Rejected(
                    AssociateRj.CALLING_AE_TITLE_NOT_RECOGNIZED,
                    "calling AE title %s is not registered; add it to config/application-entities.yaml"
                            .formatted(name(calling)));
        }
        if (!reserve.getAsBoolean()) {
            return new Rejected(
                    AssociateRj.LOCAL_LIMIT_EXCEEDED,
                    "as many associations are open as are allowed; close some or raise the limit");
        }
        return accept(rq, calling, called);
    }

    private Accepted accept(AssociateRq rq, AeTitle calling, AeTitle called) {
        Map<Uid, RoleSelection> roleAnswers = roleAnswers(rq, calling);
        List<ContextResult> results = new ArrayList<>();
        List<AcceptedContext> accepted = new ArrayList<>();
        for (ProposedContext proposed : rq.contexts()) {
            results.add(judge(proposed, calling, roleAnswers, accepted));
        }
        AssociateAc answer = new AssociateAc(
                AssociateRq.VERSION_1,
                called,
                calling,
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                results,
                Implementation.userInformation(maxPduLength, List.copyOf(roleAnswers.values())));
        int sent = Agreement.sentPduLength(rq.userInformation().maxPduLength());
        return new Accepted(answer, new Agreement(calling, called, accepted, sent));
    }

    private ContextResult judge(
            ProposedContext proposed,
            AeTitle calling,
            Map<Uid, RoleSelection> roleAnswers,
            List<AcceptedContext> accepted) {
        Uid sopClass = proposed.abstractSyntax();
        if (sopClass == null || !sopClasses.contains(sopClass)) {
            return refuse(proposed, ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED);
        }
        // without an item the standard knows the requestor as SCU only; many archives report commitments all the same
        RoleSelection answer = roleAnswers.get(sopClass);
        Set<ServiceRole> roles = answer == null ? allowed(calling, sopClass) : rolesIn(answer);
        if (roles.isEmpty()) {
            return refuse(proposed, ContextResult.USER_REJECTION);
        }
        Optional<TransferSyntax> syntax = PREFERENCE.stream()
                .filter(candidate -> proposed.transferSyntaxes().contains(candidate.uid()))
                .findFirst();
        if (syntax.isEmpty()) {
            return refuse(proposed, ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED);
        }
        accepted.add(new AcceptedContext(proposed.id(), sopClass, syntax.get(), roles));
        return new ContextResult(
                proposed.id(), ContextResult.ACCEPTANCE, syntax.get().uid());
    }

    /** The transfer syntax of a refusal means nothing, but PS3.8 §9.3.3.2 wants one there. */
    private static ContextResult refuse(ProposedContext proposed, int result) {
        return new ContextResult(proposed.id(), result, Uids.ImplicitVRLittleEndian);
    }

    private Map<Uid, RoleSelection> roleAnswers(AssociateRq rq, AeTitle calling) {
        Map<Uid, RoleSelection> answers = new HashMap<>();
        for (RoleSelection asked : rq.userInformation().roles()) {
            if (sopClasses.contains(asked.sopClass())) {
                Set<ServiceRole> allowed = allowed(calling, asked.sopClass());
                answers.put(
                        asked.sopClass(),
                        new RoleSelection(
                                asked.sopClass(),
                                asked.scu() && allowed.contains(ServiceRole.SCU),
                                asked.scp() && allowed.contains(ServiceRole.SCP)));
            }
        }
        return answers;
    }

    private Set<ServiceRole> allowed(AeTitle calling, Uid sopClass) {
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

    private static String name(@Nullable AeTitle title) {
        return title == null ? "(none that PS3.5 §6.2 allows)" : title.value();
    }
}
