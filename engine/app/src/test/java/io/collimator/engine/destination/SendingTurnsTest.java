package io.collimator.engine.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.engine.destination.SendingTurns.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SendingTurnsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final SendingTurns turns = new SendingTurns(
            new Pauses(Duration.ofMillis(10), Duration.ofMillis(40)), Clock.fixed(NOW, ZoneOffset.UTC));
    private final ExecutorService senders = Executors.newCachedThreadPool();
    private final List<String> having = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        turns.close();
        senders.shutdownNow();
    }

    private Future<?> wants(String message) {
        return senders.submit(() -> {
            boolean waited = turns.take(message);
            having.add(message);
            return waited;
        });
    }

    @Test
    void while_something_gets_through_nobody_waits() {
        turns.failed("A", false);
        turns.failed("B", false);

        assertThat(turns.take("C")).isFalse();
        assertThat(turns.take("D")).isFalse();
    }

    @Test
    void without_a_connection_one_at_a_time_is_tried_until_one_gets_through() {
        turns.failed("A", true);
        wants("B");
        wants("C");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(having).hasSize(1));

        String first = having.get(0);
        turns.failed(first, true);
        await("the other one has its turn")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(having).hasSize(2));
        turns.gotThrough();

        assertThat(turns.take("D")).isFalse();
        assertThat(turns.othersGetThrough(NOW.minusSeconds(1)))
                .as("the outage does not count")
                .contains(NOW);
        assertThat(turns.othersGetThrough(NOW)).isEmpty();
    }

    @Test
    void three_in_a_row_that_are_not_taken_are_taken_for_a_receiver_that_takes_nothing() {
        for (String message : List.of("A", "B", "C")) {
            turns.take(message);
            turns.failed(message, false);
        }
        wants("D");
        wants("E");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(having).hasSize(1));

        turns.leave(having.get(0));
        await("who leaves lets the next one try")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(having).hasSize(2));
    }

    @Test
    void nobody_sends_what_a_person_has_stopped() {
        turns.pause(true);
        wants("A");
        turns.tryNow();
        assertThat(having).isEmpty();

        turns.pause(false);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(having).containsExactly("A"));
    }

    @Test
    void who_waits_when_the_engine_stops_is_told_so() {
        turns.pause(true);
        Future<?> waiting = wants("A");

        turns.close();

        assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(EngineStopsException.class);
    }

    @Test
    void pauses_double_up_to_the_longest() {
        Pauses pauses = new Pauses(Duration.ofSeconds(2), Duration.ofSeconds(15));

        assertThat(List.of(pauses.after(1), pauses.after(2), pauses.after(4), pauses.after(1_000)))
                .containsExactly(
                        Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(15), Duration.ofSeconds(15));
        assertThat(pauses.aside(1_000)).isEqualTo(Duration.ofMinutes(1));
    }
}
