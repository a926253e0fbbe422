package io.collimator.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.SloppinessListener;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.contract.Interoperability;
import io.collimator.dicom.contract.Interoperability.Role;
import io.collimator.dicom.contract.Interoperability.Service;
import io.collimator.dicom.contract.Interoperability.Syntax;
import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.SubOperations;
import io.collimator.dicom.file.DicomFileReader;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomAssociation.RetrieveResult;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.Query;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.StoreHandler;
import io.collimator.dicom.service.StoredInstance;
import io.collimator.simulators.PeerAddress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orthanc asked by us, and asking us: storage, query and retrieve, commitment, worklist. */
@Tag("peers")
class OrthancIT {

    private static final Uid CT = Uids.CTImageStorage;
    private static final Uid SECONDARY_CAPTURE = Uids.SecondaryCaptureImageStorage;
    private static final Uid JPEG = Uids.JPEGBaseline8Bit;
    private static final Uid MWL = Uids.ModalityWorklistInformationModelFind;
    private static final Uid COMMITMENT = Uids.StorageCommitmentPushModel;
    private static final Uid FIND = Uids.StudyRootQueryRetrieveInformationModelFind;
    private static final Uid MOVE = Uids.StudyRootQueryRetrieveInformationModelMove;
    private static final Uid GET = Uids.StudyRootQueryRetrieveInformationModelGet;
    private static final NettyDicomProvider PROVIDER = new NettyDicomProvider();
    private static final Map<String, Uid> RECEIVED = new ConcurrentHashMap<>();
    private static final Map<String, byte[]> BYTES = new ConcurrentHashMap<>();
    private static final Set<Uid> WORKLIST_SYNTAXES = ConcurrentHashMap.newKeySet();
    private static final Map<String, DataSet> REPORTS = new ConcurrentHashMap<>();
    private static final StoreHandler KEEPING = store -> {
        BYTES.put(store.sopInstance().value(), store.dataSet().readAllBytes());
        RECEIVED.put(store.sopInstance().value(), store.transferSyntax());
        return DimseStatus.SUCCESS;
    };

    @TempDir
    private static Path folder;

    private static DicomListener listener;
    private static OrthancPeer orthanc;

    @BeforeAll
    static void start() {
        listener = PROVIDER.listen(
                TestPeers.settings(TestPeers.limits().build()),
                new Anybody(),
                ServiceHandlers.builder()
                        .store(CT, KEEPING)
                        .store(SECONDARY_CAPTURE, KEEPING)
                        .find(MWL, find -> {
                            WORKLIST_SYNTAXES.addAll(Objects.requireNonNull(
                                    find.association().acceptedContexts().get(MWL)));
                            return Matches.of(List.of(TestPeers.step("A1", "DOE^JANE")));
                        })
                        .eventReport(COMMITMENT, report -> {
                            REPORTS.put(report.information().text(Tags.TransactionUID), report.information());
                            return NResponse.success();
                        })
                        .build());
        orthanc = OrthancPeer.start(
                folder,
                "ARCHIVE",
                List.of(PeerAddress.loopback(
                        TestPeers.COLLIMATOR, listener.address().getPort())));
    }

    @AfterAll
    static void stop() {
        orthanc.close();
        PROVIDER.close();
    }

    @BeforeEach
    void forget() {
        RECEIVED.clear();
        BYTES.clear();
    }

    private static DicomAssociation open(PresentationContextProposal... contexts) {
        return PROVIDER.open(new AssociationRequest(
                TestPeers.COLLIMATOR,
                orthanc.address().aeTitle(),
                orthanc.address().host(),
                orthanc.address().port(),
                List.of(contexts),
                ServiceHandlers.none(),
                TestPeers.limits().build()));
    }

    private static PresentationContextProposal scu(Uid sopClass, TransferSyntax syntax) {
        return new PresentationContextProposal(sopClass, List.of(syntax.uid()), Set.of(ServiceRole.SCU));
    }

    /** One for each syntax. */
    private static Uid study(TransferSyntax syntax) {
        return new Uid(syntax.uid() + ".3");
    }

    private static Uid instance(TransferSyntax syntax) {
        return new Uid(study(syntax) + ".1.1");
    }

    private static DataSet wanted(TransferSyntax syntax) {
        return Dictionary.dataSet()
                .put(Tags.QueryRetrieveLevel, "STUDY")
                .put(Tags.StudyInstanceUID, study(syntax))
                .build();
    }

