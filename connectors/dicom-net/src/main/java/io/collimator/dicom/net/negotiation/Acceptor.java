package io.collimator.dicom.net.negotiation;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.net.negotiation.AcceptorOutcome.Accepted;
import io.collimator.dicom.net.negotiation.AcceptorOutcome.Rejected;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.OperationsWindow;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.ExtendedNegotiation;
import io.collimator.dicom.service.PeerLimits;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.RejectionReport.Reason;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.UserIdentity;
import io.collimator.dicom.service.UserIdentityVerdict;
import io.collimator.dicom.service.UserIdentityVerdict.Refused;
import io.collimator.dicom.service.UserIdentityVerdict.Verified;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides on an A-ASSOCIATE-RQ: application context, called and calling AE title, user identity, limits, then each
 * presentation context and what is negotiated for its SOP class (PS3.8 §7.1.1, §9.3.4, PS3.7 Annex D.3.3). Thread-safe.
 */
public final class Acceptor {

    private final AeTitle aeTitle;
    private final ServiceHandlers handlers;
    private final PeerPolicy peers;
    private final DicomLimits limits;

    /**
     * @param handlers name the SOP classes; Verification is added
     */
    public Acceptor(AeTitle aeTitle, ServiceHandlers handlers, PeerPolicy peers, DicomLimits limits) {
        this.aeTitle = aeTitle;
        this.handlers = handlers;
        this.peers = peers;
        this.limits = limits;
    }

    /**
     * Answers a request.
     *
     * @param from where it came from; null when the connection is gone already
     * @param places asked for one when nothing else is wrong
     */
    public AcceptorOutcome negotiate(AssociateRq rq, @Nullable InetAddress from, Places places) {
        Request request = new Request(rq.calling(), from);
        if (!rq.applicationContext().equals(AssociateRq.DICOM_APPLICATION_CONTEXT)) {
            return reject(
                    request,
                    Reason.APPLICATION_CONTEXT,
                    "its application context name is not %s".formatted(AssociateRq.DICOM_APPLICATION_CONTEXT));
        }
        AeTitle called = rq.called();
        if (called == null || !peers.isOurs(called, aeTitle)) {
            return reject(
                    request,
                    Reason.CALLED_TITLE,
                    "called AE title %s is not %s; correct it at the peer".formatted(name(called), aeTitle));
        }
        AeTitle calling = rq.calling();
        if (calling == null || !peers.isRegistered(calling)) {
            return reject(
                    request,
                    Reason.CALLING_TITLE,
                    "calling AE title %s is not registered; add it to config/application-entities.yaml"
                            .formatted(name(calling)));
        }
        if (!peers.mayCallFrom(calling, from)) {
            return reject(
                    request,
                    Reason.OTHER_HOST,
                    "calling AE title %s is not registered for this address; if the peer is there, add it to hosts in config/application-entities.yaml"
                            .formatted(calling));
        }
        UserIdentityVerdict verdict = peers.judge(calling, rq.userInformation().identity());
        if (verdict instanceof Refused refused) {
            return reject(
                    request,
                    Reason.USER_IDENTITY,
                    "the user identity of %s is refused: %s".formatted(calling, refused.why()));
        }
        PeerLimits peer = peers.limitsOf(calling, limits.peer());
        return switch (places.take(peers.registered(calling), peer.maxAssociations())) {
            case TAKEN -> accept(rq, new Parties(calling, called, peer), verdict);
            case FULL ->
                reject(
                        request,
                        Reason.TOO_MANY,
                        "as many associations are open as are allowed; close some or raise the limit");
            case FULL_FOR_PEER ->
                reject(
                        request,
                        Reason.TOO_MANY,
                        "%s has %d associations open, as many as one peer is allowed; close some there or raise the limit"
                                .formatted(calling, peer.maxAssociations()));
        };
    }

