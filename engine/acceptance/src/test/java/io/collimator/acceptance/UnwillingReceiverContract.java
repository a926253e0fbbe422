package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.collimator.acceptance.engine.CommandLine;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.ScriptedRis;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.wiring.EngineParts;
import io.collimator.simulators.PeerAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A receiver that refuses some accessions for ever, and one that takes nothing at all: everything else arrives, in order and
 * once, and people can see and mend what waits.
 */
@Timeout(300)
abstract class UnwillingReceiverContract {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String DESTINATION = "status-delivery";
    private static final int MORE_THAN_CONSUMERS = 6;

    private static final Set<String> refused = Collections.synchronizedSet(new HashSet<>());
    private static final MovedClock clock = new MovedClock(ZoneOffset.UTC, new AtomicReference<>(Duration.ZERO));
    private static ScriptedRis ris;
    private static EngineUnderTest engine;
    private static TestHome home;
    private static Map<String, String> settings;
    private static volatile boolean takesNothing;

    /** The system's clock, some hours on. */
    private static final class MovedClock extends Clock {

        private final ZoneId zone;
        private final AtomicReference<Duration> ahead;

        MovedClock(ZoneId zone, AtomicReference<Duration> ahead) {
            this.zone = zone;
            this.ahead = ahead;
        }

