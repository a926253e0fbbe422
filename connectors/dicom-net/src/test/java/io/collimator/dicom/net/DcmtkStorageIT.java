package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.POLICY;
import static io.collimator.dicom.contract.TestPeers.WORKSTATION;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.SubOperations;
import io.collimator.dicom.net.Dcmtk.Run;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomAssociation.RetrieveResult;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.MoveHandler.Move;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.Query;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoreHandler;
import io.collimator.dicom.service.StoredInstance;
import io.collimator.dicom.service.StoredInstances;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instances to and from DCMTK: storescu, storescp, movescu, getscu and dcmqrscp. */
@Tag("peers")
@Timeout(120)
class DcmtkStorageIT {

    private static final Uid CT = Uids.CTImageStorage;
    private static final Uid JPEG = Uids.JPEGBaseline8Bit;
    private static final Uid SECONDARY_CAPTURE = Uids.SecondaryCaptureImageStorage;
    private static final Uid FIND = Uids.StudyRootQueryRetrieveInformationModelFind;
    private static final Uid MOVE = Uids.StudyRootQueryRetrieveInformationModelMove;
    private static final Uid GET = Uids.StudyRootQueryRetrieveInformationModelGet;
    private static final int FILE_META_START = 132;
    private static final int GROUP_LENGTH_ELEMENT = 12;

    private static final DataSet STUDY = Dictionary.dataSet()
            .put(Tags.QueryRetrieveLevel, "STUDY")
            .put(Tags.StudyInstanceUID, new Uid("1.2.3"))
            .build();

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

    @BeforeEach
    void prepare() {
        dcmtk = new Dcmtk(directory);
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

    /** A CT image without pixels; the option says in which transfer syntax. */
    private Path ctImage(String instance, String syntaxOption) {
        Path dump = directory.resolve(instance + ".dump");
        Path file = directory.resolve(instance + ".dcm");
        write(dump, """
                (0008,0016) UI [1.2.840.10008.5.1.4.1.1.2]
                (0008,0018) UI [%s]
                (0008,0020) DA [20260101]
                (0008,0030) TM [120000]
                (0008,0050) SH [A1]
                (0008,0060) CS [CT]
                (0010,0010) PN [TEST^PEER]
                (0010,0020) LO [PEER1]
                (0020,000d) UI [1.2.3]
                (0020,000e) UI [1.2.3.1]
                (0020,0010) SH [S1]
                """.formatted(instance));
        Run made = dcmtk.run("dump2dcm", List.of(syntaxOption, dump.toString(), file.toString()));
        assertThat(made.exitCode()).as(made.output()).isZero();
        return file;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A secondary capture in JPEG, as a file of DCMTK. */
    private Path jpegImage(String instance) throws IOException {
        Path jpeg = directory.resolve("image.jpg");
        Path file = directory.resolve("image.dcm");
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY), "jpg", jpeg.toFile());
        Run made = dcmtk.run(
                "img2dcm",
                List.of(
                        "-k",
                        "SOPInstanceUID=" + instance,
                        "-k",
                        "StudyInstanceUID=1.2.3",
                        "-k",
                        "PatientID=PEER1",
                        jpeg.toString(),
                        file.toString()));
        assertThat(made.exitCode()).as(made.output()).isZero();
        return file;
    }

    /** What follows the file meta information (PS3.10 §7.1). */
    private static byte[] dataSetOf(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int metaLength = ByteBuffer.wrap(content)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(FILE_META_START + GROUP_LENGTH_ELEMENT - 4);
        return Arrays.copyOfRange(content, FILE_META_START + GROUP_LENGTH_ELEMENT + metaLength, content.length);
    }

    private StoredInstance stored(Uid sopClass, String instance, Uid syntax, Path file) throws IOException {
        return StoredInstance.of(sopClass, new Uid(instance), syntax, dataSetOf(file));
    }