    /** Who asks, as far as it is known, and from where. */
    private record Request(
            @Nullable AeTitle calling, @Nullable InetAddress from) {}

    private Rejected reject(Request request, Reason reason, String why) {
        peers.rejections().rejected(reason, request.calling(), request.from());
        return new Rejected(answerTo(reason), why);
    }

    private static AssociateRj answerTo(Reason reason) {
        return switch (reason) {
            case APPLICATION_CONTEXT -> AssociateRj.APPLICATION_CONTEXT_NOT_SUPPORTED;
            case CALLED_TITLE -> AssociateRj.CALLED_AE_TITLE_NOT_RECOGNIZED;
            case CALLING_TITLE, OTHER_HOST -> AssociateRj.CALLING_AE_TITLE_NOT_RECOGNIZED;
            case USER_IDENTITY -> AssociateRj.NO_REASON;
            case TOO_MANY -> AssociateRj.LOCAL_LIMIT_EXCEEDED;
        };
    }

    /** Who is associated, and the bounds of the one that calls. */
    private record Parties(AeTitle calling, AeTitle called, PeerLimits limits) {}

    private Accepted accept(AssociateRq rq, Parties parties, UserIdentityVerdict verdict) {
        UserInformation asked = rq.userInformation();
        ContextJudge judge = new ContextJudge(handlers, peers, limits.negotiation(), parties.calling());
        judge.judge(rq.contexts(), asked.roles());
        AssociationOptions options = options(asked.options(), parties.calling(), judge.accepted());
        OperationsWindow window = window(asked.window(), parties.limits());
        UserInformation answer = Implementation.userInformation(parties.limits().maxPduLengthBytes(), judge.roles())
                .with(new AssociationOptions(options.extended(), List.of()));
        if (asked.window() != null) {
            answer = answer.with(window);
        }
        if (verdict instanceof Verified verified && wantsResponse(asked.identity())) {
            answer = answer.withIdentityResponse(verified.response());
        }
        AssociateAc ac = new AssociateAc(
                AssociateRq.VERSION_1,
                parties.called(),
                parties.calling(),
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                judge.results(),
                answer);
        return new Accepted(
                ac,
                new Agreement(
                        parties.calling(),
                        parties.called(),
                        judge.accepted(),
                        Agreement.sentPduLength(asked.maxPduLength()),
                        parties.limits().maxPduLengthBytes(),
                        window.maxPerformed(),
                        window.maxInvoked(),
                        options));
    }

    private AssociationOptions options(AssociationOptions proposed, AeTitle calling, List<AcceptedContext> accepted) {
        Set<Uid> used = accepted.stream().map(AcceptedContext::sopClass).collect(Collectors.toSet());
        List<ExtendedNegotiation> answers = proposed.extended().stream()
                .filter(negotiation -> used.contains(negotiation.sopClass()))
                .flatMap(negotiation -> peers
                        .negotiate(calling, negotiation.sopClass(), negotiation.information())
                        .map(answer -> new ExtendedNegotiation(negotiation.sopClass(), answer))
                        .stream())
                .toList();
        return new AssociationOptions(answers, proposed.common());
    }

    /** As the requestor sees it: what it invokes we perform, and the other way round. */
    private static OperationsWindow window(@Nullable OperationsWindow asked, PeerLimits limits) {
        OperationsWindow proposed = Objects.requireNonNullElse(asked, OperationsWindow.SYNCHRONOUS);
        return new OperationsWindow(
                OperationsWindow.smaller(proposed.maxInvoked(), limits.maxOperationsPerformed()),
                OperationsWindow.smaller(proposed.maxPerformed(), limits.maxOperationsInvoked()));
    }

    private static boolean wantsResponse(@Nullable UserIdentity identity) {
        return identity != null && identity.positiveResponseRequested();
    }

    private static String name(@Nullable AeTitle title) {
        return title == null ? "(none that PS3.5 §6.2 allows)" : title.value();
    }
}
