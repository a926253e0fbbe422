package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.CommandLine;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.ScriptedRis;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The broker can be wiped and refilled from the outbox. One engine with statuses accepted (HAVE), half accepted (PART), in
 * flight (WAIT) and refused (DEAD, LATE), results and events; then the same home with an empty broker. The tests go on with
 * each other's state, in their order.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class RefillContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STATUS = "collimator.status";
    private static final String EVENTS = "collimator.events";
    private static final String DEAD_LETTERS = "collimator.dead-letters";

    private static final Set<String> closed = Collections.synchronizedSet(new HashSet<>());
    private static ScriptedRis ris;
    private static ScriptedRis reports;
    private static TestHome home;
    private static Map<String, String> settings;
    private static EngineUnderTest engine;
    private static List<Queued> events;
    private static List<Queued> letters;

    /** A message on a queue. */
    private record Queued(String outboxId, String accession, String eventType, String body) {}

    static void open(Path folder, Map<String, String> store) {
        ris = new ScriptedRis(RefillContract::answer);
        reports = new ScriptedRis(report -> isClosed(report) ? "AR" : "AA");
        home = TestHome.create(folder)
                .withModality(PeerAddress.loopback(new AeTitle("CT1"), 11113))
                .withStation("CT", "CT1");
        settings = new HashMap<>(store);
        settings.put("collimator.status-delivery.host", "127.0.0.1");
        settings.put("collimator.status-delivery.port", String.valueOf(ris.port()));
        settings.put("collimator.results-delivery.host", "127.0.0.1");
        settings.put("collimator.results-delivery.port", String.valueOf(reports.port()));
        closed.clear();
        closed.addAll(List.of("WAIT/SC", "PART/CA", "WAIT/result"));
        engine = EngineUnderTest.start(home, settings);
        happenBeforeTheLoss();
        events = queued(EVENTS);
        letters = queued(DEAD_LETTERS);
        engine.close();
        delete(home.root().resolve("data/broker"));
        engine = EngineUnderTest.start(home, settings);
    }

    static void close() {
        engine.close();
        ris.close();
        reports.close();
    }

    private static String answer(ScriptedRis.Taken status) {
        String key = status.field("OBR", 18) + "/" + status.field("ORC", 5);
        if (Set.of("DEAD/SC", "LATE/SC").contains(key) && !closed.contains("mended")) {
            return "AE";
        }
        return closed.contains(key) ? "AR" : "AA";
    }

    private static boolean isClosed(ScriptedRis.Taken report) {
        return closed.contains(report.field("OBR", 18) + "/result");
    }

    private static void happenBeforeTheLoss() {
        for (String accession : List.of("HAVE", "DEAD", "LATE", "PART", "WAIT")) {
            send(Er7.order(accession)
                    .set("PID", 3, "PID-" + accession + "^^^NORTH")
                    .toString());
        }
        send(Messages.order("DEAD", "CA"));
        result("HAVE");
        result("WAIT");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(ris.accepted("HAVE")).containsExactly("SC");
            assertThat(ris.accepted("PART")).containsExactly("SC");
            assertThat(ris.accepted("DEAD")).containsExactly("CA");
            assertThat(queued(DEAD_LETTERS)).hasSize(2);
            assertThat(reports.taken()).anyMatch(report -> report.code().equals("AA"));
        });
        send(Messages.order("PART", "CA"));
        send(Messages.order("WAIT", "CA"));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(attempts("PART", "CA")).isNotEmpty();
            assertThat(attempts("WAIT", "SC")).isNotEmpty();
            assertThat(reports.taken()).anyMatch(RefillContract::isClosed);
        });
    }

    private static void send(String message) {
        assertThat(engine.send(message).code()).isEqualTo("AA");
    }

    private static void result(String accession) {
        send(
                "MSH|^~\\&|REPORTS|NORTH|||20260102||ORU^R01|RES-%1$s|P|2.4\nPID|||PID-%1$s^^^NORTH\nOBR|1|||CT||||||||||||||%1$s|||||||F\nOBX|1|TX|||text||||||F\n"
                        .formatted(accession));
    }

    @Test
    @Order(1)
    void a_start_that_finds_the_journal_gone_says_so_and_puts_nothing_back() {
        List<String> raised = engine.api().exceptionTypes();

        assertThat(raised).filteredOn("broker-journal-lost"::equals).hasSize(1);
        assertThat(queued(EVENTS)).isEmpty();
        assertThat(queued(STATUS)).isEmpty();
    }

    @Test
    @Order(2)
    void an_unknown_destination_and_a_wrong_body_are_refused() {
        EngineApi api = engine.api();

        assertThat(api.post("/api/out/nowhere/refill", "{}").statusCode()).isEqualTo(404);
        assertThat(api.post("/api/out/refill", "{\"anyway\":\"yes\"}").statusCode())
                .isEqualTo(400);
        assertThat(api.post("/api/out/refill", "{\"accessionNumber\":\"\"}").statusCode())
                .isEqualTo(400);
        assertThat(api.get("/api/out/refill").statusCode()).isEqualTo(405);
        assertThat(run("out", "refill", "nowhere").exitCode()).isEqualTo(1);
        assertThat(run("out", "lost").exitCode()).isEqualTo(2);
    }

    @Test
    @Order(3)
    void one_accession_of_one_destination_can_be_put_back() throws JsonProcessingException {
        JsonNode json = EngineApi.JSON.readTree(
                run("out", "refill", "events", "HAVE", "--json").out());

        assertThat(json.path("brokerLost").asBoolean()).isTrue();
        assertThat(json.path("putBack").asInt()).isEqualTo(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(queued(EVENTS)).isEqualTo(eventsOf("HAVE")));
    }

    @Test
    @Order(4)
    void everything_else_comes_back_without_what_was_accepted_or_refused() {
        CommandLine.Said said = run("out", "refill");

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out())
                .contains(
                        "collimator.status: 3 put back; left out: 3 accepted by the receiver, 2 in the dead letters",
                        "collimator.results: 1 put back; left out: 1 accepted by the receiver");
        assertThat(engine.api().exceptions())
                .filteredOn(exception -> exception.path("type").asText().equals("broker-journal-lost"))
                .singleElement()
                .extracting(exception -> exception.path("state").asText())
                .isEqualTo("closed");
        // that of HAVE was there before
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(queued(EVENTS)).containsExactlyInAnyOrderElementsOf(events));
        assertThat(queued(EVENTS).subList(1, events.size()))
                .containsExactlyElementsOf(events.stream()
                        .filter(event -> !event.accession().equals("HAVE"))
                        .toList());

        closed.removeAll(List.of("WAIT/SC", "PART/CA", "WAIT/result"));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(ris.accepted("WAIT")).containsExactly("SC", "CA");
            assertThat(ris.accepted("PART")).containsExactly("SC", "CA");
            assertThat(reports.taken())
                    .filteredOn(report -> report.code().equals("AA"))
                    .extracting(report -> report.field("MSH", 10))
                    .containsExactly("RES-HAVE", "RES-WAIT");
        });
        assertThat(ris.accepted("HAVE")).containsExactly("SC");
        assertThat(attempts("DEAD", "SC")).hasSize(1);
        assertThat(attempts("LATE", "SC")).hasSize(1);
        assertThat(attempts("WAIT", "SC"))
                .extracting(one -> one.field("MSH", 10))
                .containsOnly(attempts("WAIT", "SC").get(0).field("MSH", 10));
        assertThat(attempts("PART", "CA"))
                .extracting(one -> one.field("MSH", 10))
                .containsOnly(attempts("PART", "CA").get(0).field("MSH", 10));
    }

    @Test
    @Order(5)
    void a_second_refill_puts_nothing_back() throws JsonProcessingException {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(outcome("out", "refill", "results", "--anyway", "--json")
                                .path("queues")
                                .path("collimator.results")
                                .path("accepted")
                                .asInt())
                        .isEqualTo(2));
        JsonNode again = outcome("out", "refill", "--json");

        assertThat(again.path("putBack").asInt()).isZero();
        assertThat(queued(EVENTS)).hasSameSizeAs(events);
    }

    @Test
    @Order(6)
    void a_dead_letter_that_is_moved_back_goes_once_and_never_behind_a_newer_status() {
        closed.add("mended");

        letters.forEach(RefillContract::moveBack);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("LATE")).containsExactly("SC"));
        letters.forEach(RefillContract::moveBack);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(skipped("outdated")).isEqualTo(1);
            // and maybe one that the refill put back while it was sent again from aside
            assertThat(skipped("accepted_before")).isGreaterThanOrEqualTo(2);
        });
        assertThat(ris.accepted("LATE")).containsExactly("SC");
        assertThat(ris.accepted("DEAD")).containsExactly("CA");
        assertThat(engine.api().accession("DEAD").path("timeline").findValuesAsText("kind"))
                .containsOnlyOnce("notice.outdated");
    }

    private static double skipped(String reason) {
        String series =
                "collimator_notices_skipped_total{queue=\"collimator.status\",reason=\"%s\"} ".formatted(reason);
        return engine.api()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    @Test
    @Order(7)
    void what_somebody_else_puts_on_the_queue_is_sent_as_it_is() {
        String status = "MSH|^~\\&|X|Y|||20260102||ACK|FOREIGN|P|2.5.1\rOBR|1|||||||||||||||||FOREIGN\r";
        for (int i = 0; i < 2; i++) {
            put(status, Map.of("accessionNumber", "FOREIGN", "outboxId", "7"));
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.taken())
                        .filteredOn(one -> one.field("MSH", 10).equals("FOREIGN"))
                        .hasSize(2));
    }

    private static CommandLine.Said run(String... words) {
        return new CommandLine(engine, home).run(words);
    }

    private static JsonNode outcome(String... words) throws JsonProcessingException {
        return EngineApi.JSON.readTree(run(words).out());
    }

    private static List<Queued> eventsOf(String accession) {
        return events.stream()
                .filter(event -> event.accession().equals(accession))
                .toList();
    }

    private static List<ScriptedRis.Taken> attempts(String accession, String code) {
        return ris.taken().stream()
                .filter(one -> one.field("OBR", 18).equals(accession)
                        && one.field("ORC", 5).equals(code))
                .toList();
    }

    private static void moveBack(Queued letter) {
        put(
                letter.body(),
                Map.of(
                        "accessionNumber", letter.accession(),
                        "JMSXGroupID", letter.accession(),
                        "eventType", letter.eventType(),
                        "outboxId", letter.outboxId()));
    }

    private static void put(String body, Map<String, String> properties) {
        try (ActiveMQConnectionFactory factory = broker();
                JMSContext context = factory.createContext()) {
            TextMessage message = context.createTextMessage(body);
            for (Map.Entry<String, String> property : properties.entrySet()) {
                message.setStringProperty(property.getKey(), property.getValue());
            }
            context.createProducer().send(context.createQueue(STATUS), message);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Queued> queued(String queue) {
        try (ActiveMQConnectionFactory factory = broker();
                JMSContext context = factory.createContext();
                QueueBrowser browser = context.createBrowser(context.createQueue(queue))) {
            List<Queued> found = new ArrayList<>();
            Enumeration<?> messages = browser.getEnumeration();
            while (messages.hasMoreElements()) {
                found.add(queued((TextMessage) messages.nextElement()));
            }
            return found;
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static Queued queued(TextMessage message) {
        try {
            return new Queued(
                    message.getStringProperty("outboxId"),
                    message.getStringProperty("accessionNumber"),
                    message.getStringProperty("eventType"),
                    message.getText());
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static ActiveMQConnectionFactory broker() {
        return new ActiveMQConnectionFactory(
                "tcp://127.0.0.1:" + engine.engine().jms().getPort(),
                "collimator",
                home.read("data/jms.password").strip());
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