        void move(Duration more) {
            ahead.updateAndGet(before -> before.plus(more));
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new MovedClock(other, ahead);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead.get());
        }
    }

    static void open(Path folder, Map<String, String> store) {
        ris = new ScriptedRis(UnwillingReceiverContract::answer);
        home = TestHome.create(folder)
                .withModality(PeerAddress.loopback(new AeTitle("CT1"), 11113))
                .withStation("CT", "CT1");
        settings = new HashMap<>(store);
        settings.put("collimator.status-delivery.host", "127.0.0.1");
        settings.put("collimator.status-delivery.port", String.valueOf(ris.port()));
        settings.put("collimator.status-delivery.park-after-minutes", "60");
        start();
    }

    private static void start() {
        engine = EngineUnderTest.start(
                home,
                settings,
                new EngineParts(clock, UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity()));
    }

    static void close() {
        engine.close();
        ris.close();
    }

    private static String answer(ScriptedRis.Taken status) {
        String accession = status.field("OBR", 18);
        if (accession.startsWith("ERR") && refused.contains(accession)) {
            return "AE";
        }
        return takesNothing || refused.contains(accession) ? "AR" : "AA";
    }

    @AfterEach
    void takeEverything() {
        takesNothing = false;
        refused.clear();
        assertThat(engine.api().post("/api/out/status/resume", "{}").statusCode())
                .isEqualTo(200);
        await("nothing waits")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(out().path("waiting").asInt(-1)).isZero());
    }

    @Test
    void more_accessions_than_consumers_are_refused_and_all_others_arrive_in_order_and_once() {
        List<String> poisoned = new ArrayList<>();
        List<String> honest = new ArrayList<>();
        for (int number = 0; number < MORE_THAN_CONSUMERS; number++) {
            poisoned.add("POISON" + number);
            honest.add("HONEST" + number);
            refused.add("POISON" + number);
        }
        poisoned.forEach(UnwillingReceiverContract::orderAndCancel);
        honest.forEach(UnwillingReceiverContract::orderAndCancel);

        for (String accession : honest) {
            await(accession)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ris.accepted(accession)).containsExactly("SC", "CA"));
        }
        for (String accession : poisoned) {
            await(accession + " waits aside, both of it")
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(held(accession).path("messages").asInt()).isEqualTo(2));
            assertThat(held(accession).path("state").asText()).isEqualTo("waiting");
            assertThat(held(accession).path("reason").asText()).contains("answered \"AR\"");
        }
        assertThat(answersTo("POISON0")).as("only the first one is tried").containsOnly("SC");

        refused.clear();
        for (String accession : poisoned) {
            await(accession)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ris.accepted(accession)).containsExactly("SC", "CA"));
        }
    }

    @Test
    void what_is_refused_for_too_long_is_parked_also_over_a_restart_until_a_person_sends_it_again() {
        refused.add("PARK1");
        orderAndCancel("PARK1");
        awaitHeld("PARK1");
        order("FREE1");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("FREE1")).containsExactly("SC"));
        clock.move(Duration.ofHours(2));

        JsonNode exception = awaitException("PARK1");
        assertThat(exception.path("summary").asText()).contains("answered \"AR\"", "collimator out retry");
        assertThat(held("PARK1").path("state").asText()).isEqualTo("parked");
        await("health says so")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(engine.api().get("/health/ready").body())
                                .contains("1 accessions wait for a person"));
        assertThat(engine.api().get("/metrics").body())
                .contains(
                        "collimator_destination_held_accessions{destination=\"status-delivery\",state=\"parked\"} 1.0");

        engine.close();
        start();
        refused.clear();
        order("FREE2");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("FREE2")).containsExactly("SC"));
        assertThat(ris.accepted("PARK1")).isEmpty();
        assertThat(command("retry", DESTINATION, "PARK1")).contains("1 accessions are sent again");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("PARK1")).containsExactly("SC", "CA"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(awaitException("PARK1").path("state").asText())
                                .isEqualTo("closed"));
        assertThat(timeline("PARK1")).contains("delivery.parked", "delivery.retried");
    }

    @Test
    void a_message_that_is_dropped_with_a_reason_lets_the_next_one_go() {
        refused.add("DROP1");
        orderAndCancel("DROP1");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(held("DROP1").path("messages").asInt()).isEqualTo(2));
        assertThat(command("list")).contains("DROP1", "waiting");
        assertThat(command("park", "status", "DROP1")).contains("DROP1 is parked");
        refused.clear();

        assertThat(command("drop", "collimator.status", "DROP1", "--reason", "entered by hand at the RIS"))
                .contains("1 messages are dropped");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("DROP1")).containsExactly("CA"));
        assertThat(timeline("DROP1")).contains("delivery.parked", "delivery.dropped");
        assertThat(engine.api().accession("DROP1").path("timeline").toString()).contains("entered by hand at the RIS");
    }

    @Test
    void while_nothing_at_all_gets_through_for_hours_nothing_is_parked_and_then_all_arrives_in_order_and_once() {
        takesNothing = true;
        for (int number = 0; number < MORE_THAN_CONSUMERS; number++) {
            orderAndCancel("HOURS" + number);
        }
        await("it is tried again")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.taken())
                        .filteredOn(one -> one.field("OBR", 18).startsWith("HOURS"))
                        .hasSizeGreaterThan(MORE_THAN_CONSUMERS));
        for (int hour = 0; hour < 5; hour++) {
            clock.move(Duration.ofHours(1));
            int before = ris.taken().size();
            await("it is tried still")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ris.taken()).hasSizeGreaterThan(before + 1));
        }
        assertThat(engine.api().exceptions().toString()).doesNotContain("HOURS");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(out().path("state").asText()).isEqualTo("waiting"));

        takesNothing = false;
        for (int number = 0; number < MORE_THAN_CONSUMERS; number++) {
            String accession = "HOURS" + number;
            await(accession)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ris.accepted(accession)).containsExactly("SC", "CA"));
        }
    }

    @Test
    void a_destination_that_a_person_has_stopped_gets_nothing_until_it_goes_on() {
        assertThat(command("pause", DESTINATION)).contains("paused");
        orderAndCancel("STOP1");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(out().path("state").asText()).isEqualTo("paused"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(out().path("waiting").asInt()).isEqualTo(2));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.api().get("/health/ready").body()).contains("Stopped by a person"));
        assertThat(ris.accepted("STOP1")).isEmpty();

        engine.close();
        start();
        assertThat(ris.accepted("STOP1")).isEmpty();
        assertThat(command("resume", DESTINATION)).contains("goes on");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("STOP1")).containsExactly("SC", "CA"));
    }

    @Test
    void dead_letters_are_shown_with_their_reason_and_moved_back_or_dropped() {
        refused.add("ERR1");
        refused.add("ERR2");
        order("ERR1");
        order("ERR2");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(out().path("deadLetters"))
                        .extracting(letter -> letter.path("accessionNumber").asText())
                        .contains("ERR1", "ERR2"));
        assertThat(out().path("deadLetters").toString()).contains("answered \\\"AE\\\"");
        refused.clear();

        assertThat(command("retry", DESTINATION, "ERR1", "--dead-letters")).contains("1 dead letters are back");
        assertThat(command("drop", DESTINATION, "ERR2", "--dead-letters", "--reason", "told by phone"))
                .contains("1 messages are dropped");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ris.accepted("ERR1")).containsExactly("SC"));
        assertThat(timeline("ERR2")).contains("delivery.dropped");
        assertThat(ris.accepted("ERR2")).isEmpty();
        assertThat(out().path("deadLetters").toString()).doesNotContain("ERR1", "ERR2");
    }

    @Test
    void what_is_not_there_is_named_and_nothing_is_changed() {
        assertThat(engine.api().post("/api/out/nobody/retry", "{}").statusCode())
                .isEqualTo(404);
        assertThat(engine.api().post("/api/out/status/park", "{}").statusCode()).isEqualTo(400);
        assertThat(engine.api()
                        .post("/api/out/status/drop", "{\"accessionNumber\":\"NONE\",\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(engine.api()
                        .post("/api/out/status/drop", "{\"accessionNumber\":\"NONE\"}")
                        .statusCode())
                .as("no reason")
                .isEqualTo(400);
    }

    private static void order(String accession) {
        assertThat(engine.send(Messages.order(accession)).code()).isEqualTo("AA");
    }

    private static void orderAndCancel(String accession) {
        order(accession);
        assertThat(engine.send(Messages.order(accession, "CA")).code()).isEqualTo("AA");
    }

    private static List<String> answersTo(String accession) {
        return ris.taken().stream()
                .filter(one -> one.field("OBR", 18).equals(accession))
                .map(one -> one.field("ORC", 5))
                .toList();
    }

    private static JsonNode out() {
        try {
            JsonNode items =
                    EngineApi.JSON.readTree(engine.api().get("/api/out").body()).path("items");
            return StreamSupport.stream(items.spliterator(), false)
                    .filter(item -> item.path("destination").asText().equals(DESTINATION))
                    .findFirst()
                    .orElseThrow();
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    /** What of an accession waits aside; a missing node when nothing does. */
    private static JsonNode held(String accession) {
        return StreamSupport.stream(out().path("held").spliterator(), false)
                .filter(line -> line.path("accessionNumber").asText().equals(accession))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private static void awaitHeld(String accession) {
        await(accession + " waits aside")
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(held(accession).path("attempts").asInt()).isGreaterThan(1));
    }

    private static JsonNode awaitException(String accession) {
        return await("an exception of " + accession)
                .atMost(PATIENCE)
                .until(
                        () -> StreamSupport.stream(engine.api().exceptions().spliterator(), false)
                                .filter(one -> one.path("type").asText().equals("delivery-parked")
                                        && one.path("accessionNumber").asText().equals(accession))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private static List<String> timeline(String accession) {
        return engine.api().accession(accession).path("timeline").findValuesAsText("kind");
    }

    private static String command(String... words) {
        List<String> all = new ArrayList<>(List.of("out"));
        all.addAll(List.of(words));
        CommandLine.Said said = new CommandLine(engine, home).run(all.toArray(String[]::new));
        assertThat(said.exitCode()).as(said.toString()).isZero();
        return said.out();
    }
}
