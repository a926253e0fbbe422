package io.collimator.dicom.contract;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.NegotiationLimits;
import io.collimator.dicom.service.PeerLimits;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hospital of these tests: COLLIMATOR listens, CT1 is a modality, ARCHIVE reports commitments, WORKSTATION also takes
 * instances by C-GET.
 */
public final class TestPeers {

    public static final AeTitle COLLIMATOR = new AeTitle("COLLIMATOR");
    public static final AeTitle CT1 = new AeTitle("CT1");
    public static final AeTitle ARCHIVE = new AeTitle("ARCHIVE");

    public static final AeTitle WORKSTATION = new AeTitle("WORKSTATION");

    public static final Uid MWL = Uids.ModalityWorklistInformationModelFind;
    public static final Uid MPPS = Uids.ModalityPerformedProcedureStep;
    public static final Uid COMMITMENT = Uids.StorageCommitmentPushModel;
    public static final Uid COMMITMENT_INSTANCE = Uids.StorageCommitmentPushModelInstance;

    private static final Map<AeTitle, Set<ServiceRole>> REGISTERED = Map.of(
            CT1, Set.of(ServiceRole.SCU),
            ARCHIVE, Set.of(ServiceRole.SCP),
            WORKSTATION, Set.of(ServiceRole.SCU, ServiceRole.SCP));

    public static final PeerPolicy POLICY = new PeerPolicy() {
        @Override
        public boolean isRegistered(AeTitle calling) {
            return REGISTERED.containsKey(calling);
        }

        @Override
        public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
            boolean archive = calling.equals(ARCHIVE);
            return archive && !sopClass.equals(COMMITMENT) ? Set.of() : REGISTERED.getOrDefault(calling, Set.of());
        }
    };

    private TestPeers() {}

    public static ListenerSettings settings(DicomLimits limits) {
        return new ListenerSettings(COLLIMATOR, "127.0.0.1", 0, limits);
    }

    public static AssociationRequest request(DicomListener listener, Uid... sopClasses) {
        return request(
                listener,
                CT1,
                ServiceHandlers.none(),
                Arrays.stream(sopClasses).map(PresentationContextProposal::scu).toList());
    }

    public static AssociationRequest request(
            DicomListener listener,
            AeTitle calling,
            ServiceHandlers handlers,
            List<PresentationContextProposal> contexts) {
        return new AssociationRequest(
                calling, COLLIMATOR, "127.0.0.1", listener.address().getPort(), contexts, handlers, limits().build());
    }

    /** A worklist item, small. */
    public static DataSet step(String accession, String name) {
        return Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, "ISO_IR 192")
                .put(Tags.AccessionNumber, accession)
                .put(Tags.PatientName, name)
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet().put(Tags.Modality, "CT").build())
                .build();
    }

    public static Limits limits() {
        return new Limits();
    }

    /** Limits for tests: like the defaults, with short times. */
    public static final class Limits {

        private int maxPduLength = 16_384;
        private int maxAssociations = 50;
        private int maxPending = 256;
        private int maxAssociationsOfPeer = 50;
        private int maxOperationsInvoked = 1;
        private int maxOperationsPerformed = 1;
        private NegotiationLimits negotiation = NegotiationLimits.defaults();
        private Duration artim = Duration.ofSeconds(10);
        private Duration request = Duration.ofSeconds(10);
        private Duration release = Duration.ofSeconds(10);
        private Duration idle = Duration.ofMinutes(10);
        private Duration response = Duration.ofSeconds(10);
        private Duration move = Duration.ofSeconds(30);
        private int handlerThreads = 4;
        private int handlerQueue = 16;
        private CodecLimits codec = CodecLimits.defaults();

        public Limits maxPduLength(int bytes) {
            maxPduLength = bytes;
            return this;
        }

        public Limits maxAssociations(int count) {
            maxAssociations = count;
            return this;
        }

        public Limits maxPending(int count) {
            maxPending = count;
            return this;
        }

        public Limits maxAssociationsOfPeer(int count) {
            maxAssociationsOfPeer = count;
            return this;
        }

        public Limits operations(int invoked, int performed) {
            maxOperationsInvoked = invoked;
            maxOperationsPerformed = performed;
            return this;
        }

        public Limits negotiation(NegotiationLimits limits) {
            negotiation = limits;
            return this;
        }

        public Limits request(Duration time) {
            request = time;
            return this;
        }

        public Limits release(Duration time) {
            release = time;
            return this;
        }

        public Limits artim(Duration time) {
            artim = time;
            return this;
        }

        public Limits idle(Duration time) {
            idle = time;
            return this;
        }

        public Limits response(Duration time) {
            response = time;
            return this;
        }

        public Limits move(Duration time) {
            move = time;
            return this;
        }

        public Limits handlers(int threads, int queue) {
            handlerThreads = threads;
            handlerQueue = queue;
            return this;
        }

        public Limits codec(CodecLimits limits) {
            codec = limits;
            return this;
        }

        public DicomLimits build() {
            return new DicomLimits(
                    new PeerLimits(maxAssociationsOfPeer, maxPduLength, maxOperationsInvoked, maxOperationsPerformed),
                    negotiation,
                    maxAssociations,
                    maxPending,
                    artim,
                    request,
                    idle,
                    response,
                    move,
                    release,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    handlerThreads,
                    handlerQueue,
                    codec);
        }
    }
}