    private List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path newFolder(String name) {
        try {
            return Files.createDirectory(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+te, -xe, 1.2.840.10008.1.2.1",
        "+ti, -xi, 1.2.840.10008.1.2",
        "+tb, -xb, 1.2.840.10008.1.2.2",
        "+td, -xd, 1.2.840.10008.1.2.1.99"
    })
    void storescu_sends_in_every_uncompressed_syntax(String made, String sent, String syntax) throws Exception {
        DicomListener listener = listen(ServiceHandlers.builder().store(CT, keeping));
        Path file = ctImage("1.2.3.1.1", made);
        List<String> arguments = to(listener, "-aet", "CT1", sent);
        arguments.add(file.toString());

        Run run = dcmtk.run("storescu", arguments);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("Received Store Response (Success)");
        assertThat(syntaxes).containsEntry("1.2.3.1.1", new Uid(syntax));
        assertThat(inflated(received.get("1.2.3.1.1"), syntax)).isEqualTo(inflated(dataSetOf(file), syntax));
    }

    /** DCMTK compresses anew what it sends. */
    private static byte[] inflated(byte[] dataSet, String syntax) throws IOException {
        return syntax.equals(Uids.DeflatedExplicitVRLittleEndian.value())
                ? new InflaterInputStream(new ByteArrayInputStream(dataSet), new Inflater(true)).readAllBytes()
                : dataSet;
    }

    @Test
    void storescu_sends_what_we_cannot_decode_byte_for_byte() throws Exception {
        DicomListener listener = listen(ServiceHandlers.builder().store(SECONDARY_CAPTURE, keeping));
        Path file = jpegImage("1.2.3.1.2");
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
        arguments.add(ctImage("1.2.3.1.1", "+te").toString());

        Run run = dcmtk.run("storescu", arguments);

        assertThat(run.output()).contains("0xa900").contains("No CT image").contains("(0008,0060)");
    }

    @Test
    void storescp_keeps_what_we_send_byte_for_byte() throws Exception {
        int port = Dcmtk.freePort();
        Path folder = newFolder("storescp");
        dcmtk.serve("storescp", List.of("+xa", "+B", "-od", folder.toString(), Integer.toString(port)), port);
        Path ct = ctImage("1.2.3.1.1", "+te");
        Path jpeg = jpegImage("1.2.3.1.2");

        try (DicomAssociation association = open(
                new AeTitle("STORESCP"),
                port,
                PresentationContextProposal.store(CT, Uids.ExplicitVRLittleEndian),
                PresentationContextProposal.store(SECONDARY_CAPTURE, JPEG))) {
            assertThat(association.store(stored(CT, "1.2.3.1.1", Uids.ExplicitVRLittleEndian, ct)))
                    .isEqualTo(DimseStatus.SUCCESS);
            assertThat(association.store(stored(SECONDARY_CAPTURE, "1.2.3.1.2", JPEG, jpeg)))
                    .isEqualTo(DimseStatus.SUCCESS);
        }

        List<byte[]> kept = new ArrayList<>();
        for (Path file : filesIn(folder)) {
            kept.add(dataSetOf(file));
        }
        assertThat(kept).containsExactlyInAnyOrder(dataSetOf(ct), dataSetOf(jpeg));
    }

    @Test
    void movescu_gets_the_instances_on_its_own_port() throws Exception {
        int port = Dcmtk.freePort();
        Path folder = newFolder("movescu");
        List<StoredInstance> instances = List.of(
                stored(CT, "1.2.3.1.1", Uids.ExplicitVRLittleEndian, ctImage("1.2.3.1.1", "+te")),
                stored(CT, "1.2.3.1.2", Uids.ExplicitVRLittleEndian, ctImage("1.2.3.1.2", "+te")));
        DicomListener listener = listen(ServiceHandlers.builder()
                .move(
                        MOVE,
                        move -> new Move(
                                StoredInstances.of(instances),
                                () -> open(
                                        move.destination(),
                                        port,
                                        PresentationContextProposal.store(CT, Uids.ExplicitVRLittleEndian)))));

        Run run = dcmtk.run(
                "movescu",
                to(
                        listener,
                        "-S",
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

    @Test
    void getscu_gets_the_instances_on_its_association_and_is_told_what_it_did_not_get() throws Exception {
        Path folder = newFolder("getscu");
        List<StoredInstance> instances = List.of(
                stored(CT, "1.2.3.1.1", Uids.ExplicitVRLittleEndian, ctImage("1.2.3.1.1", "+te")),
                stored(SECONDARY_CAPTURE, "1.2.3.1.2", JPEG, jpegImage("1.2.3.1.2")));
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

    /** dcmqrscp as WORKSTATION, which knows us as COLLIMATOR at the port given. */
    private int startArchive(int ourPort) {
        int port = Dcmtk.freePort();
        Path storage = newFolder("archive");
        Path configuration = directory.resolve("dcmqrscp.cfg");
        write(configuration, """
                NetworkTCPPort = %d
                MaxPDUSize = 16384
                MaxAssociations = 16
                HostTable BEGIN
                us = (COLLIMATOR, localhost, %d)
                HostTable END
                VendorTable BEGIN
                VendorTable END
                AETable BEGIN
                WORKSTATION %s RW (200, 1024mb) ANY
                AETable END
                """.formatted(port, ourPort, storage));
        dcmtk.serve("dcmqrscp", List.of("-c", configuration.toString()), port);
        return port;
    }

    @Test
    void dcmqrscp_is_filled_searched_and_emptied_by_us() throws Exception {
        DicomListener listener = listen(ServiceHandlers.builder().store(CT, keeping));
        int port = startArchive(listener.address().getPort());
        Path file = ctImage("1.2.3.1.1", "+te");

        try (DicomAssociation association = open(
                WORKSTATION,
                port,
                PresentationContextProposal.scu(Uids.Verification),
                PresentationContextProposal.scu(FIND),
                PresentationContextProposal.scu(MOVE),
                PresentationContextProposal.store(CT, Uids.ExplicitVRLittleEndian))) {
            assertThat(association.echo().isSuccess()).isTrue();
            assertThat(association
                            .store(stored(CT, "1.2.3.1.1", Uids.ExplicitVRLittleEndian, file))
                            .isSuccess())
                    .isTrue();
            FindResult found = association.find(FIND, STUDY, 10);
            RetrieveResult moved = association.move(Query.of(MOVE, STUDY), COLLIMATOR);

            assertThat(found.matches())
                    .singleElement()
                    .satisfies(match ->
                            assertThat(match.text(Tags.StudyInstanceUID)).isEqualTo("1.2.3"));
            assertThat(moved.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(moved.counts().completed()).isOne();
        }
        assertThat(received).containsOnlyKeys("1.2.3.1.1");

        received.clear();
        try (DicomAssociation association = open(
                WORKSTATION,
                port,
                PresentationContextProposal.scu(GET),
                PresentationContextProposal.retrieve(CT, Uids.ExplicitVRLittleEndian))) {
            RetrieveResult got = association.get(Query.of(GET, STUDY), keeping);

            assertThat(got.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(got.counts()).isEqualTo(new SubOperations(0, 1, 0, 0));
        }
        assertThat(received).containsOnlyKeys("1.2.3.1.1");
    }
}
