package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.GoldenPdu;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Valid conversations, changed and sent over real sockets: whatever comes, the connection ends soon, nothing is logged as a
 * fault of ours, no memory is kept, and the next honest peer is served. {@link FuzzSeeds} says how to run longer and how to
 * replay: the seed of a failure is in its message. What once hurt is kept in {@code fuzz/pdu}.
 */
class PduFuzzIT {

    private static final int CASES_BETWEEN_HONEST_PEERS = 50;
    private static final long MAX_KEPT_BYTES = 48L * 1024 * 1024;

    /** Heap and direct memory that all threads together may take for one conversation of a few kilobytes. */
    private static final long MAX_BYTES_PER_CASE = 16L * 1024 * 1024;

    private static final Duration MAX_END = Duration.ofSeconds(10);

    private static final Uid CT = Uids.CTImageStorage;

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
    void no_changed_conversation_hurts_the_listener() {
        DicomListener listener = tested.listen(limits(), handlers());
        tested.assertServes(listener);
        long before = usedHeap();

        FuzzSeeds seeds = new FuzzSeeds();
        while (seeds.hasNext()) {
            send(listener, fuzzed(seeds.next(), FuzzConversations.ofRequestors()));
            if (seeds.count() % CASES_BETWEEN_HONEST_PEERS == 0) {
                tested.assertServes(listener);
            }
        }

        tested.assertServes(listener);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
        System.out.println("fuzz: conversations with the listener, " + seeds);
        assertThat(usedHeap() - before).as("bytes kept after " + seeds).isLessThan(MAX_KEPT_BYTES);
    }

    @Test
    void no_changed_answer_hurts_the_requestor() throws IOException {
        DicomListener honest = tested.listen();
        long before = usedHeap();

        FuzzSeeds seeds = new FuzzSeeds();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            while (seeds.hasNext()) {
                answer(server, fuzzed(seeds.next(), FuzzConversations.ofAcceptors()));
                if (seeds.count() % CASES_BETWEEN_HONEST_PEERS == 0) {
                    tested.assertServes(honest);
                }
            }
        }

        tested.assertServes(honest);
        System.out.println("fuzz: answers to the requestor, " + seeds);
        assertThat(usedHeap() - before).as("bytes kept after " + seeds).isLessThan(MAX_KEPT_BYTES);
    }

    private static ServiceHandlers handlers() {
        return ServiceHandlers.builder()
                .find(MWL, find -> Matches.of(List.of(TestPeers.step("A1", "A^B"))))
                .create(MPPS, create -> new NResponse(DimseStatus.SUCCESS, new Uid("1.2.3"), DataSet.empty()))
                .set(MPPS, set -> NResponse.success())
                .nGet(MPPS, get -> NResponse.success())
                .action(COMMITMENT, action -> NResponse.success())
                .eventReport(COMMITMENT, report -> NResponse.success())
                .store(CT, store -> {
                    store.dataSet().transferTo(OutputStream.nullOutputStream());
                    return DimseStatus.SUCCESS;
                })
                .build();
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

    private static Case fuzzed(long seed, List<List<byte[]>> conversations) {
        List<byte[]> valid = conversations.get(Math.floorMod(seed, conversations.size()));
        return new Case(seed, new PduMutator(seed).mutate(valid));
    }

    private void send(DicomListener listener, Case fuzzed) {
        long allocated = allocated();
        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.sendAndDrain(fuzzed.conversation(), MAX_END);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Case " + fuzzed, e);
        }
        assertHarmless(fuzzed, allocated);
    }

    private void answer(ServerSocket server, Case fuzzed) throws IOException {
        long allocated = allocated();
        CompletableFuture<Void> user = CompletableFuture.runAsync(() -> use(server));
        try (ScriptedPeer peer = new ScriptedPeer(server.accept())) {
            peer.expect(AssociateRq.class);
            peer.sendAndDrain(fuzzed.conversation(), MAX_END);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Case " + fuzzed, e);
        }
        assertThat(user).as("the requestor in " + fuzzed).succeedsWithin(MAX_END);
        assertHarmless(fuzzed, allocated);
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

    private void assertHarmless(Case fuzzed, long allocatedBefore) {
        assertThat(log.errors()).as("logged as errors after " + fuzzed).isEmpty();
        assertThat(allocated() - allocatedBefore)
                .as("bytes allocated for " + fuzzed)
                .isLessThan(MAX_BYTES_PER_CASE);
    }

    /** On the heap, by all threads that live; and what Netty holds outside. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long onHeap = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
        return onHeap + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
