package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.CCancelRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRsp;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.Priority;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.GoldenPdu;
import io.collimator.dicom.net.pdu.OperationsWindow;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.Pdv;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.UserIdentity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Valid conversations, changed and sent over real sockets: whatever comes, the connection ends soon, nothing is logged as a
 * fault of ours, no memory is kept, and the next honest peer is served. {@code -Dfuzz.seconds=} runs longer,
 * {@code -Dfuzz.seed=} replays: the seed of a failure is in its message. What once hurt is kept in {@code fuzz/pdu}.
 */
class PduFuzzIT {

    private static final int USUAL_SECONDS = 4;
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", USUAL_SECONDS);
    private static final long SEED =
            Long.getLong("fuzz.seed", SECONDS == USUAL_SECONDS ? 20_261_122L : new Random().nextLong());

    private static final int CASES_BETWEEN_HONEST_PEERS = 50;
    private static final long MAX_KEPT_BYTES = 48L * 1024 * 1024;
    private static final Duration MAX_END = Duration.ofSeconds(10);

    private static final DataSetCodec IMPLICIT =
            new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());

    private final ProviderUnderTest tested = new ProviderUnderTest();
    private final ErrorLog log = ErrorLog.record();

    @AfterEach
    void close() {
        tested.close();
        log.close();
    }

    /** One changed conversation, for messages. */
    private record Case(long seed, List<byte[]> conversation) {

        @Override
        public String toString() {
            return "-Dfuzz.seed=%d sends %s"
                    .formatted(
                            seed,
                            conversation.stream().map(HexFormat.of()::formatHex).toList());
        }
    }

    @Test
    void no_changed_conversation_hurts_the_listener(TestReporter reporter) {
        DicomListener listener = tested.listen();
        tested.handlersMayEnd.countDown();
        tested.assertServes(listener);
        long before = usedHeap();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos() / 2;

        long seed = SEED;
        while (System.nanoTime() < end) {
            Case fuzzed = fuzzed(seed++, conversationsOfRequestors());
            send(listener, fuzzed);
            if ((seed - SEED) % CASES_BETWEEN_HONEST_PEERS == 0) {
                tested.assertServes(listener);
            }
        }

        tested.assertServes(listener);
        await().untilAsserted(() -> assertThat(listener.associations()).isZero());
        reporter.publishEntry("fuzz", run(seed));
        assertThat(usedHeap() - before).as("bytes kept after " + run(seed)).isLessThan(MAX_KEPT_BYTES);
    }

    @Test
    void no_changed_answer_hurts_the_requestor(TestReporter reporter) throws IOException {
        long before = usedHeap();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos() / 2;

        long seed = SEED;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            while (System.nanoTime() < end) {
                answer(server, fuzzed(seed++, conversationsOfAcceptors()));
            }
        }

        tested.assertServes(tested.listen());
        reporter.publishEntry("fuzz", run(seed));
        assertThat(usedHeap() - before).as("bytes kept after " + run(seed)).isLessThan(MAX_KEPT_BYTES);
    }

    static Stream<Path> corpus() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(PduFuzzIT.class.getResource("/fuzz/pdu"), "/fuzz/pdu");
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".hex")).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    @Timeout(30)
    void what_once_hurt_does_so_no_more(Path file) throws IOException {
        DicomListener listener = tested.listen();
        byte[] request = PduEncoder.encode(ScriptedPeer.rq(CT1, Uids.Verification, MWL, MPPS));
        byte[] kept = GoldenPdu.bytes(Files.readString(file));

        send(listener, new Case(0, List.of(kept)));
        send(listener, new Case(0, List.of(request, kept)));

        tested.assertServes(listener);
    }

    private static String run(long seed) {
        return "%d cases from -Dfuzz.seed=%d on".formatted(seed - SEED, SEED);
    }

    private static Case fuzzed(long seed, List<List<byte[]>> conversations) {
        List<byte[]> valid = conversations.get(Math.floorMod(seed, conversations.size()));
        return new Case(seed, new PduMutator(seed).mutate(valid));
    }

    private void send(DicomListener listener, Case fuzzed) {
        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.sendAndDrain(fuzzed.conversation(), MAX_END);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Case " + fuzzed, e);
        }
        assertThat(log.errors()).as("logged as errors after " + fuzzed).isEmpty();
    }

    private void answer(ServerSocket server, Case fuzzed) throws IOException {
        CompletableFuture<Void> user = CompletableFuture.runAsync(() -> use(server));
        try (ScriptedPeer peer = new ScriptedPeer(server.accept())) {
            peer.expect(AssociateRq.class);
            peer.sendAndDrain(fuzzed.conversation(), MAX_END);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Case " + fuzzed, e);
        }
        assertThat(user).as("the requestor in " + fuzzed).succeedsWithin(MAX_END);
        assertThat(log.errors()).as("logged as errors after " + fuzzed).isEmpty();
    }

    private void use(ServerSocket server) {
        AssociationRequest request = new AssociationRequest(
                CT1,
                COLLIMATOR,
                "127.0.0.1",
                server.getLocalPort(),
                List.of(PresentationContextProposal.scu(Uids.Verification), PresentationContextProposal.scu(MPPS)),
                ServiceHandlers.none(),
                limits().request(Duration.ofSeconds(2))
                        .response(Duration.ofSeconds(1))
                        .release(Duration.ofSeconds(1))
                        .build());
        try (DicomAssociation association = tested.provider.open(request)) {
            association.echo();
        } catch (AssociationException expected) {
            assertThat(expected).hasMessageMatching("(?s).{10,}");
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<List<byte[]>> conversationsOfRequestors() {
        byte[] plain = PduEncoder.encode(ScriptedPeer.rq(CT1, Uids.Verification, MWL, MPPS));
        byte[] echo = message(1, new CEchoRq(1, Uids.Verification), new byte[0]);
        byte[] find =
                message(3, new CFindRq(2, MWL, Priority.MEDIUM, true), IMPLICIT.encode(TestPeers.step("A1", "A^B")));
        byte[] set = message(5, new NSetRq(3, MPPS, new Uid("1.2.3"), true), IMPLICIT.encode(TestPeers.step("A2", "")));
        byte[] cancel = message(3, new CCancelRq(2), new byte[0]);
        byte[] release = PduEncoder.encode(new ReleaseRq());
        return List.of(
                List.of(plain, echo, find, set, release),
                List.of(everything(), echo, find, cancel, echo, release),
                List.of(plain, find, cancel, PduEncoder.encode(Abort.byUser())),
                List.of(GoldenPdu.read("a-associate-rq-every-sub-item"), release),
                List.of(GoldenPdu.read("a-associate-rq"), set, release, release));
    }

    private static byte[] everything() {
        AssociateRq known = ScriptedPeer.rq(CT1, Uids.Verification, MWL, MPPS);
        UserInformation user = new UserInformation(16_384, "1.2.3", "FUZZ", List.of(new RoleSelection(MWL, true, true)))
                .with(new OperationsWindow(7, 7))
                .with(UserIdentity.usernameAndPasscode("u", "p").withPositiveResponseRequested());
        return PduEncoder.encode(
                new AssociateRq(1, COLLIMATOR, CT1, known.applicationContext(), known.contexts(), user));
    }

    private static List<List<byte[]>> conversationsOfAcceptors() {
        byte[] accepted = PduEncoder.encode(new AssociateAc(
                1,
                COLLIMATOR,
                CT1,
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                List.of(
                        new ContextResult(1, 0, Uids.ImplicitVRLittleEndian),
                        new ContextResult(3, 0, Uids.ExplicitVRLittleEndian)),
                UserInformation.absent()));
        byte[] answer = message(1, new CEchoRsp(1, Uids.Verification, DimseStatus.SUCCESS), new byte[0]);
        byte[] request = message(1, new CEchoRq(9, Uids.Verification), new byte[0]);
        byte[] released = PduEncoder.encode(new ReleaseRp());
        return List.of(
                List.of(accepted, answer, released),
                List.of(accepted, request, answer, PduEncoder.encode(new ReleaseRq()), released),
                List.of(GoldenPdu.read("a-associate-ac-every-sub-item"), answer, released),
                List.of(PduEncoder.encode(AssociateRj.LOCAL_LIMIT_EXCEEDED)),
                List.of(accepted, PduEncoder.encode(Abort.byUser())));
    }

    /** A message in one PDU, its data set in two fragments. */
    private static byte[] message(int contextId, DimseCommand command, byte[] dataSet) {
        Pdv commandPart = new Pdv(contextId, true, true, ByteBuffer.wrap(CommandCodec.encode(command)));
        int half = dataSet.length / 2;
        Pdu pdu = dataSet.length == 0
                ? new PDataTf(List.of(commandPart))
                : new PDataTf(List.of(
                        commandPart,
                        new Pdv(
                                contextId,
                                false,
                                false,
                                ByteBuffer.wrap(dataSet, 0, half).slice()),
                        new Pdv(
                                contextId,
                                false,
                                true,
                                ByteBuffer.wrap(dataSet, half, dataSet.length - half)
                                        .slice())));
        return PduEncoder.encode(pdu);
    }
}
