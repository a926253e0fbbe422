package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.RecordedLog;
import io.collimator.acceptance.engine.SwitchedReceiver;
import io.collimator.acceptance.engine.SwitchedReceiver.Mode;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.hl7.mllp.MllpClient;
import io.collimator.hl7.mllp.MllpClientSettings;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.archive.ArchiveSimulator;
import io.collimator.simulators.commitment.InstanceReference;
import io.collimator.simulators.modality.ModalitySettings;
import io.collimator.simulators.modality.ModalitySimulator;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets nothing is told by health, exceptions, metrics and log, each by itself; and when it is over, everything is there. */
@Timeout(180)
class DestinationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static RecordedLog log;
    private static SwitchedReceiver ris;
    private static SwitchedReceiver copies;
    private static SwitchedReceiver archivePort;
    private static SwitchedReceiver secondIntake;
    private static DicomProvider provider;
    private static ModalitySimulator modality;
    private static EngineUnderTest engine;

    @BeforeAll
    static void start() {
        log = RecordedLog.of("io.collimator", Level.INFO);
        ris = new SwitchedReceiver();
        copies = new SwitchedReceiver();
        archivePort = new SwitchedReceiver();
        secondIntake = new SwitchedReceiver();
        provider = new NettyDicomProvider();
        modality = ModalitySimulator.start(
                provider,
                ModalitySettings.of(
                        new AeTitle("CT1"), 0, Clock.systemUTC(), () -> new Uid("1.2.3." + NUMBERS.incrementAndGet())));
        TestHome home = TestHome.create(folder)
                .withModality(modality.address())
                .withArchive(PeerAddress.loopback(new AeTitle("ARCHIVE"), archivePort.port()))
                .withStation("CT", "CT1");
        home.write("routes/70-send-copies.camel.yaml", """
                - route:
                    id: send-copies
                    description: A site's own route, without an error block.
                    from:
                      uri: jms:queue:site.copies
                      parameters:
                        transacted: true
                      steps:
                        - to:
                            uri: netty:tcp
                            parameters:
                              host: 127.0.0.1
                              port: %d
                              requestTimeout: 1000
                              decoders: "#mllpDecoder"
                              encoders: "#mllpEncoder"
                """.formatted(copies.port()));
        home.write("routes/11-accept-and-copy.camel.yaml", """
                - route:
                    id: accept-and-copy
                    description: An intake whose second step leads nowhere.
                    from:
                      uri: netty:tcp
                      parameters:
                        host: 127.0.0.1
                        port: %d
                        decoders: "#mllpDecoder"
                        encoders: "#mllpEncoder"
                      steps:
                        - bean:
                            ref: orders
                            method: accept
                        - to:
                            id: copy-to-nobody
                            uri: netty:tcp
                            parameters:
                              host: 127.0.0.1
                              port: 1
                              decoders: "#mllpDecoder"
                              encoders: "#mllpEncoder"
                """.formatted(secondIntake.port()));
        engine = EngineUnderTest.start(
                home,
                Map.of(
                        "collimator.status-delivery.host", "127.0.0.1",
                        "collimator.status-delivery.port", String.valueOf(ris.port()),
                        "collimator.status-delivery.answer-timeout-seconds", "1",
                        "collimator.status-delivery.alarm-after-seconds", "4",
                        "collimator.archive.alarm-after-seconds", "2",
                        "collimator.forwarding.alarm-after-seconds", "1",
                        "collimator.jms.max-delivery-attempts", "1000000",
                        "collimator.jms.queues", "site.copies, site.more",
                        "collimator.custody.ask-delays-seconds", "1"));
        modality.target(engine.dicom());
    }

    @AfterAll
    static void stop() {
        engine.close();
        modality.close();
        provider.close();
        archivePort.close();
        secondIntake.close();
        copies.close();
        ris.close();
        log.close();
    }

    /** One mode that fails does not fail the next one too. */
    @AfterEach
    void takeAgain() {
        ris.become(Mode.ACCEPTS);
        awaitUp("status-delivery");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(waitingOf("status-delivery"))
                        .allMatch(one -> one.path("state").asText().equals("closed")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWAY       | takes no connection",
                "MUTE       | did not answer within 1000 ms",
                "REFUSES    | answered \"AR\"",
                "BREAKS_OFF | The answer has no end block"
            })
    void a_ris_that_takes_nothing_is_told_of_in_three_places_and_gets_all_in_order_once_it_does(
            Mode mode, String reason) {
        String accession = "DEST" + mode.ordinal();
        int warnings = log.lines(Level.WARN, "status-delivery").size();
        ris.become(mode);
        assertThat(engine.send(Messages.order(accession)).code()).isEqualTo("AA");
        assertThat(engine.send(Messages.order(accession, "CA")).code()).isEqualTo("AA");

        JsonNode part = awaitDegraded("status-delivery");
        JsonNode exception = awaitOpen("status-delivery");

        assertThat(part.path("detail").asText()).contains("127.0.0.1:" + ris.port());
        assertThat(part.path("since").asText()).isNotEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(part("status-delivery").path("waiting").asInt())
                                .isEqualTo(2));
        assertThat(exception.path("summary").asText()).contains("127.0.0.1:" + ris.port(), reason);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.lines(Level.WARN, "status-delivery"))
                        .hasSize(warnings + 1)
                        .last()
                        .asString()
                        .contains(reason));
        assertThat(metric("collimator_destination_waiting_seconds{destination=\"status-delivery\"}"))
                .isPositive();
        await().atMost(PATIENCE).untilAsserted(() -> {
            if (mode == Mode.AWAY) {
                assertThat(metric("collimator_queue_oldest_message_age_seconds{queue=\"collimator.status\"}"))
                        .isPositive();
                assertThat(metric("collimator_queue_messages{queue=\"collimator.status\"}"))
                        .isEqualTo(2);
            } else {
                assertThat(
                                metric(
                                        "collimator_destination_held_accessions{destination=\"status-delivery\",state=\"waiting\"}"))
                        .isEqualTo(1);
            }
        });
        if (mode == Mode.REFUSES) {
            assertThat(exception.toString()).contains(SwitchedReceiver.WORDS, SwitchedReceiver.ERROR);
        }
        assertThat(engine.api().get("/health/ready").body()).doesNotContain("DOE");
        assertThat(log.lines()).noneMatch(line -> line.contains("DOE"));

        ris.become(Mode.ACCEPTS);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted())
                        .filteredOn(one -> one.startsWith(accession))
                        .containsExactly(accession + " SC", accession + " CA"));
        awaitUp("status-delivery");
        awaitClosed(exception);
        assertThat(log.lines(Level.WARN, "status-delivery")).hasSize(warnings + 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.lines(Level.INFO, "status-delivery takes messages again"))
                        .hasSize(warnings + 1));
        assertThat(metric("collimator_destination_waiting_seconds{destination=\"status-delivery\"}"))
                .isZero();
    }

    @Test
    void a_route_of_the_site_is_a_destination_by_its_id_and_a_failing_route() {
        copies.become(Mode.AWAY);
        String status =
                "MSH|^~\\&|A|B|||20260102||ORM^O01|C-1|P|2.5.1\rORC|SC|A|B||IP\rOBR|1" + "|".repeat(17) + "COPY1\r";
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(
                        "tcp://127.0.0.1:" + engine.engine().jms().getPort(),
                        "collimator",
                        engine.home().read("data/jms.password").strip());
                JMSContext context = factory.createContext()) {
            context.createProducer().send(context.createQueue("site.copies"), status);
        }

        awaitDegraded("send-copies");
        JsonNode exception = awaitOpen("send-copies");
        awaitDegraded("routes");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(part("routes").path("detail").asText())
                        .contains("send-copies failed", "at step to"));

        copies.become(Mode.ACCEPTS);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(copies.accepted()).containsExactly("COPY1 IP"));
        awaitUp("send-copies");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(part("routes").path("detail").asText()).doesNotContain("send-copies"));
        awaitClosed(exception);
    }

    @Test
    void an_intake_whose_step_fails_every_time_is_named_with_its_step_though_refusals_are_not() throws IOException {
        for (int number = 0; number < 4; number++) {
            assertThat(engine.send("MSH|^~\\&|X|Y|||20260102||ZZZ^Z01|BAD" + number + "|P|2.3.1\n")
                            .code())
                    .isEqualTo("AR");
        }
        assertThat(part("routes").path("detail").asText()).doesNotContain("accept-orders");
        for (String name : new String[] {"database", "mllp", "dicom", "broker", "notices"}) {
            awaitUp(name);
        }

        for (int number = 0; number < 3; number++) {
            try (MllpClient client = new MllpClient(MllpClientSettings.of("127.0.0.1", secondIntake.port()))) {
                assertThat(client.send(Messages.order("COPY" + number)
                                        .replace('\n', '\r')
                                        .getBytes(StandardCharsets.UTF_8))
                                .code())
                        .isEqualTo("AR");
            }
        }

        JsonNode routes = awaitDegraded("routes");
        assertThat(routes.path("detail").asText())
                .contains("accept-and-copy failed 3 times in a row since", "at step copy-to-nobody");
        assertThat(routes.path("since").asText()).isNotEmpty();
        assertThat(log.lines(Level.WARN, "accept-and-copy failed 3 times")).hasSize(1);
    }

    @Test
    void an_archive_that_is_away_or_mute_is_told_of_until_it_can_be_asked() {
        List<InstanceReference> images = List.of(new InstanceReference(
                new Uid("1.2.840.10008.5.1.4.1.1.2"), new Uid("1.2.3.99." + NUMBERS.incrementAndGet())));
        assertThat(modality.requestCommitment(images, Duration.ZERO).status()).isEqualTo(DimseStatus.SUCCESS);

        JsonNode part = awaitDegraded("archive");
        JsonNode exception = awaitOpen("archive");
        assertThat(part.path("waiting").asInt()).isEqualTo(1);
        assertThat(exception.path("summary").asText()).contains("ARCHIVE");
        archivePort.become(Mode.MUTE);
        awaitDegraded("archive");

        archivePort.become(Mode.AWAY);
        try (ArchiveSimulator archive = ArchiveSimulator.start(provider, new AeTitle("ARCHIVE"), archivePort.port())) {
            archive.reportTo(engine.dicom());
            awaitUp("archive");
            awaitClosed(exception);
        }
    }

    private static JsonNode health() {
        HttpResponse<String> response = engine.api().get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(200);
        try {
            return EngineApi.JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode part(String name) {
        return StreamSupport.stream(health().path("parts").spliterator(), false)
                .filter(part -> part.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode awaitDegraded(String name) {
        await(name + " is degraded").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(part(name).path("status").asText()).isEqualTo("DEGRADED");
            assertThat(health().path("degraded").toString()).contains("\"" + name + "\"");
        });
        return part(name);
    }

    private static void awaitUp(String name) {
        await(name + " is up")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(part(name).path("status").asText()).isEqualTo("UP"));
    }

    private static List<JsonNode> waitingOf(String destination) {
        List<JsonNode> found = new ArrayList<>();
        engine.api().exceptions().forEach(one -> {
            if (one.path("type").asText().equals("delivery-waiting")
                    && one.path("source").asText().equals(destination)) {
                found.add(one);
            }
        });
        return found;
    }

    private static JsonNode awaitOpen(String destination) {
        await("an exception of " + destination)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(waitingOf(destination))
                        .filteredOn(one -> one.path("state").asText().equals("open"))
                        .hasSize(1));
        return waitingOf(destination).get(0);
    }

    private static void awaitClosed(JsonNode exception) {
        String destination = exception.path("source").asText();
        await("the end of an exception of " + destination)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(waitingOf(destination))
                        .allMatch(one -> one.path("state").asText().equals("closed")
                                && !one.path("closedAt").isNull()));
    }

    private static double metric(String series) {
        return engine.api()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
