package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.POLICY;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.settings;
import static io.collimator.dicom.net.DcmtkFiles.dataSetOf;
import static io.collimator.dicom.net.DcmtkFiles.filesIn;
import static io.collimator.dicom.net.DcmtkFiles.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.contract.Interoperability;
import io.collimator.dicom.contract.Interoperability.Role;
import io.collimator.dicom.contract.Interoperability.Service;
import io.collimator.dicom.contract.Interoperability.Syntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.Dcmtk.Run;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.MoveHandler.Move;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoreHandler;
import io.collimator.dicom.service.StoredInstance;
import io.collimator.dicom.service.StoredInstances;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instances to and from DCMTK: storescu, storescp, movescu and getscu. */
@Tag("peers")
@Timeout(120)
class DcmtkStorageIT {

    private static final Uid CT = Uids.CTImageStorage;
    private static final Uid JPEG = Uids.JPEGBaseline8Bit;
    private static final Uid SECONDARY_CAPTURE = Uids.SecondaryCaptureImageStorage;
    private static final Uid MOVE = Uids.StudyRootQueryRetrieveInformationModelMove;
    private static final Uid GET = Uids.StudyRootQueryRetrieveInformationModelGet;

    @TempDir
    Path directory;

    private final NettyDicomProvider provider = new NettyDicomProvider();
    private final Map<String, byte[]> received = new ConcurrentHashMap<>();
    private final Map<String, Uid> syntaxes = new ConcurrentHashMap<>();
    private final StoreHandler keeping = store -> {
        received.put(store.sopInstance().value(), store.dataSet().readAllBytes());
        syntaxes.put(store.sopInstance().value(), store.transferSyntax());
        return DimseStatus.SUCCESS;
    };

    private Dcmtk dcmtk;
    private DcmtkFiles files;

    @BeforeEach
    void prepare() {
        dcmtk = new Dcmtk(directory);
        files = new DcmtkFiles(dcmtk, directory);
    }

    @AfterEach
    void close() {
        dcmtk.close();
        provider.close();
    }

    private DicomListener listen(ServiceHandlers.Builder handlers) {
        return provider.listen(settings(limits().build()), POLICY, handlers.build());
    }

    private static List<String> to(DicomListener listener, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-v", "-aec", "COLLIMATOR"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("127.0.0.1", Integer.toString(listener.address().getPort())));
        return all;
    }

    private DicomAssociation open(AeTitle called, int port, PresentationContextProposal... contexts) {
        return provider.open(new AssociationRequest(
                CT1, called, "127.0.0.1", port, List.of(contexts), ServiceHandlers.none(), limits().build()));
    }

