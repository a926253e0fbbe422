package io.collimator.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.acceptance.engine.EnginePostgres;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.ScriptedRis;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.FreePort;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.engine.config.JmsSettings;
import io.collimator.engine.messaging.Broker;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.archive.ArchiveSimulator;
import io.collimator.simulators.commitment.InstanceReference;
import io.collimator.simulators.modality.ModalitySettings;
import io.collimator.simulators.modality.ModalitySimulator;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A fault between an engine and what it talks to: peers are answered in time while it lasts, and half a minute after it everything
 * is done, each notice is on its queue once, and no thread and no connection is missing.
 */
@Timeout(240)
class OutageIT {

    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final Duration SLACK = Duration.ofSeconds(8);
    private static final String PASSWORD = "secret";
    private static final Uid CT_IMAGE = new Uid("1.2.840.10008.5.1.4.1.1.2");
    private static final List<String> OURS = List.of(
            "outbox-relay", "outbox-relay-watch", "outbox-relay-close", "outbox-count", "db-watch", "db-cancel");

    @TempDir
    private static Path folder;

    private static final DicomProvider provider = new NettyDicomProvider();
    private static EnginePostgres postgres;
    private static Broker broker;
    private static ScriptedRis ris;
    private static ArchiveSimulator archive;
    private static ModalitySimulator modality;
    private static EngineUnderTest engine;
    private static FaultProxy toDatabase;
    private static FaultProxy toBroker;
    private static FaultProxy toArchive;
    private static FaultProxy toRis;
    private static int number;

    /** Where the network fails: at the database alone, or everywhere else at the same time. */
    enum Place {
        DATABASE,
        ALL_PEERS
    }

    @BeforeAll
    static void start() {
        postgres = EnginePostgres.start();
        int brokerPort = FreePort.choose();
        broker = Broker.start(brokerSettings(brokerPort), PASSWORD, folder.resolve("broker"));
        ris = new ScriptedRis(message -> "AA");
        archive = ArchiveSimulator.start(provider, new AeTitle("ARCHIVE"), 0);
        modality = ModalitySimulator.start(
                provider,
                ModalitySettings.of(new AeTitle("CT1"), 0, Clock.systemUTC(), () -> Uid.of(UUID.randomUUID())));
        toDatabase = FaultProxy.to(postgres.port());
        toBroker = FaultProxy.to(brokerPort);
        toArchive = FaultProxy.to(archive.address().port());
        toRis = FaultProxy.to(ris.port());
        TestHome home = TestHome.create(folder)
                .withModality(modality.address())
                .withArchive(PeerAddress.loopback(new AeTitle("ARCHIVE"), toArchive.port()))
                .withStation("CT", "CT1");
        engine = EngineUnderTest.start(home, settings());
        modality.target(engine.dicom());
        archive.reportTo(engine.dicom());
    }

