package io.collimator.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.acceptance.peer.DcmjsArchive.Behaviour;
import io.collimator.acceptance.peer.DcmjsArchive.Way;
import io.collimator.acceptance.peer.DcmjsModality.Offer;
import io.collimator.acceptance.peer.DcmjsModality.Series;
import io.collimator.acceptance.peer.DcmtkTools.FindRun;
import io.collimator.dicom.contract.Interoperability;
import io.collimator.dicom.contract.Interoperability.Role;
import io.collimator.dicom.contract.Interoperability.Service;
import io.collimator.dicom.contract.Interoperability.Syntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.CreateHandler.CreateRequest;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.SetHandler.SetRequest;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.archive.ArchiveSimulator;
import io.collimator.simulators.archive.ReportWay;
import io.collimator.simulators.commitment.FailedInstance;
import io.collimator.simulators.commitment.InstanceReference;
import io.collimator.simulators.modality.ModalityEvent.CommitmentRequested;
import io.collimator.simulators.modality.ModalityEvent.ReportReceived;
import io.collimator.simulators.modality.ModalitySettings;
import io.collimator.simulators.modality.ModalitySimulator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our simulators, and with them our upper layer, against peers that we did not write. */
@Tag("peers")
class SimulatorsAgainstPeersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final AeTitle CT1 = new AeTitle("CT1");
    private static final InstanceReference ONE = new InstanceReference(Uids.CTImageStorage, new Uid("1.2.3.1"));
    private static final InstanceReference TWO = new InstanceReference(Uids.CTImageStorage, new Uid("1.2.3.2"));

    @TempDir
    private Path folder;

    private final NettyDicomProvider provider = new NettyDicomProvider();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    @Interoperability(
            service = Service.COMMITMENT,
            ours = Role.SCU,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.EXPLICIT})
    void our_modality_gets_the_report_of_dcmjs_on_the_same_association() {
        try (DcmjsArchive archive = DcmjsArchive.start("ARCHIVE", 0);
                ModalitySimulator modality = modality()) {
            modality.target(archive.address());

            CommitmentRequested requested = modality.requestCommitment(List.of(ONE, TWO), PATIENCE);

            ReportReceived received = reportOf(modality, requested);
            assertThat(received.newAssociation()).isFalse();
            assertThat(received.report().committed()).containsExactly(ONE, TWO);
            assertThat(archive.awaitReported(received.report().transaction().value())
                            .isSuccess())
                    .isTrue();
        }
    }

    @Test
    void our_modality_gets_the_report_of_dcmjs_on_a_new_association_with_and_without_the_role_item() {
        try (DcmjsArchive archive = DcmjsArchive.start("ARCHIVE", 0);
                ModalitySimulator modality = modality()) {
            modality.target(archive.address());
            archive.reportTo(modality.address());
            Behaviour failing = Behaviour.vouching(Way.NEW_ASSOCIATION).failing(Map.of("1.2.3.2", 0x0112));

            archive.behave(failing);
            ReportReceived withRole = reportOf(modality, modality.requestCommitment(List.of(ONE, TWO), Duration.ZERO));
            archive.behaveWithoutRoleItem(failing);
            ReportReceived without = reportOf(modality, modality.requestCommitment(List.of(ONE, TWO), Duration.ZERO));

            assertThat(List.of(withRole, without)).allSatisfy(received -> {
                assertThat(received.newAssociation()).isTrue();
                assertThat(received.report().committed()).containsExactly(ONE);
                assertThat(received.report().failed()).containsExactly(new FailedInstance(TWO, 0x0112));
            });
        }
    }

    @Test
    @Interoperability(service = Service.COMMITMENT, ours = Role.SCU, peer = "Orthanc")
    void our_modality_gets_the_report_of_orthanc() {
        DcmtkTools dcmtk = new DcmtkTools(folder);
        try (ModalitySimulator modality = modality();
                OrthancPeer orthanc = OrthancPeer.start(folder, "ARCHIVE", List.of(modality.address()))) {
            modality.target(orthanc.address());
            dcmtk.store("CT1", orthanc.address(), List.of(dcmtk.makeCtImage("1.2.3", "1.2.3.0", "1.2.3.1", "A1")));

            CommitmentRequested requested = modality.requestCommitment(List.of(ONE, TWO), Duration.ZERO);

            ReportReceived received = reportOf(modality, requested);
            assertThat(received.report().committed()).containsExactly(ONE);
            assertThat(received.report().failed())
                    .extracting(FailedInstance::reference)
                    .containsExactly(TWO);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ReportWay.class,
            names = {"SAME_ELSE_NEW", "NEW_ASSOCIATION"})
    @Interoperability(
            service = Service.COMMITMENT,
            ours = Role.SCP,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.IMPLICIT})
    void dcmjs_gets_the_report_of_our_archive(ReportWay way) {
        try (ArchiveSimulator archive = ArchiveSimulator.start(provider, new AeTitle("ARCHIVE"), 0);
                DcmjsModality modality = DcmjsModality.start("CT1", 0)) {
            archive.holds(List.of(ONE));
            archive.reportTo(modality.address());
            archive.behave(io.collimator.simulators.archive.Behaviour.reporting(way));
            modality.target(archive.address(), Offer.IMPLICIT);

            PeerAnswer answer = modality.requestCommitment(
                    "1.2.9.1", List.of(ReferencedInstance.ct("1.2.3.1"), ReferencedInstance.ct("1.2.3.2")), PATIENCE);

            CommitmentReport report = modality.awaitReport("1.2.9.1");
            assertThat(answer.isSuccess()).isTrue();
            assertThat(report.newAssociation()).isEqualTo(way == ReportWay.NEW_ASSOCIATION);
            assertThat(report.committed()).containsExactly(ReferencedInstance.ct("1.2.3.1"));
            assertThat(report.failed())
                    .containsExactly(new ReferencedInstance(ReferencedInstance.CT_IMAGE_STORAGE, "1.2.3.2", 0x0112));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Offer.class,
            names = {"IMPLICIT", "EXPLICIT", "BIG_ENDIAN"})
    @Interoperability(
            service = Service.WORKLIST,
            ours = Role.SCP,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN})
    @Interoperability(
            service = Service.PERFORMED_STEP,
            ours = Role.SCP,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN})
    void dcmjs_reports_a_step_from_the_worklist_entry_that_it_found(Offer offer) {
        Scp scp = new Scp();
        try (DicomListener listener = scp.listen(provider);
                DcmjsModality modality = DcmjsModality.start("CT1", 0)) {
            modality.target(PeerAddress.loopback(Scp.TITLE, listener.address().getPort()), offer);
            ObjectNode query = JsonLinePeer.JSON.createObjectNode().put("AccessionNumber", "ACC1");
            query.putArray("ScheduledProcedureStepSequence").addObject().put("ScheduledProcedureStepID", "");

            PeerAnswer found = modality.find(query);
            JsonNode item = found.matches().get(0);
            PeerAnswer begun = modality.start(null, item, JsonLinePeer.JSON.createObjectNode());
            Series series = new Series("1.2.3.0", List.of(ReferencedInstance.ct("1.2.3.1")));
            PeerAnswer discontinued =
                    modality.discontinue(begun.instance(), DcmjsModality.WRONG_WORKLIST_ENTRY, List.of(series));
            PeerAnswer again = modality.complete(begun.instance(), List.of(series));

            assertThat(begun.instance()).isEqualTo(Scp.GIVEN.value());
            assertThat(discontinued.isSuccess()).isTrue();
            assertThat(again.status()).isEqualTo(0x0110);
            assertThat(again.errorId()).isEqualTo(0xA710);
            DataSet created = scp.created.get(0).attributes();
            assertThat(scp.created.get(0).sopInstance()).isNull();
            assertThat(created.text(Tags.PatientName)).isEqualTo("DOE^JANE");
            assertThat(created.item(Tags.ScheduledStepAttributesSequence).text(Tags.ScheduledProcedureStepID))
                    .isEqualTo("SPS1");
            DataSet set = scp.changed.get(0).modifications();
            assertThat(set.item(Tags.PerformedProcedureStepDiscontinuationReasonCodeSequence)
                            .text(Tags.CodeValue))
                    .isEqualTo("110514");
            assertThat(set.item(Tags.PerformedSeriesSequence)
                            .item(Tags.ReferencedImageSequence)
                            .text(Tags.ReferencedSOPInstanceUID))
                    .isEqualTo("1.2.3.1");
        }
    }

    @ParameterizedTest
    @EnumSource(DcmtkTools.Offer.class)
    @Interoperability(
            service = Service.WORKLIST,
            ours = Role.SCP,
            peer = "DCMTK findscu",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT})
    void findscu_reads_our_matches(DcmtkTools.Offer offer) {
        try (DicomListener listener = new Scp().listen(provider)) {
            FindRun run = new DcmtkTools(folder)
                    .findWorklist(
                            "CT1",
                            PeerAddress.loopback(Scp.TITLE, listener.address().getPort()),
                            offer,
                            List.of("AccessionNumber=ACC1", "PatientName"));

            assertThat(run.run().exitCode()).as(run.run().output()).isZero();
            assertThat(run.matches()).hasSize(1);
            assertThat(run.matches().get(0).at("/00080050/Value/0").asText()).isEqualTo("ACC1");
            assertThat(run.matches().get(0).at("/00100010/Value/0/Alphabetic").asText())
                    .isEqualTo("DOE^JANE");
        }
    }

    private ModalitySimulator modality() {
        AtomicInteger uids = new AtomicInteger();
        return ModalitySimulator.start(
                provider,
                ModalitySettings.of(CT1, 0, Clock.systemUTC(), () -> Uid.ofName("peers " + uids.incrementAndGet())));
    }

    private static ReportReceived reportOf(ModalitySimulator modality, CommitmentRequested requested) {
        return modality.awaitReport(requested.request().transaction(), PATIENCE).orElseThrow();
    }

    /** A worklist of one entry and a MPPS SCP that writes down what it is told and ends after the first N-SET. */
    private static final class Scp implements PeerPolicy {

        private static final AeTitle TITLE = new AeTitle("SCP");
        private static final Uid GIVEN = new Uid("1.2.840.99.1");

        private final List<CreateRequest> created = new CopyOnWriteArrayList<>();
        private final List<SetRequest> changed = new CopyOnWriteArrayList<>();

        DicomListener listen(NettyDicomProvider provider) {
            return provider.listen(
                    new ListenerSettings(TITLE, "127.0.0.1", 0, DicomLimits.defaults()),
                    this,
                    ServiceHandlers.builder()
                            .find(Uids.ModalityWorklistInformationModelFind, find -> Matches.of(List.of(entry())))
                            .create(Uids.ModalityPerformedProcedureStep, this::create)
                            .set(Uids.ModalityPerformedProcedureStep, this::set)
                            .build());
        }

        private static DataSet entry() {
            return Dictionary.dataSet()
                    .put(Tags.AccessionNumber, "ACC1")
                    .put(Tags.PatientID, "PID-1")
                    .put(Tags.PatientName, "DOE^JANE")
                    .put(Tags.StudyInstanceUID, new Uid("1.2.3"))
                    .items(
                            Tags.ScheduledProcedureStepSequence,
                            Dictionary.dataSet()
                                    .put(Tags.ScheduledProcedureStepID, "SPS1")
                                    .put(Tags.Modality, "CT")
                                    .build())
                    .build();
        }

        private NResponse create(CreateRequest request) {
            created.add(request);
            return new NResponse(DimseStatus.SUCCESS, GIVEN, DataSet.empty());
        }

        private NResponse set(SetRequest request) {
            changed.add(request);
            return changed.size() == 1
                    ? NResponse.success()
                    : NResponse.of(
                            DimseStatus.of(0x0110, "may no longer be updated").withErrorId(0xA710));
        }

        @Override
        public boolean isRegistered(AeTitle calling) {
            return true;
        }

        @Override
        public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
            return Set.of(ServiceRole.SCU);
        }
    }
}