    @ParameterizedTest
    @CsvSource({
        "+te, -xe, 1.2.840.10008.1.2.1",
        "+ti, -xi, 1.2.840.10008.1.2",
        "+tb, -xb, 1.2.840.10008.1.2.2",
        "+td, -xd, 1.2.840.10008.1.2.1.99"
    })
    @Interoperability(
            service = Service.STORE,
            ours = Role.SCP,
            peer = "DCMTK storescu",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    void storescu_sends_in_every_uncompressed_syntax(String made, String sent, String syntax) throws Exception {
        DicomListener listener = listen(ServiceHandlers.builder().store(CT, keeping));
        Path file = files.ctImage("1.2.3.1.1", made);
        List<String> arguments = to(listener, "-aet", "CT1", sent);
        arguments.add(file.toString());

        Run run = dcmtk.run("storescu", arguments);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("Received Store Response (Success)");
        assertThat(syntaxes).containsEntry("1.2.3.1.1", new Uid(syntax));
        assertThat(inflated(received.get("1.2.3.1.1"), syntax)).isEqualTo(inflated(dataSetOf(file), syntax));
    }

    private static byte[] inflated(byte[] dataSet, String syntax) throws IOException {
        return syntax.equals(Uids.DeflatedExplicitVRLittleEndian.value()) ? DcmtkFiles.inflated(dataSet) : dataSet;
    }

    @Test
    @Interoperability(
            service = Service.STORE,
            ours = Role.SCP,
            peer = "DCMTK storescu",
            transferSyntaxes = {Syntax.JPEG})
    void storescu_sends_what_we_cannot_decode_byte_for_byte() throws Exception {
        DicomListener listener = listen(ServiceHandlers.builder().store(SECONDARY_CAPTURE, keeping));
        Path file = files.jpegImage("1.2.3.1.2");
        List<String> arguments = to(listener, "-aet", "CT1", "-xy");
        arguments.add(file.toString());

        Run run = dcmtk.run("storescu", arguments);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(syntaxes).containsEntry("1.2.3.1.2", JPEG);
        assertThat(received.get("1.2.3.1.2")).isEqualTo(dataSetOf(file));
    }

    @Test
    void storescu_is_told_why_its_instance_is_not_taken() {
        DicomListener listener = listen(
                ServiceHandlers.builder().store(CT, store -> DimseStatus.of(0xA900, "No CT image", Tags.Modality)));
        List<String> arguments = to(listener, "-aet", "CT1", "-d");
        arguments.add(files.ctImage("1.2.3.1.1", "+te").toString());

        Run run = dcmtk.run("storescu", arguments);

        assertThat(run.output()).contains("0xa900").contains("No CT image").contains("(0008,0060)");
    }

    @Test
    @Interoperability(service = Service.STORE, ours = Role.SCU, peer = "DCMTK storescp", transferSyntaxes = Syntax.JPEG)
    void storescp_keeps_what_we_cannot_decode_byte_for_byte() throws Exception {
        int port = Dcmtk.freePort();
        Path folder = files.newFolder("storescp");
        dcmtk.serve("storescp", List.of("+xa", "+B", "-od", folder.toString(), Integer.toString(port)), port);
        Path jpeg = files.jpegImage("1.2.3.1.2");

        try (DicomAssociation association =
                open(new AeTitle("STORESCP"), port, PresentationContextProposal.store(SECONDARY_CAPTURE, JPEG))) {
            assertThat(association.store(stored(SECONDARY_CAPTURE, "1.2.3.1.2", JPEG, jpeg)))
                    .isEqualTo(DimseStatus.SUCCESS);
        }

        assertThat(filesIn(folder))
                .singleElement()
                .satisfies(kept -> assertThat(dataSetOf(kept)).isEqualTo(dataSetOf(jpeg)));
    }

    @ParameterizedTest
    @CsvSource({"i, 1.2.840.10008.1.2", "e, 1.2.840.10008.1.2.1", "b, 1.2.840.10008.1.2.2", "d, 1.2.840.10008.1.2.1.99"
    })
    @Interoperability(
            service = Service.MOVE,
            ours = Role.SCP,
            peer = "DCMTK movescu",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    void movescu_gets_the_instances_on_its_own_port(String letter, String uid) throws Exception {
        int port = Dcmtk.freePort();
        Uid syntax = new Uid(uid);
        Path folder = files.newFolder("movescu");
        List<StoredInstance> instances = List.of(
                stored(CT, "1.2.3.1.1", syntax, files.ctImage("1.2.3.1.1", "+t" + letter)),
                stored(CT, "1.2.3.1.2", syntax, files.ctImage("1.2.3.1.2", "+t" + letter)));
        DicomListener listener = listen(ServiceHandlers.builder()
                .move(
                        MOVE,
                        move -> new Move(
                                StoredInstances.of(instances),
                                () -> open(move.destination(), port, PresentationContextProposal.store(CT, syntax)))));

        Run run = dcmtk.run(
                "movescu",
                to(
                        listener,
                        "-S",
                        "-x" + letter,
                        "+xa",
                        "-aet",
                        "CT1",
                        "-aem",
                        "CT1",
                        "+P",
                        Integer.toString(port),
                        "-od",
                        folder.toString(),
                        "-k",
                        "QueryRetrieveLevel=STUDY",
                        "-k",
                        "StudyInstanceUID=1.2.3"));

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("Received Final Move Response (Success)");
        assertThat(filesIn(folder)).hasSize(2);
    }

    /** Not in Implicit VR: getscu as packaged proposes Explicit VR for storage even when told otherwise. */
    @ParameterizedTest
    @CsvSource({"e, 1.2.840.10008.1.2.1", "b, 1.2.840.10008.1.2.2", "d, 1.2.840.10008.1.2.1.99"})
    @Interoperability(
            service = Service.GET,
            ours = Role.SCP,
            peer = "DCMTK getscu",
            transferSyntaxes = {Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    void getscu_gets_the_instances_on_its_association(String letter, String uid) throws Exception {
        Path folder = files.newFolder("getscu");
        Path file = files.ctImage("1.2.3.1.1", "+t" + letter);
        List<StoredInstance> instances = List.of(stored(CT, "1.2.3.1.1", new Uid(uid), file));
        DicomListener listener =
                listen(ServiceHandlers.builder().get(GET, Set.of(CT), get -> StoredInstances.of(instances)));

        Run run = dcmtk.run(
                "getscu",
                to(
                        listener,
                        "-S",
                        "-d",
                        "+x" + letter,
                        "-aet",
                        "WORKSTATION",
                        "+B",
                        "-od",
                        folder.toString(),
                        "-k",
                        "QueryRetrieveLevel=STUDY",
                        "-k",
                        "StudyInstanceUID=1.2.3"));

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(filesIn(folder))
                .as(run.output())
                .singleElement()
                .satisfies(
                        kept -> assertThat(inflated(dataSetOf(kept), uid)).isEqualTo(inflated(dataSetOf(file), uid)));
    }

    @Test
    void getscu_gets_the_instances_on_its_association_and_is_told_what_it_did_not_get() throws Exception {
        Path folder = files.newFolder("getscu");
        List<StoredInstance> instances = List.of(
                stored(CT, "1.2.3.1.1", Uids.ExplicitVRLittleEndian, files.ctImage("1.2.3.1.1", "+te")),
                stored(SECONDARY_CAPTURE, "1.2.3.1.2", JPEG, files.jpegImage("1.2.3.1.2")));
        DicomListener listener = listen(ServiceHandlers.builder()
                .get(GET, Set.of(CT, SECONDARY_CAPTURE), get -> StoredInstances.of(instances)));

        Run run = dcmtk.run(
                "getscu",
                to(
                        listener,
                        "-d",
                        "-S",
                        "-aet",
                        "WORKSTATION",
                        "-od",
                        folder.toString(),
                        "-k",
                        "QueryRetrieveLevel=STUDY",
                        "-k",
                        "StudyInstanceUID=1.2.3"));

        assertThat(filesIn(folder)).as(run.output()).hasSize(1);
        assertThat(run.output()).contains("0xb000").contains("Number of Failed Suboperations    : 1");
    }
}
