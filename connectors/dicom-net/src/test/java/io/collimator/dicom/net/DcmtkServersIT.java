package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.POLICY;
import static io.collimator.dicom.contract.TestPeers.WORKSTATION;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.settings;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.collimator.dicom.dimse.SubOperations;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomAssociation.RetrieveResult;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.Query;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.StoreHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DCMTK's servers asked by us, in each transfer syntax alone: storescp, dcmqrscp and wlmscpfs. */
@Tag("peers")
@Timeout(120)
class DcmtkServersIT {

    private static final Uid CT = Uids.CTImageStorage;
    private static final Uid FIND = Uids.StudyRootQueryRetrieveInformationModelFind;
    private static final Uid MOVE = Uids.StudyRootQueryRetrieveInformationModelMove;
    private static final Uid GET = Uids.StudyRootQueryRetrieveInformationModelGet;
    private static final String INSTANCE = "1.2.3.1.1";

    private static final DataSet STUDY = Dictionary.dataSet()
            .put(Tags.QueryRetrieveLevel, "STUDY")
            .put(Tags.StudyInstanceUID, new Uid("1.2.3"))
            .build();

    /** The syntaxes that DCMTK's servers decode. */
    private enum Tried {
        IMPLICIT(Uids.ImplicitVRLittleEndian, 'i'),
        EXPLICIT(Uids.ExplicitVRLittleEndian, 'e'),
        BIG_ENDIAN(Uids.ExplicitVRBigEndian, 'b'),
        DEFLATED(Uids.DeflatedExplicitVRLittleEndian, 'd');

        @SuppressWarnings("ImmutableEnumChecker")
        private final Uid uid;

        /** Of DCMTK's options. */
        private final char letter;

        Tried(Uid uid, char letter) {
            this.uid = uid;
            this.letter = letter;
        }

        PresentationContextProposal scu(Uid sopClass) {
            return new PresentationContextProposal(sopClass, List.of(uid), Set.of(ServiceRole.SCU));
        }
    }

    @TempDir
    Path directory;

