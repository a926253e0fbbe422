package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.ScriptedRis;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Routes of an analyst that ask messages by field, and a program that may read their queues. */
@Timeout(180)
class RoutesByFieldIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path EXAMPLE = Path.of("..", "..", "docs", "examples", "70-copy-ct-orders.camel.yaml");
    private static final String ORDERS = "routes/10-accept-orders.camel.yaml";
    private static final String STATUS = "routes/50-deliver-status.camel.yaml";

    @TempDir
    private static Path folder;

    private static ScriptedRis ris;
    private static EngineUnderTest engine;

    @BeforeAll
    static void start() throws IOException {
        ris = new ScriptedRis(message -> "AA");
        TestHome home = TestHome.create(folder)
                .withModality(PeerAddress.loopback(new AeTitle("CT1"), 11113))
                .withStation("CT", "CT1");
        home.write("routes/70-copy-ct-orders.camel.yaml", Files.readString(EXAMPLE));
        home.write(
                ORDERS,
                home.read(ORDERS).replace("method: accept\n", "method: accept\n        - to: direct:copy-ct-orders\n"));
        home.write(
                STATUS,
                home.read(STATUS)
                        .replace(
                                "      steps:\n        # Another form",
                                "      steps:\n        - setProperty: {name: state, hl7terser: ORC-5}\n"
                                        + "        - filter: {simple: \"${exchangeProperty.state} == 'SC'\", steps: [{stop: {}}]}\n"
                                        + "        # Another form"));
        assertThat(home.read(STATUS)).contains("hl7terser");
        engine = EngineUnderTest.start(
                home,
                Map.of(
                        "collimator.jms.queues", "site.ct-orders",
                        "collimator.status-delivery.host", "127.0.0.1",
                        "collimator.status-delivery.port", String.valueOf(ris.port())));
    }

    @AfterAll
    static void stop() {
        engine.close();
        ris.close();
    }

    @Test
    void orders_are_chosen_by_a_field_and_a_reader_takes_them_and_sends_nothing() throws Exception {
        String mr = Messages.order("MRORDER").replace("||||CT|||", "||||MR|||");
        assertThat(engine.send(mr).code()).isEqualTo("AA");
        assertThat(engine.send(Messages.order("CTORDER")).code()).isEqualTo("AA");

        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(
                        "tcp://" + engine.engine().jms().getHostString() + ":"
                                + engine.engine().jms().getPort());
                JMSContext reader = factory.createContext(
                        "collimator-reader",
                        engine.home().read("data/jms-reader.password").strip());
                JMSConsumer orders = reader.createConsumer(reader.createQueue("site.ct-orders"))) {
            List<String> copies = new ArrayList<>();
            while (copies.stream().noneMatch(copy -> copy.contains("CTORDER"))) {
                BytesMessage copy = (BytesMessage) orders.receive(PATIENCE.toMillis());
                assertThat(copy).isNotNull();
                byte[] content = new byte[(int) copy.getBodyLength()];
                copy.readBytes(content);
                copies.add(new String(content, StandardCharsets.UTF_8));
            }
            assertThat(copies).noneSatisfy(copy -> assertThat(copy).contains("MRORDER"));

            assertThatThrownBy(() -> reader.createProducer().send(reader.createQueue("collimator.status"), "forged"))
                    .isInstanceOf(JMSRuntimeException.class);
        }
    }

    @Test
    void notices_are_held_back_by_a_field() {
        assertThat(engine.send(Messages.order("FIRST")).code()).isEqualTo("AA");
        assertThat(engine.send(Messages.order("FIRST", "CA")).code()).isEqualTo("AA");

        // in the order of the accession: what came first would be there
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("FIRST")).containsExactly("CA"));
    }
}
