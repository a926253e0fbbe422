package io.collimator.acceptance.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.RawMllp;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.kill.EngineProcess;
import io.collimator.acceptance.peer.FreePort;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.simulators.PeerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks on the MLLP port of an engine with the memory of {@code collimator run}. Beside each of them a RIS on an old and one
 * on a new connection, a modality and a health probe work, and none of them notices.
 */
@Timeout(300)
class CrowdedMllpIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MIB = 1 << 20;
    /** An eighth of the heap. */
    private static final long BUDGET = 64L * MIB;
    /** Rounds of the honest peers that an attack lasts. */
    private static final int ROUNDS = 3;

    private static final int AT_A_TIME = 8;
    private static final byte[] FILLER = "x".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
    private static final NettyDicomProvider MODALITIES = new NettyDicomProvider();
    private static final PeerAddress DICOM = PeerAddress.loopback(new AeTitle("COLLIMATOR"), FreePort.choose());
    private static final InetSocketAddress MLLP =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.choose());
    private static final InetSocketAddress HTTP = new InetSocketAddress("127.0.0.1", FreePort.choose());

    @TempDir
    private static Path folder;

    private static EngineProcess engine;
    private static EngineApi api;
    private static RawMllp oldConnection;
    private static final AtomicInteger ORDERS = new AtomicInteger();
    private static final ExecutorService ATTACKERS = Executors.newFixedThreadPool(AT_A_TIME);

    private final List<Socket> attacks = new CopyOnWriteArrayList<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicLong mostBytes = new AtomicLong();
    private volatile boolean over;
    private CompletableFuture<Void> honest;

    @BeforeAll
    static void start() {
        TestHome home = TestHome.create(folder)
                .withModality(PeerAddress.loopback(new AeTitle("CT1"), 11113))
                .withStation("CT", "CT1")
                .write("config/application.properties", """
                        collimator.mllp.port = %d
                        collimator.dicom.port = %d
                        collimator.http.port = %d
                        collimator.jms.port = %d
                        """.formatted(
                                MLLP.getPort(), DICOM.port(), HTTP.getPort(), FreePort.choose()));
        engine = EngineProcess.launch(
                home.root(), "-Xmx512m", "-XX:MaxDirectMemorySize=256m", "-XX:+ExitOnOutOfMemoryError", "-Xss512k");
        engine.awaitReady();
        api = new EngineApi(HTTP, home.read("data/admin.password").strip());
        oldConnection = new RawMllp(MLLP);
    }

    @AfterAll
    static void stop() {
        oldConnection.close();
        ATTACKERS.shutdownNow();
        MODALITIES.close();
        engine.close();
    }

    @BeforeEach
    void the_honest_begin() {
        honest = CompletableFuture.runAsync(() -> {
            while (!over) {
                round();
                rounds.incrementAndGet();
            }
        });
        await().atMost(PATIENCE).until(() -> rounds.get() >= 1 || honest.isDone());
    }

    private void round() {
        order(oldConnection);
        try (RawMllp fresh = new RawMllp(MLLP)) {
            order(fresh);
        }
        String last = "HONEST" + ORDERS.get();
        try (DicomAssociation association = MODALITIES.open(new AssociationRequest(
                new AeTitle("CT1"),
                DICOM.aeTitle(),
                DICOM.host(),
                DICOM.port(),
                List.of(PresentationContextProposal.scu(Uids.ModalityWorklistInformationModelFind)),
                ServiceHandlers.none(),
                DicomLimits.defaults()))) {
            assertThat(association
                            .find(
                                    Uids.ModalityWorklistInformationModelFind,
                                    Dictionary.dataSet()
                                            .put(Tags.AccessionNumber, last)
                                            .build(),
                                    10)
                            .matches())
                    .hasSize(1);
        }
        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
        mostBytes.accumulateAndGet(metric("collimator_mllp_buffered_bytes"), Math::max);
    }

    private static void order(RawMllp connection) {
        String accession = "HONEST" + ORDERS.incrementAndGet();
        assertThat(connection.frame(Messages.order(accession)).answer()).contains("MSA|AA|" + accession + "-NW");
    }

    private static long metric(String series) {
        return api.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static long closed(String kind) {
        return metric("collimator_mllp_connections_closed_total{kind=\"" + kind + "\"}");
    }

    /** Some rounds more, then the honest must have had what they came for. */
    @AfterEach
    void the_honest_noticed_nothing() throws IOException {
        int until = rounds.get() + ROUNDS;
        await().atMost(PATIENCE).until(() -> rounds.get() >= until || honest.isDone());
        over = true;
        honest.join();
        for (Socket attack : attacks) {
            attack.close();
        }
        assertThat(engine.outOfMemory()).isEmpty();
        assertThat(engine.isAlive()).isTrue();
        assertThat(mostBytes.get()).isLessThan(2 * BUDGET);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(metric("collimator_mllp_buffered_bytes")).isLessThan(MIB));
    }

    @Test
    void idle_connections_give_way() throws IOException {
        long before = closed("idle-longest");

        for (int i = 0; i < 400; i++) {
            attacks.add(connect());
        }

        await().atMost(PATIENCE).until(() -> closed("idle-longest") > before + 100);
        assertThat(metric("collimator_mllp_connections")).isLessThanOrEqualTo(256);
    }

    @Test
    void frames_that_do_not_end_give_way() {
        long before = closed("frame-largest");

        all(60, attacker -> {
            Socket socket = connect();
            attacks.add(socket);
            write(socket, "\u000bMSH|^~\\&|A|B|C|D|20260101||ORU^R01|" + attacker + "|P|2.5.1\rOBX|1|ED|||", 15, "");
        });

        await().atMost(PATIENCE).until(() -> closed("frame-largest") > before + 30);
    }

    @Test
    void large_messages_do_not_use_up_the_memory() {
        String end = "|||F\r\u001c\r";
        for (int i = 0; i < 2; i++) {
            try (RawMllp sender = new RawMllp(MLLP)) {
                sender.send(large(i).getBytes(StandardCharsets.ISO_8859_1));
                for (int sent = 0; sent < 15 * MIB; sent += FILLER.length) {
                    sender.send(FILLER);
                }
                assertThat(sender.send(end.getBytes(StandardCharsets.ISO_8859_1))
                                .answer())
                        .contains("MSA|AA|");
            }
        }
        all(24, attacker -> {
            try (Socket socket = connect()) {
                write(socket, large(attacker), 15, end);
                awaitByte(socket);
            }
        });
    }

    /** How a message begins that has a large value; every other one is a result, which goes on to a queue. */
    private static String large(int number) {
        String order = "\u000b" + Messages.order("LARGE" + number).replace('\n', '\r');
        return (number % 2 == 0 ? order : order.replace("ORM^O01", "ORU^R01")) + "OBX|3|ED|PDF||^^^^";
    }

    @Test
    void a_large_batch_is_taken_message_by_message() {
        all(2, attacker -> {
            StringBuilder batch = new StringBuilder("\u000bBHS|^~\\&|NORTHRIS\r");
            for (int i = 0; i < 60; i++) {
                batch.append(Messages.order("BATCH" + attacker + "X" + i).replace('\n', '\r'))
                        .append("NTE|1||")
                        .append("x".repeat(100_000))
                        .append('\r');
            }
            try (RawMllp sender = new RawMllp(MLLP)) {
                sender.send(batch.append("BTS|60\r\u001c\r").toString().getBytes(StandardCharsets.ISO_8859_1));
                assertThat(sender.answer()).contains("BTS|60").doesNotContain("MSA|AE", "MSA|AR");
            }
        });
    }

    @Test
    void frames_over_the_limit_are_answered_and_their_connections_end() {
        // one by one: together they would be more than the bytes for all
        for (int attacker = 0; attacker < 4; attacker++) {
            try (RawMllp sender = new RawMllp(MLLP)) {
                sender.send(("\u000b" + Messages.order("OVER" + attacker).replace('\n', '\r'))
                        .getBytes(StandardCharsets.ISO_8859_1));
                for (int sent = 0; sent < 16 * MIB; sent += FILLER.length) {
                    sender.send(FILLER);
                }
                assertThat(sender.answer()).contains("MSA|AE|OVER" + attacker + "-NW", "over 16777216 bytes");
                assertThat(sender.answer()).isEmpty();
            }
        }
    }

    /** So many attackers, some at a time, each to its end. */
    private static void all(int attackers, Attack attack) {
        CompletableFuture.allOf(IntStream.range(0, attackers)
                        .mapToObj(attacker -> CompletableFuture.runAsync(
                                () -> {
                                    try {
                                        attack.run(attacker);
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                },
                                ATTACKERS))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** What one attacker does. */
    private interface Attack {
        void run(int attacker) throws IOException;
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(MLLP.getAddress(), MLLP.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** A beginning, so many MiB of one segment and an end, unless the connection is closed meanwhile. */
    private static void write(Socket socket, String beginning, int mebibytes, String end) {
        try {
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            for (int sent = 0; sent < mebibytes * MIB; sent += FILLER.length) {
                socket.getOutputStream().write(FILLER);
            }
            socket.getOutputStream().write(end.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException gaveWay) {
            assertThat(gaveWay).isNotNull();
        }
    }

    /** Of an answer, or the end of the connection. */
    private static void awaitByte(Socket socket) {
        try {
            socket.getInputStream().read();
        } catch (IOException gaveWay) {
            assertThat(gaveWay).isNotNull();
        }
    }
}
