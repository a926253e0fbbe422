package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.ScriptedRis;
import io.collimator.acceptance.engine.ScriptedRis.Taken;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.hl7.mllp.MllpClient;
import io.collimator.hl7.mllp.MllpClientSettings;
import io.collimator.simulators.PeerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several receivers by config/receivers.yaml: each gets what is for it, in its form, whatever the others do. */
@Timeout(180)
class ReceiversIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path EXAMPLE = Path.of("..", "..", "docs", "examples", "80-copy-orders.camel.yaml");
    private static final String ORDERS = "routes/10-accept-orders.camel.yaml";
    private static final Set<String> refused = ConcurrentHashMap.newKeySet();

    @TempDir
    private static Path folder;

    private static ScriptedRis north;
    private static ScriptedRis west;
    private static ScriptedRis board;
    private static ScriptedRis copies;
    private static EngineUnderTest engine;

    @BeforeAll
    static void start() throws IOException {
        north = new ScriptedRis(ReceiversIT::answer);
        west = new ScriptedRis(ReceiversIT::answer);
        board = new ScriptedRis(any -> "AA");
        copies = new ScriptedRis(ReceiversIT::answer, StandardCharsets.ISO_8859_1);
        TestHome home = TestHome.create(folder)
                .withModality(PeerAddress.loopback(new AeTitle("CT1"), 11113))
                .withStation("CT", "CT1");
        home.write("routes/80-copy-orders.camel.yaml", Files.readString(EXAMPLE));
        home.write(
                ORDERS,
                home.read(ORDERS).replace("method: accept\n", "method: accept\n        - to: direct:copy-orders\n"));
        home.write("config/receivers.yaml", """
                receivers:
                  RIS-WEST:
                    takes: status
                    host: 127.0.0.1
                    port: %d
                    sendingApplication: [WESTRIS, OLDWEST]
                    template: status-orm-2.3.1
                    receivingApplication: WESTRIS
                    receivingFacility: WEST
                  BOARD:
                    takes: status
                    host: 127.0.0.1
                    port: %d
                    eventTypes: [status.cancelled]
                  ORDER-COPIES: {takes: site.order-copies, host: 127.0.0.1, port: %d}
                """.formatted(west.port(), board.port(), copies.port()));
        engine = EngineUnderTest.start(
                home,
                Map.of(
                        "collimator.jms.queues", "site.order-copies",
                        "collimator.status-delivery.host", "127.0.0.1",
                        "collimator.status-delivery.port", String.valueOf(north.port())));
    }

    @AfterAll
    static void stop() {
        engine.close();
        List.of(north, west, board, copies).forEach(ScriptedRis::close);
    }

    private static String answer(Taken message) {
        return refused.contains(message.field("OBR", 18)) ? "AR" : "AA";
    }

    private static void order(String accession, String control, String sender) {
        String order =
                Messages.order(accession, control).replaceFirst("NORTHRIS\\|NORTH GENERAL", sender + "|HOSPITAL");
        assertThat(engine.send(order).code()).isEqualTo("AA");
    }

    @Test
    void a_status_goes_to_the_ris_that_ordered_in_its_own_form_and_a_copy_by_its_event() {
        order("OFWEST", "NW", "WESTRIS");
        order("OFWEST", "CA", "WESTRIS");
        order("OFNORTH", "NW", "NORTHRIS");
        order("OFNORTH", "CA", "NORTHRIS");

        awaitAccepted(west, "OFWEST", "SC", "CA");
        awaitAccepted(north, "OFNORTH", "SC", "CA");
        awaitAccepted(board, "OFWEST", "CA");
        awaitAccepted(board, "OFNORTH", "CA");
        assertThat(north.accepted("OFWEST")).isEmpty();
        assertThat(west.accepted("OFNORTH")).isEmpty();
        assertThat(west.taken())
                .filteredOn(one -> one.field("OBR", 18).equals("OFWEST"))
                .allSatisfy(one -> {
                    assertThat(one.field("MSH", 12)).isEqualTo("2.3.1");
                    assertThat(one.field("MSH", 5)).isEqualTo("WESTRIS");
                    assertThat(one.field("MSH", 6)).isEqualTo("WEST");
                });
        assertThat(board.taken())
                .allSatisfy(one -> assertThat(one.field("MSH", 12)).isEqualTo("2.5.1"));
    }

    @Test
    void what_one_does_not_take_waits_for_it_alone_and_arrives_in_order() {
        refused.add("STUBBORN");
        order("STUBBORN", "NW", "OLDWEST");
        order("STUBBORN", "CA", "OLDWEST");

        await("it waits")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(held("RIS-WEST", "STUBBORN")).isEqualTo(2));
        awaitAccepted(board, "STUBBORN", "CA");
        order("EASY", "NW", "WESTRIS");
        awaitAccepted(west, "EASY", "SC");

        assertThat(engine.api().post("/api/out/RIS-WEST/refill", "{}").statusCode())
                .as("a receiver is a destination of every action")
                .isEqualTo(200);
        refused.remove("STUBBORN");
        awaitAccepted(west, "STUBBORN", "SC", "CA");
    }

    @Test
    void each_order_is_copied_byte_for_byte_and_one_that_is_not_taken_keeps_its_place() throws IOException {
        refused.add("COPY1");
        String umlaut = Messages.order("COPY1").replace("TEST^COPY1", "M\u00dcLLER^J\u00d6RG");
        String declared = umlaut.replaceFirst("\\|P\\|2\\.3\\.1", "|P|2.3.1||||||8859/1");
        try (MllpClient latin = new MllpClient(MllpClientSettings.of(
                engine.engine().mllp().getHostString(), engine.engine().mllp().getPort()))) {
            byte[] content = declared.replace('\n', '\r').getBytes(StandardCharsets.ISO_8859_1);
            assertThat(latin.send(content).code()).isEqualTo("AA");
        }
        order("COPY1", "CA", "NORTHRIS");

        await("it waits, both of it")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(waiting("ORDER-COPIES")).isEqualTo(2));
        order("COPY2", "NW", "NORTHRIS");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(copied("COPY2")).containsExactly("NW"));

        refused.remove("COPY1");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(copied("COPY1")).containsExactly("NW", "CA"));
        assertThat(copies.taken())
                .filteredOn(one -> one.field("OBR", 18).equals("COPY1"))
                .first()
                .extracting(Taken::message)
                .isEqualTo(declared);
    }

    private static List<String> copied(String accession) {
        return copies.taken().stream()
                .filter(one -> one.code().equals("AA") && one.field("OBR", 18).equals(accession))
                .map(one -> one.field("ORC", 1))
                .toList();
    }

    private static void awaitAccepted(ScriptedRis ris, String accession, String... states) {
        await(accession)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted(accession)).containsExactly(states));
    }

    private static JsonNode out(String destination) {
        try {
            for (JsonNode item :
                    EngineApi.JSON.readTree(engine.api().get("/api/out").body()).path("items")) {
                if (item.path("destination").asText().equals(destination)) {
                    return item;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The list is no JSON.", e);
        }
        throw new AssertionError("There is no destination " + destination + ".");
    }

    /** Messages of an accession that wait aside. */
    private static int held(String destination, String accession) {
        for (JsonNode line : out(destination).path("held")) {
            if (line.path("accessionNumber").asText().equals(accession)) {
                return line.path("messages").asInt();
            }
        }
        return 0;
    }

    /** All that waits for a destination. */
    private static int waiting(String destination) {
        return out(destination).path("waiting").asInt();
    }
}