    private static StoredInstance ctImage(TransferSyntax syntax) {
        DataSet image = Dictionary.dataSet()
                .put(Tags.SOPClassUID, CT)
                .put(Tags.SOPInstanceUID, instance(syntax))
                .put(Tags.AccessionNumber, "A1")
                .put(Tags.Modality, "CT")
                .put(Tags.PatientName, "TEST^PEER")
                .put(Tags.PatientID, "PEER1")
                .put(Tags.StudyInstanceUID, study(syntax))
                .put(Tags.SeriesInstanceUID, new Uid(study(syntax) + ".1"))
                .build();
        return StoredInstance.of(
                CT, instance(syntax), syntax.uid(), new DataSetCodec(syntax, CodecLimits.defaults()).encode(image));
    }

    private static void store(TransferSyntax syntax) {
        try (DicomAssociation association = open(scu(CT, syntax))) {
            assertThat(association.store(ctImage(syntax))).isEqualTo(DimseStatus.SUCCESS);
        }
    }

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    @Interoperability(
            service = Service.STORE,
            ours = Role.SCU,
            peer = "Orthanc",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    @Interoperability(
            service = Service.STORE,
            ours = Role.SCP,
            peer = "Orthanc",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    @Interoperability(
            service = Service.GET,
            ours = Role.SCU,
            peer = "Orthanc",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    void orthanc_takes_our_instance_and_gives_it_back_in_the_same_syntax(TransferSyntax syntax) {
        store(syntax);

        try (DicomAssociation association = open(
                PresentationContextProposal.scu(MOVE),
                PresentationContextProposal.scu(GET),
                PresentationContextProposal.retrieve(CT, syntax.uid()))) {
            RetrieveResult moved = association.move(Query.of(MOVE, wanted(syntax)), TestPeers.COLLIMATOR);
            Map<String, Uid> byMove = Map.copyOf(RECEIVED);
            RECEIVED.clear();
            RetrieveResult got = association.get(Query.of(GET, wanted(syntax)), KEEPING);

            assertThat(moved.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(byMove).isEqualTo(Map.of(instance(syntax).value(), syntax.uid()));
            assertThat(got.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(got.counts()).isEqualTo(new SubOperations(0, 1, 0, 0));
            assertThat(RECEIVED).isEqualTo(byMove);
        }
    }

    /** Nobody decodes it: what comes back is what was sent, byte for byte from the first pixel on. */
    @Test
    @Interoperability(service = Service.STORE, ours = Role.SCU, peer = "Orthanc", transferSyntaxes = Syntax.JPEG)
    @Interoperability(service = Service.STORE, ours = Role.SCP, peer = "Orthanc", transferSyntaxes = Syntax.JPEG)
    @Interoperability(service = Service.GET, ours = Role.SCU, peer = "Orthanc", transferSyntaxes = Syntax.JPEG)
    void orthanc_takes_a_compressed_instance_and_gives_its_frames_back_as_they_were() throws IOException {
        Uid instance = new Uid("1.2.3.50.1.1");
        DataSet wanted = Dictionary.dataSet()
                .put(Tags.QueryRetrieveLevel, "STUDY")
                .put(Tags.StudyInstanceUID, new Uid("1.2.3.50"))
                .build();
        byte[] sent = jpegImage(instance);
        try (DicomAssociation association = open(PresentationContextProposal.store(SECONDARY_CAPTURE, JPEG))) {
            assertThat(association.store(StoredInstance.of(SECONDARY_CAPTURE, instance, JPEG, sent)))
                    .isEqualTo(DimseStatus.SUCCESS);
        }

        try (DicomAssociation association = open(
                PresentationContextProposal.scu(MOVE),
                PresentationContextProposal.scu(GET),
                PresentationContextProposal.retrieve(SECONDARY_CAPTURE, JPEG))) {
            RetrieveResult moved = association.move(Query.of(MOVE, wanted), TestPeers.COLLIMATOR);
            byte[] byMove = BYTES.remove(instance.value());
            Uid movedIn = RECEIVED.remove(instance.value());
            RetrieveResult got = association.get(Query.of(GET, wanted), KEEPING);

            assertThat(moved.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(got.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(movedIn).isEqualTo(JPEG);
            assertThat(RECEIVED).containsEntry(instance.value(), JPEG);
            assertThat(pixelDataOf(byMove)).isEqualTo(pixelDataOf(sent));
            assertThat(pixelDataOf(BYTES.get(instance.value()))).isEqualTo(pixelDataOf(sent));
        }
    }

    /** The data set of a secondary capture that DCMTK made of a JPEG picture. */
    private static byte[] jpegImage(Uid instance) throws IOException {
        Path jpeg = folder.resolve("picture.jpg");
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY), "jpg", jpeg.toFile());
        Path file = new DcmtkTools(folder)
                .makeSecondaryCapture(
                        jpeg,
                        Map.of(
                                "SOPInstanceUID", instance.value(),
                                "StudyInstanceUID", "1.2.3.50",
                                "PatientID", "PEER1"));
        try (InputStream content = Files.newInputStream(file)) {
            return new DicomFileReader(CodecLimits.defaults(), SloppinessListener.NONE)
                    .open(content)
                    .content()
                    .readAllBytes();
        }
    }

    /** From the last element on, which is Pixel Data. */
    private static byte[] pixelDataOf(byte[] dataSet) {
        byte[] header = {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'B', 0, 0, -1, -1, -1, -1};
        for (int at = 0; at <= dataSet.length - header.length; at++) {
            if (Arrays.equals(dataSet, at, at + header.length, header, 0, header.length)) {
                return Arrays.copyOfRange(dataSet, at, dataSet.length);
            }
        }
        throw new AssertionError("There are no compressed frames in these %d bytes.".formatted(dataSet.length));
    }

    /** It takes no deflated keys. */
    @ParameterizedTest
    @EnumSource(
            value = TransferSyntax.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = "DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN")
    @Interoperability(service = Service.VERIFICATION, ours = Role.SCU, peer = "Orthanc")
    @Interoperability(
            service = Service.QUERY,
            ours = Role.SCU,
            peer = "Orthanc",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN})
    @Interoperability(
            service = Service.MOVE,
            ours = Role.SCU,
            peer = "Orthanc",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN})
    @Interoperability(
            service = Service.COMMITMENT,
            ours = Role.SCU,
            peer = "Orthanc",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN})
    void orthanc_finds_moves_and_vouches_for_what_it_holds(TransferSyntax syntax) {
        store(syntax);
        Uid transaction = new Uid(study(syntax) + ".9");

        try (DicomAssociation association = open(
                PresentationContextProposal.scu(Uids.Verification),
                scu(FIND, syntax),
                scu(MOVE, syntax),
                scu(COMMITMENT, syntax))) {
            assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(association.find(FIND, wanted(syntax), 10).matches())
                    .singleElement()
                    .satisfies(match -> assertThat(match.text(Tags.StudyInstanceUID))
                            .isEqualTo(study(syntax).value()));
            assertThat(association
                            .move(Query.of(MOVE, wanted(syntax)), TestPeers.COLLIMATOR)
                            .counts()
                            .completed())
                    .isOne();
            assertThat(association
                            .action(
                                    COMMITMENT,
                                    TestPeers.COMMITMENT_INSTANCE,
                                    1,
                                    request(transaction, instance(syntax)))
                            .status())
                    .isEqualTo(DimseStatus.SUCCESS);
        }

        await().atMost(Duration.ofMinutes(1)).until(() -> REPORTS.containsKey(transaction.value()));
        assertThat(REPORTS.get(transaction.value())
                        .item(Tags.ReferencedSOPSequence)
                        .text(Tags.ReferencedSOPInstanceUID))
                .isEqualTo(instance(syntax).value());
    }

    private static DataSet request(Uid transaction, Uid instance) {
        return Dictionary.dataSet()
                .put(Tags.TransactionUID, transaction)
                .items(
                        Tags.ReferencedSOPSequence,
                        Dictionary.dataSet()
                                .put(Tags.ReferencedSOPClassUID, CT)
                                .put(Tags.ReferencedSOPInstanceUID, instance)
                                .build())
                .build();
    }

    @Test
    @Interoperability(service = Service.VERIFICATION, ours = Role.SCP, peer = "Orthanc")
    void orthanc_is_answered_when_it_asks_whether_we_are_there() {
        assertThat(orthanc.post("/modalities/COLLIMATOR/echo", JsonLinePeer.JSON.createObjectNode()))
                .isEmpty();
    }

    @Test
    @Interoperability(service = Service.WORKLIST, ours = Role.SCP, peer = "Orthanc", transferSyntaxes = Syntax.EXPLICIT)
    void orthanc_reads_our_worklist() {
        JsonNode found = orthanc.post(
                "/modalities/COLLIMATOR/find-worklist",
                JsonLinePeer.JSON.createObjectNode().put("AccessionNumber", "").put("PatientName", ""));

        assertThat(WORKLIST_SYNTAXES).containsExactly(Uids.ExplicitVRLittleEndian);
        assertThat(found).hasSize(1);
        assertThat(found.toString()).contains("DOE^JANE");
    }

    /** Orthanc asks, sends and reports. */
    private static final class Anybody implements PeerPolicy {

        @Override
        public boolean isRegistered(AeTitle calling) {
            return true;
        }

        @Override
        public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
            return Set.of(ServiceRole.SCU, ServiceRole.SCP);
        }
    }
}
