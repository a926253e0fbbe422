package io.collimator.acceptance.gate;

import io.collimator.acceptance.gate.Exam.Step;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.hl7.mllp.MllpClient;
import io.collimator.hl7.mllp.MllpClientSettings;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.archive.ArchiveEvent.ReportAnswered;
import io.collimator.simulators.archive.ArchiveEvent.ReportLost;
import io.collimator.simulators.archive.ArchiveSimulator;
import io.collimator.simulators.commitment.CommitmentReport;
import io.collimator.simulators.commitment.CommitmentRequest;
import io.collimator.simulators.modality.ModalitySettings;
import io.collimator.simulators.modality.ModalitySimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A RIS, a modality and an archive, which outlive the engine. Thread-safe. */
final class ExamPeers implements AutoCloseable {

    static final AeTitle MODALITY = new AeTitle("CT1");

    private static final AeTitle ARCHIVE = new AeTitle("ARCHIVE");
    private static final AeTitle ENGINE = new AeTitle("COLLIMATOR");

    /** Not stored now; 207 in HL7. */
    private static final int PROCESSING_FAILURE = 0x0110;

    /** Error ID of an N-SET of a step that has ended (PS3.4 §F.7.2.2.2): it had arrived. */
    private static final int HAS_ENDED = 0xA710;

    private final DicomProvider provider = new NettyDicomProvider();
    private final ModalitySimulator modality = ModalitySimulator.start(
            provider, ModalitySettings.of(MODALITY, 0, Clock.systemUTC(), () -> Uid.of(UUID.randomUUID())));
    private final ArchiveSimulator archive = ArchiveSimulator.start(provider, ARCHIVE, 0);

    PeerAddress modality() {
        return modality.address();
    }

    PeerAddress archive() {
        return archive.address();
    }

    /** Where the engine listens, now and after every start. */
    record Target(int mllp, int dicom) {}

    /** One connection of a RIS; one thread. */
    MllpClient ris(Target target) {
        return new MllpClient(MllpClientSettings.of("127.0.0.1", target.mllp()));
    }

    /** The archive reports to the engine. */
    void reportTo(Target target) {
        archive.reportTo(PeerAddress.loopback(ENGINE, target.dicom()));
    }

    /**
     * Sends the next step of an exam and notes its acknowledgement. What the engine cannot store now stays the next step.
     *
     * @throws IOException when no answer came
     * @throws AssertionError when it was refused
     */
    void send(Exam exam, MllpClient ris, Target target) throws IOException {
        Step step = exam.next();
        boolean isRepetition = exam.most() > exam.least();
        exam.sending();
        if (step.isHl7()) {
            String code = ris.send(exam.message().replace("\n", "\r").getBytes(StandardCharsets.UTF_8))
                    .code();
            if (code.equals("AR")) {
                return;
            }
            if (!code.equals("AA")) {
                throw new AssertionError("%s of %s was answered %s.".formatted(step, exam, code));
            }
        } else {
            DimseStatus status = report(exam, step, target);
            boolean hadArrived = isRepetition
                    && step == Step.COMPLETE
                    && Integer.valueOf(HAS_ENDED).equals(status.errorId());
            if (!hadArrived && status.code() == PROCESSING_FAILURE) {
                return;
            }
            if (!hadArrived && !status.isSuccess()) {
                throw new AssertionError("%s of %s was answered %s.".formatted(step, exam, status));
            }
        }
        exam.acknowledged();
    }

    private DimseStatus report(Exam exam, Step step, Target target) throws IOException {
        try (DicomAssociation association = provider.open(new AssociationRequest(
                MODALITY,
                ENGINE,
                "127.0.0.1",
                target.dicom(),
                List.of(PresentationContextProposal.scu(
                        step == Step.COMMIT ? CommitmentRequest.SOP_CLASS : Uids.ModalityPerformedProcedureStep)),
                ServiceHandlers.none(),
                DicomLimits.defaults()))) {
            return switch (step) {
                case BEGIN ->
                    association
                            .create(Uids.ModalityPerformedProcedureStep, exam.performedStep(), exam.begun())
                            .status();
                case COMPLETE ->
                    association
                            .set(Uids.ModalityPerformedProcedureStep, exam.performedStep(), exam.completed())
                            .status();
                default -> {
                    archive.holds(exam.images());
                    yield association
                            .action(
                                    CommitmentRequest.SOP_CLASS,
                                    CommitmentRequest.SOP_INSTANCE,
                                    CommitmentRequest.ACTION_TYPE,
                                    exam.commitment().toDataSet())
                            .status();
                }
            };
        } catch (AssociationException noAnswer) {
            throw new IOException("The engine did not answer.", noAnswer);
        }
    }

    /** What the archive could not report to a dead engine it reports again, as archives do. */
    void reportAgain(Target target) {
        List<CommitmentReport> lost = new ArrayList<>();
        archive.events().all(ReportLost.class).forEach(event -> lost.add(event.report()));
        archive.events().all(ReportAnswered.class).stream()
                .filter(event -> !event.status().isSuccess())
                .forEach(event -> lost.add(event.report()));
        try (DicomAssociation association = provider.open(new AssociationRequest(
                ARCHIVE,
                ENGINE,
                "127.0.0.1",
                target.dicom(),
                List.of(PresentationContextProposal.scp(CommitmentRequest.SOP_CLASS)),
                ServiceHandlers.none(),
                DicomLimits.defaults()))) {
            for (CommitmentReport report : lost) {
                association.eventReport(
                        CommitmentRequest.SOP_CLASS,
                        CommitmentRequest.SOP_INSTANCE,
                        report.eventType(),
                        report.toDataSet());
            }
        }
    }

    @Override
    public void close() {
        modality.close();
        archive.close();
        provider.close();
    }
}