    private final NettyDicomProvider provider = new NettyDicomProvider();
    private final Map<String, Uid> received = new ConcurrentHashMap<>();
    private final StoreHandler keeping = store -> {
        store.dataSet().readAllBytes();
        received.put(store.sopInstance().value(), store.transferSyntax());
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

    private DicomAssociation open(AeTitle called, int port, PresentationContextProposal... contexts) {
        return provider.open(new AssociationRequest(
                CT1, called, "127.0.0.1", port, List.of(contexts), ServiceHandlers.none(), limits().build()));
    }

    @ParameterizedTest
    @EnumSource
    @Interoperability(
            service = Service.STORE,
            ours = Role.SCU,
            peer = "DCMTK storescp",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    @Interoperability(service = Service.VERIFICATION, ours = Role.SCU, peer = "DCMTK storescp")
    void storescp_keeps_what_we_send_byte_for_byte(Tried syntax) throws Exception {
        int port = Dcmtk.freePort();
        Path folder = files.newFolder("storescp");
        dcmtk.serve("storescp", List.of("+xa", "+B", "-od", folder.toString(), Integer.toString(port)), port);
        Path file = files.ctImage(INSTANCE, "+t" + syntax.letter);

        try (DicomAssociation association = open(
                new AeTitle("STORESCP"),
                port,
                PresentationContextProposal.scu(Uids.Verification),
                PresentationContextProposal.store(CT, syntax.uid))) {
            assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(association.store(DcmtkFiles.stored(CT, INSTANCE, syntax.uid, file)))
                    .isEqualTo(DimseStatus.SUCCESS);
        }

        assertThat(DcmtkFiles.filesIn(folder))
                .singleElement()
                .satisfies(kept -> assertThat(DcmtkFiles.dataSetOf(kept)).isEqualTo(even(DcmtkFiles.dataSetOf(file))));
    }

    /** What dump2dcm deflates may be of odd length; what is sent must not be (PS3.5 §A.5). */
    private static byte[] even(byte[] dataSet) {
        return Arrays.copyOf(dataSet, dataSet.length + dataSet.length % 2);
    }

    /** dcmqrscp as WORKSTATION, which knows us as COLLIMATOR at the port given, and speaks the syntax given. */
    private int startArchive(int ourPort, Tried syntax) {
        int port = Dcmtk.freePort();
        Path configuration = files.write("dcmqrscp.cfg", """
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
                """.formatted(port, ourPort, files.newFolder("archive")));
        dcmtk.serve(
                "dcmqrscp", List.of("+x" + syntax.letter, "-x" + syntax.letter, "-c", configuration.toString()), port);
        return port;
    }

    @ParameterizedTest
    @EnumSource
    @Interoperability(service = Service.VERIFICATION, ours = Role.SCU, peer = "DCMTK dcmqrscp")
    @Interoperability(
            service = Service.STORE,
            ours = Role.SCU,
            peer = "DCMTK dcmqrscp",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    @Interoperability(
            service = Service.QUERY,
            ours = Role.SCU,
            peer = "DCMTK dcmqrscp",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    @Interoperability(
            service = Service.MOVE,
            ours = Role.SCU,
            peer = "DCMTK dcmqrscp",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    @Interoperability(
            service = Service.GET,
            ours = Role.SCU,
            peer = "DCMTK dcmqrscp",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    @Interoperability(
            service = Service.STORE,
            ours = Role.SCP,
            peer = "DCMTK dcmqrscp",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    void dcmqrscp_is_filled_searched_and_emptied_by_us(Tried syntax) throws Exception {
        DicomListener listener = provider.listen(
                settings(limits().build()),
                POLICY,
                ServiceHandlers.builder().store(CT, keeping).build());
        int port = startArchive(listener.address().getPort(), syntax);
        Path file = files.ctImage(INSTANCE, "+t" + syntax.letter);

        try (DicomAssociation association = open(
                WORKSTATION,
                port,
                PresentationContextProposal.scu(Uids.Verification),
                syntax.scu(FIND),
                syntax.scu(MOVE),
                PresentationContextProposal.store(CT, syntax.uid))) {
            assertThat(association.echo().isSuccess()).isTrue();
            assertThat(association
                            .store(DcmtkFiles.stored(CT, INSTANCE, syntax.uid, file))
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
        assertThat(received).isEqualTo(Map.of(INSTANCE, syntax.uid));

        received.clear();
        try (DicomAssociation association =
                open(WORKSTATION, port, syntax.scu(GET), PresentationContextProposal.retrieve(CT, syntax.uid))) {
            RetrieveResult got = association.get(Query.of(GET, STUDY), keeping);

            assertThat(got.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(got.counts()).isEqualTo(new SubOperations(0, 1, 0, 0));
        }
        assertThat(received).isEqualTo(Map.of(INSTANCE, syntax.uid));
    }

    /** The folder of wlmscpfs with one entry for the AE title WORKLIST. */
    private Path worklistOfOne() throws Exception {
        Path folder = files.newFolder("worklists");
        Path entries = Files.createDirectory(folder.resolve("WORKLIST"));
        Files.createFile(entries.resolve("lockfile"));
        Path entry = files.file("entry", "+te", """
                (0008,0050) SH [A1]
                (0010,0010) PN [TEST^PEER]
                (0010,0020) LO [PEER1]
                (0020,000d) UI [1.2.3]
                (0040,0100) SQ
                (fffe,e000) -
                (0008,0060) CS [CT]
                (0040,0001) AE [CT1]
                (0040,0002) DA [20260101]
                (0040,0003) TM [120000]
                (0040,0009) SH [S1]
                (fffe,e00d) -
                (fffe,e0dd) -
                """);
        Files.move(entry, entries.resolve("entry.wl"));
        return folder;
    }

    @ParameterizedTest
    @EnumSource
    @Interoperability(service = Service.VERIFICATION, ours = Role.SCU, peer = "DCMTK wlmscpfs")
    @Interoperability(
            service = Service.WORKLIST,
            ours = Role.SCU,
            peer = "DCMTK wlmscpfs",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN, Syntax.DEFLATED})
    void wlmscpfs_gives_us_its_worklist(Tried syntax) throws Exception {
        int port = Dcmtk.freePort();
        Path folder = worklistOfOne();
        dcmtk.serve(
                "wlmscpfs",
                List.of("+x" + syntax.letter, "-dfr", "-dfp", folder.toString(), Integer.toString(port)),
                port);
        DataSet wanted = Dictionary.dataSet()
                .put(Tags.AccessionNumber, "A1")
                .put(Tags.PatientName, "")
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.Modality, "CT")
                                .put(Tags.ScheduledProcedureStepID, "")
                                .build())
                .build();

        try (DicomAssociation association = open(
                new AeTitle("WORKLIST"), port, PresentationContextProposal.scu(Uids.Verification), syntax.scu(MWL))) {
            assertThat(association.echo().isSuccess()).isTrue();
            FindResult found = association.find(MWL, wanted, 10);

            assertThat(found.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(found.matches()).singleElement().satisfies(match -> {
                assertThat(match.text(Tags.PatientName)).isEqualTo("TEST^PEER");
                assertThat(match.item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepID))
                        .isEqualTo("S1");
            });
        }
    }
}
