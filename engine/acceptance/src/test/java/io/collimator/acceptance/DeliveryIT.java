package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.ScriptedRis;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Status and results on their way to a receiver: what it answers decides, and only AA ends it. */
@Timeout(180)
class DeliveryIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SCHEDULED = "SC";
    private static final String CANCELLED = "CA";

    @TempDir
    private static Path folder;

    private static final AtomicBoolean ready = new AtomicBoolean();
    private static ScriptedRis ris;
    private static ScriptedRis reports;
    private static EngineUnderTest engine;

    @BeforeAll
    static void start() {
        ris = new ScriptedRis(DeliveryIT::answer);
        reports = new ScriptedRis(message -> "AA");
        TestHome home = TestHome.create(folder)
                .withModality(PeerAddress.loopback(new AeTitle("CT1"), 11113))
                .withStation("CT", "CT1");
        String route = "routes/50-deliver-status.camel.yaml";
        home.write(
                route,
                home.read(route)
                        .replace(
                                "        - bean:\n            ref: outbound\n            method: write\n",
                                "        - setHeader: {name: CollimatorTemplate, constant: status-orm-2.3.1}\n"
                                        + "        - bean: {ref: outbound, method: write}\n"));
        engine = EngineUnderTest.start(
                home,
                Map.of(
                        "collimator.status-delivery.host", "127.0.0.1",
                        "collimator.status-delivery.port", String.valueOf(ris.port()),
                        "collimator.status-delivery.receiving-application", "NORTHRIS",
                        "collimator.results-delivery.host", "127.0.0.1",
                        "collimator.results-delivery.port", String.valueOf(reports.port())));
    }

    @AfterAll
    static void stop() {
        engine.close();
        ris.close();
        reports.close();
    }

    private static String answer(ScriptedRis.Taken status) {
        return switch (status.field("OBR", 18)) {
            case "WAITS" -> ready.get() ? "AA" : "AR";
            case "WRONG" -> status.field("ORC", 5).equals(SCHEDULED) ? "AE" : "AA";
            default -> "AA";
        };
    }

    @Test
    void a_rejected_status_holds_up_its_own_accession_only_and_order_is_kept() {
        for (String accession : new String[] {"WAITS", "GOES"}) {
            assertThat(engine.send(Messages.order(accession)).code()).isEqualTo("AA");
            assertThat(engine.send(Messages.order(accession, "CA")).code()).isEqualTo("AA");
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("GOES")).containsExactly(SCHEDULED, CANCELLED));
        assertThat(ris.accepted("WAITS")).isEmpty();
        assertThat(ris.taken())
                .filteredOn(one -> one.field("OBR", 18).equals("WAITS"))
                .extracting(one -> one.field("ORC", 5))
                .containsOnly(SCHEDULED);

        ready.set(true);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("WAITS")).containsExactly(SCHEDULED, CANCELLED));
    }

    @Test
    void a_status_leaves_in_the_form_of_its_template() {
        assertThat(engine.send(Messages.order("FORM1")).code()).isEqualTo("AA");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("FORM1")).containsExactly(SCHEDULED));
        assertThat(ris.taken())
                .filteredOn(one -> one.field("OBR", 18).equals("FORM1"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.field("MSH", 9)).isEqualTo("ORM^O01");
                    assertThat(one.field("MSH", 12)).isEqualTo("2.3.1");
                    assertThat(one.field("MSH", 5)).isEqualTo("NORTHRIS");
                    assertThat(one.field("ORC", 2)).isEqualTo("ORD-FORM1^NORTHRIS");
                    assertThat(one.field("PID", 5)).isEqualTo("TEST^FORM1");
                });
    }

    @Test
    void an_application_error_ends_in_the_dead_letters_with_its_reason_and_the_accession_goes_on() {
        assertThat(engine.send(Messages.order("WRONG")).code()).isEqualTo("AA");
        assertThat(engine.send(Messages.order("WRONG", "CA")).code()).isEqualTo("AA");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("WRONG")).containsExactly(CANCELLED));
        Map<String, String> letter = await().atMost(PATIENCE).until(DeliveryIT::deadLetter, found -> !found.isEmpty());
        assertThat(letter.get("collimatorReason")).contains("is answered \"AE\"");
        assertThat(letter.get("accessionNumber")).isEqualTo("WRONG");
        assertThat(letter.get("body")).as("as it stood on the queue").contains("|ORM^O01^ORM_O01|", "|2.5.1|");
        EngineApi api = engine.api();
        JsonNode exception = await().atMost(PATIENCE)
                .until(
                        () -> {
                            for (JsonNode one : api.exceptions()) {
                                if (one.path("type").asText().equals("notice-undelivered")) {
                                    return one;
                                }
                            }
                            return null;
                        },
                        found -> found != null);
        assertThat(exception.toString()).contains("WRONG", "collimator.status", "AE");
    }

    @Test
    void results_leave_as_they_came() {
        String result = "MSH|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102||ORU^R01|RES-1|P|2.4||||||UNICODE UTF-8\r"
                + "PID|||1||M\u00fcller^\u6f22\rOBR|1|||CT||||||||||||||RES1\rOBX|1|TX|||text||||||F\r";
        try (ActiveMQConnectionFactory factory = broker();
                JMSContext context = factory.createContext()) {
            context.createProducer()
                    .setProperty("accessionNumber", "RES1")
                    .setProperty("JMSXGroupID", "RES1")
                    .send(context.createQueue("collimator.results"), result);
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reportsOf("RES1"))
                        .extracting(ScriptedRis.Taken::message)
                        .containsExactly(result.replace('\r', '\n')));
    }

    @Test
    void a_report_on_two_accessions_leaves_as_two_that_a_receiver_can_tell_apart() {
        for (String accession : new String[] {"DUO1", "DUO2"}) {
            assertThat(engine.send(Er7.order(accession)
                                    .set("PID", 3, "PID-DUO^^^NORTH")
                                    .toString())
                            .code())
                    .isEqualTo("AA");
        }

        assertThat(engine.send("MSH|^~\\&|REPORTS|NORTH|||20260102||ORU^R01|DUO-1|P|2.4\nPID|||PID-DUO^^^NORTH\n"
                                + "OBR|1|||CT||||||||||||||DUO1|||||||F\nOBX|1|TX|||one||||||F\n"
                                + "OBR|2|||CT||||||||||||||DUO2|||||||F\nOBX|1|TX|||two||||||F\n")
                        .code())
                .isEqualTo("AA");

        for (String accession : new String[] {"DUO1", "DUO2"}) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(reportsOf(accession)).hasSize(1));
        }
        assertThat(reportsOf("DUO1").get(0).field("MSH", 10)).isEqualTo("DUO-1");
        assertThat(reportsOf("DUO2").get(0).field("MSH", 10))
                .isNotEqualTo("DUO-1")
                .isNotEmpty();
    }

    private static List<ScriptedRis.Taken> reportsOf(String accession) {
        return reports.taken().stream()
                .filter(report -> report.field("OBR", 18).equals(accession))
                .toList();
    }

    private static ActiveMQConnectionFactory broker() {
        return new ActiveMQConnectionFactory(
                "tcp://127.0.0.1:" + engine.engine().jms().getPort(),
                "collimator",
                engine.home().read("data/jms.password").strip());
    }

    /** Properties and body of the first dead letter; empty when there is none. */
    private static Map<String, String> deadLetter() throws Exception {
        Map<String, String> letter = new HashMap<>();
        try (ActiveMQConnectionFactory factory = broker();
                JMSContext context = factory.createContext();
                QueueBrowser browser = context.createBrowser(context.createQueue("collimator.dead-letters"))) {
            Enumeration<?> messages = browser.getEnumeration();
            if (messages.hasMoreElements() && messages.nextElement() instanceof Message message) {
                letter.put("collimatorReason", message.getStringProperty("collimatorReason"));
                letter.put("accessionNumber", message.getStringProperty("accessionNumber"));
                letter.put("body", message instanceof TextMessage text ? text.getText() : "");
            }
        }
        return letter;
    }
}
