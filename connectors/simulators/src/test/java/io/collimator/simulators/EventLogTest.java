package io.collimator.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private final EventLog<Object> log = new EventLog<>();

    @Test
    void an_event_that_comes_later_is_waited_for() throws Exception {
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() ->
                log.await(String.class, "b"::equals, Duration.ofSeconds(10)).orElse("none"));

        log.add(1);
        log.add("a");
        log.add("b");

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo("b");
        assertThat(log.all(String.class)).containsExactly("a", "b");
    }

    @Test
    void an_event_that_does_not_come_is_none() {
        log.add("a");

        assertThat(log.await(String.class, "b"::equals, Duration.ofMillis(20))).isEmpty();
    }

    @Test
    void the_oldest_go_when_there_are_too_many() {
        for (int i = 0; i < 10_001; i++) {
            log.add(i);
        }

        assertThat(log.all()).hasSize(10_000).startsWith(1);
    }
}
