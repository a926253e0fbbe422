package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dcm4che.Places.Attempt;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.operation.RejectedContexts;
import io.collimator.dicom.service.ApplicationInformation;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.CommonExtendedNegotiation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.ExtendedNegotiation;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerLimits;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.RejectionReport.Reason;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.UserIdentity;
import io.collimator.dicom.service.UserIdentityVerdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on an A-ASSOCIATE-RQ in place of dcm4che: application context, called and calling AE title, user identity, limits,
 * then each presentation context and what is negotiated for its SOP class (PS3.8 §7.1.1, §9.3.4, PS3.7 Annex D.3.3).
 */
final class Negotiator extends AssociationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Negotiator.class);

    /** Less holds no fragment; dcm4che would write empty PDUs for ever. */
    private static final int MIN_PDU_LENGTH = 32;

    private static final int PERMANENT = 1;
    private static final int TRANSIENT = 2;
    private static final int USER = 1;
    private static final int ACSE = 2;
    private static final int PRESENTATION = 3;

    private final ListenerSettings settings;
    private final PeerPolicy peers;
    private final ServiceHandlers handlers;
    private final Places places;
    private final BiConsumer<Association, Agreement> accepted;
    private final Consumer<Association> closed;

    /**
     * @param accepted told before the answer is sent
     * @param closed told of the end of any connection
     */
    Negotiator(
            ListenerSettings settings,
            PeerPolicy peers,
            ServiceHandlers handlers,
            Places places,
            BiConsumer<Association, Agreement> accepted,
            Consumer<Association> closed) {
        this.settings = settings;
        this.peers = peers;
        this.handlers = handlers;
        this.places = places;
        this.accepted = accepted;
        this.closed = closed;
    }

    @Override
    protected AAssociateAC negotiate(Association association, AAssociateRQ request) throws IOException {
        checkPduLength(request);
        if ((request.getProtocolVersion() & 1) == 0) {
            throw reject(association, PERMANENT, ACSE, 2, "its protocol version is not 1");
        }
        Optional<AeTitle> calling = AeTitle.parse(request.getCallingAET());
        if (!Uids.DICOMApplicationContext.value().equals(request.getApplicationContext())) {
            report(Reason.APPLICATION_CONTEXT, calling, association);
            throw reject(association, PERMANENT, USER, 2, "its application context name is not DICOM's");
        }
        Optional<AeTitle> called = AeTitle.parse(request.getCalledAET());
        if (called.isEmpty() || !peers.isOurs(called.get(), settings.aeTitle())) {
            report(Reason.CALLED_TITLE, calling, association);
            throw reject(
                    association,
                    PERMANENT,
                    USER,
                    7,
                    "called AE title %s is not %s; correct it at the peer".formatted(name(called), settings.aeTitle()));
        }
        if (calling.isEmpty() || !peers.isRegistered(calling.get())) {
            report(Reason.CALLING_TITLE, calling, association);
            throw reject(
                    association,
                    PERMANENT,
                    USER,
                    3,
                    "calling AE title %s is not registered; add it to config/application-entities.yaml"
                            .formatted(name(calling)));
        }
        if (!peers.mayCallFrom(calling.get(), association.getSocket().getInetAddress())) {
            report(Reason.OTHER_HOST, calling, association);
            throw reject(
                    association,
                    PERMANENT,
                    USER,
                    3,
                    "calling AE title %s is not registered for this address; if the peer is there, add it to hosts in config/application-entities.yaml"
                            .formatted(calling.get()));
        }
        UserIdentityVerdict verdict = peers.judge(calling.get(), identity(request.getUserIdentityRQ()));
        if (verdict instanceof UserIdentityVerdict.Refused refused) {
            report(Reason.USER_IDENTITY, calling, association);
            throw reject(
                    association,
                    PERMANENT,
                    USER,
                    1,
                    "the user identity of %s is refused: %s".formatted(calling.get(), refused.why()));
        }
        PeerLimits limits = peers.limitsOf(calling.get(), settings.limits().peer());
        takePlace(association, calling.get(), limits);
        return accept(association, request, new Parties(calling.get(), called.get(), limits), verdict);
    }

    /** dcm4che reads it as a signed number and takes any. */
    private static void checkPduLength(AAssociateRQ request) throws AAbort {
        if (request.getMaxPDULength() < 0) {
            request.setMaxPDULength(0);
        } else if (request.getMaxPDULength() > 0 && request.getMaxPDULength() < MIN_PDU_LENGTH) {
            throw new AAbort(AAbort.UL_SERIVE_PROVIDER, AAbort.INVALID_PDU_PARAMETER_VALUE);
        }
    }

    private void takePlace(Association association, AeTitle calling, PeerLimits limits) throws AAssociateRJ {
        Attempt attempt = places.take(association, peers.registered(calling), limits.maxAssociations());
        if (attempt != Attempt.TAKEN) {
            report(Reason.TOO_MANY, Optional.of(calling), association);
            throw reject(
                    association,
                    TRANSIENT,
                    PRESENTATION,
                    2,
                    attempt == Attempt.FULL
                            ? "as many associations are open as are allowed; close some or raise the limit"
                            : "%s has %d associations open, as many as one peer is allowed; close some there or raise the limit"
                                    .formatted(calling, limits.maxAssociations()));
        }
    }

    private void report(Reason reason, Optional<AeTitle> calling, Association association) {
        peers.rejections()
                .rejected(reason, calling.orElse(null), association.getSocket().getInetAddress());
    }

    private static AAssociateRJ reject(Association association, int result, int source, int reason, String why) {
        LOG.info(
                "An association from {} is rejected ({}/{}/{}): {}.",
                Endings.address(association.getSocket()),
                result,
                source,
                reason,
                why);
        return new AAssociateRJ(result, source, reason);
    }

    private static String name(Optional<AeTitle> title) {
        return title.map(AeTitle::value).orElse("(none that PS3.5 §6.2 allows)");
    }

    /** Who is associated, and the bounds of the one that calls. */
    private record Parties(AeTitle calling, AeTitle called, PeerLimits limits) {}

    private AAssociateAC accept(
            Association association, AAssociateRQ request, Parties parties, UserIdentityVerdict verdict) {
        AeTitle calling = parties.calling();
        PeerLimits limits = parties.limits();
        DicomLimits bounds = settings.limits();
        AAssociateAC answer = new AAssociateAC();
        answer.setCalledAET(request.getCalledAET());
        answer.setCallingAET(request.getCallingAET());
        answer.setImplClassUID(Devices.IMPLEMENTATION.value());
        answer.setImplVersionName(Devices.IMPLEMENTATION_NAME);
        answer.setMaxPDULength(limits.maxPduLengthBytes());
        // as the requestor sees it: what it invokes we perform, and the other way round
        answer.setMaxOpsInvoked(Agreement.smaller(request.getMaxOpsInvoked(), limits.maxOperationsPerformed()));
        answer.setMaxOpsPerformed(Agreement.smaller(request.getMaxOpsPerformed(), limits.maxOperationsInvoked()));
        List<AcceptedContext> contexts =
                new ContextJudge(handlers, peers, bounds.negotiation(), calling, answer).judge(request);
        AssociationOptions options = options(request, calling, contexts);
        options.extended().forEach(negotiation -> answer.addExtendedNegotiation(Devices.item(negotiation)));
        UserIdentityRQ identity = request.getUserIdentityRQ();
        if (verdict instanceof UserIdentityVerdict.Verified verified
                && identity != null
                && identity.isPositiveResponseRequested()) {
            answer.setUserIdentityAC(new UserIdentityAC(Devices.bytes(verified.response())));
        }
        accepted.accept(
                association,
                new Agreement(
                        calling,
                        parties.called(),
                        calling,
                        contexts,
                        rejected(request, answer),
                        answer.getMaxOpsPerformed(),
                        answer.getMaxOpsInvoked(),
                        options));
        return answer;
    }

    private static RejectedContexts rejected(AAssociateRQ request, AAssociateAC answer) {
        RejectedContexts rejected = new RejectedContexts();
        request.getPresentationContexts()
                .forEach(proposed -> rejected.add(
                        ContextJudge.uid(proposed.getAbstractSyntax()).orElse(null),
                        answer.getPresentationContext(proposed.getPCID()).getResult()));
        return rejected;
    }

    private AssociationOptions options(AAssociateRQ request, AeTitle calling, List<AcceptedContext> contexts) {
        Set<Uid> used = contexts.stream().map(AcceptedContext::sopClass).collect(Collectors.toSet());
        List<ExtendedNegotiation> answers = request.getExtendedNegotiations().stream()
                .flatMap(proposed -> Uid.parse(proposed.getSOPClassUID().trim())
                        .filter(used::contains)
                        .flatMap(sopClass -> peers.negotiate(
                                        calling,
                                        sopClass,
                                        new ApplicationInformation(ByteBuffer.wrap(proposed.getInformation())))
                                .map(information -> new ExtendedNegotiation(sopClass, information)))
                        .stream())
                .toList();
        return new AssociationOptions(
                answers,
                request.getCommonExtendedNegotiations().stream()
                        .flatMap(told -> common(told).stream())
                        .toList());
    }

    private static Optional<CommonExtendedNegotiation> common(org.dcm4che3.net.pdu.CommonExtendedNegotiation told) {
        Optional<Uid> sopClass = Uid.parse(told.getSOPClassUID().trim());
        Optional<Uid> serviceClass = Uid.parse(told.getServiceClassUID().trim());
        return sopClass.isEmpty() || serviceClass.isEmpty()
                ? Optional.empty()
                : Optional.of(new CommonExtendedNegotiation(
                        sopClass.get(),
                        serviceClass.get(),
                        Arrays.stream(told.getRelatedGeneralSOPClassUIDs())
                                .flatMap(related -> Uid.parse(related.trim()).stream())
                                .toList()));
    }

    private static @Nullable UserIdentity identity(@Nullable UserIdentityRQ asked) {
        return asked == null
                ? null
                : UserIdentity.Type.of(asked.getType())
                        .map(type -> new UserIdentity(
                                type,
                                asked.isPositiveResponseRequested(),
                                ByteBuffer.wrap(asked.getPrimaryField()),
                                ByteBuffer.wrap(asked.getSecondaryField())))
                        .orElse(null);
    }

    @Override
    protected void onClose(Association association) {
        closed.accept(association);
    }
}