    private static JmsSettings brokerSettings(int port) {
        return new JmsSettings(
                "127.0.0.1",
                port,
                "",
                "collimator",
                PASSWORD,
                new JmsSettings.Embedded(1 << 20, 99, 1_000),
                new JmsSettings.Relay(
                        10,
                        Duration.ofMillis(5),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30)));
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(postgres.settings(Map.of()));
        settings.computeIfPresent(
                "collimator.db.url",
                (key, url) -> url.replace(":" + postgres.port() + "/", ":" + toDatabase.port() + "/"));
        settings.put("collimator.db.answer-timeout-seconds", Long.toString(ANSWER.toSeconds()));
        settings.put("collimator.db.pool-connections", "6");
        settings.put(
                "collimator.jms.url",
                "tcp://127.0.0.1:" + toBroker.port()
                        + "?callTimeout=2000&clientFailureCheckPeriod=1000&connectionTTL=3000");
        settings.put("collimator.jms.password", PASSWORD);
        settings.put("collimator.relay.limit-seconds", "3");
        settings.put("collimator.relay.first-back-off-millis", "100");
        settings.put("collimator.relay.max-back-off-seconds", "1");
        settings.put("collimator.status-delivery.host", "127.0.0.1");
        settings.put("collimator.status-delivery.port", String.valueOf(toRis.port()));
        settings.put("collimator.status-delivery.answer-timeout-seconds", "2");
        settings.put("collimator.dicom.response-timeout-seconds", "2");
        settings.put("collimator.dicom.request-timeout-seconds", "2");
        settings.put("collimator.dicom.release-timeout-seconds", "1");
        settings.put("collimator.custody.ask-delays-seconds", "1");
        settings.put("collimator.custody.archive-report-timeout-seconds", "1");
        settings.put("collimator.custody.poll-seconds", "1");
        return settings;
    }

    @AfterAll
    static void stop() {
        engine.close();
        List.of(toDatabase, toBroker, toArchive, toRis).forEach(FaultProxy::close);
        modality.close();
        archive.close();
        ris.close();
        broker.close();
        postgres.close();
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE, RESET",
        "DATABASE, SWALLOW_OLD",
        "DATABASE, SWALLOW_ALL",
        "ALL_PEERS, RESET",
        "ALL_PEERS, SWALLOW_OLD",
        "ALL_PEERS, SWALLOW_ALL",
        "ALL_PEERS, CUT"
    })
    void everything_goes_on_when_a_fault_has_ended(Place place, Outage outage) throws JMSException {
        // given everything works
        String before = order("B");
        complete(before);
        List<FaultProxy> networks = place == Place.DATABASE ? List.of(toDatabase) : List.of(toBroker, toArchive, toRis);

        // when
        networks.forEach(outage::strike);
        String during = order("D");
        if (place == Place.ALL_PEERS) {
            assertThat(answerInTime(during)).isEqualTo("AA");
        } else {
            assertThat(answerInTime(during)).isIn("AA", "AR");
            assertThat(answerInTime(during)).isIn("AA", "AR");
            assertInTime(() -> engine.api().get("/api/exceptions"));
        }
        if (outage == Outage.SWALLOW_ALL) {
            await().atMost(RECOVERY)
                    .untilAsserted(
                            () -> assertThat(engine.api().get("/health/ready").body())
                                    .contains("\"failing\":")
                                    .contains(
                                            place == Place.DATABASE
                                                    ? "is unknown since"
                                                    : "notices wait for the relay, the oldest since")
                                    .contains("\"name\":\"notices\",\"status\":\"DOWN\""));
        }
        networks.forEach(FaultProxy::pass);

        // then
        await().atMost(RECOVERY)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(answerInTime(during)).isEqualTo("AA"));
        complete(during);
        complete(order("A"));
        await().atMost(RECOVERY).untilAsserted(() -> {
            assertThat(engine.api().get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(engine.api().get("/health/ready").body()).contains("0 notices wait");
            assertThat(postgres.busy()).isEmpty();
            assertThat(threads()).isEqualTo(Map.of("outbox-relay", 1L, "outbox-relay-watch", 1L, "db-watch", 1L));
        });
        assertThat(outboxIds()).doesNotHaveDuplicates();
    }

    private static String order(String when) {
        number++;
        return when + number;
    }

    /** Ordered, told to the RIS, and its images committed. */
    private static void complete(String accession) {
        await().atMost(RECOVERY)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(answerInTime(accession)).isEqualTo("AA"));
        List<InstanceReference> instances = List.of(new InstanceReference(CT_IMAGE, Uid.of(UUID.randomUUID())));
        archive.holds(instances);
        Uid transaction =
                modality.requestCommitment(instances, Duration.ZERO).request().transaction();
        await().atMost(RECOVERY)
                .untilAsserted(
                        () -> assertThat(ris.accepted(accession)).isNotEmpty().containsOnly("SC"));
        assertThat(modality.awaitReport(transaction, RECOVERY)).isPresent();
    }

    private static String answerInTime(String accession) {
        List<String> codes = new ArrayList<>();
        assertInTime(() -> codes.add(engine.send(Messages.order(accession)).code()));
        return codes.get(0);
    }

    private static void assertInTime(Runnable request) {
        long began = System.nanoTime();
        request.run();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ANSWER.plus(SLACK));
    }

    /** How many there are of the threads that an outage may leave behind. */
    private static Map<String, Long> threads() {
        Thread[] all = new Thread[Thread.activeCount() + 100];
        int count = Thread.enumerate(all);
        Map<String, Long> found = new HashMap<>();
        Stream.of(all)
                .limit(count)
                .map(Thread::getName)
                .filter(OURS::contains)
                .forEach(name -> found.merge(name, 1L, Long::sum));
        return found;
    }

    private static List<String> outboxIds() throws JMSException {
        List<String> ids = new ArrayList<>();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());
                JMSContext context = factory.createContext("collimator", PASSWORD);
                QueueBrowser browser = context.createBrowser(context.createQueue("collimator.events"))) {
            context.start();
            Enumeration<?> messages = browser.getEnumeration();
            for (Object message : Collections.list(messages)) {
                ids.add(((Message) message).getStringProperty("outboxId"));
            }
        }
        return ids;
    }
}
