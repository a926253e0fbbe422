package io.collimator.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.engine.console.HealthState.Level;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadinessTest {

    @Test
    void a_part_that_hangs_is_named_and_keeps_nobody_waiting() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (Readiness readiness = new Readiness(
                "a killed process",
                List.of(
                        new HealthPart("database", () -> {
                            asked.incrementAndGet();
                            await(never);
                            return HealthState.up("never said");
                        }),
                        new HealthPart("broker", () -> HealthState.up("It answers."))),
                Clock.systemUTC())) {
            Readiness.Report first = readiness.report();
            Readiness.Report second = readiness.report();

            assertThat(first.names(Level.DOWN)).containsExactly("database");
            assertThat(second.states().get("database").detail()).contains("has not answered since");
            assertThat(second.states().get("database").since()).isNotNull();
            assertThat(second.names(Level.UP)).containsExactly("broker");
            assertThat(asked).as("one probe at a time").hasValue(1);
        } finally {
            never.countDown();
        }
    }

    @Test
    void degraded_parts_are_named_and_do_not_make_it_unready() {
        try (Readiness readiness = new Readiness(
                "a killed process",
                List.of(new HealthPart("status-delivery", () -> HealthState.degraded("It waits."))),
                Clock.systemUTC())) {
            Readiness.Report report = readiness.report();

            assertThat(report.isReady()).isTrue();
            assertThat(report.names(Level.DEGRADED)).containsExactly("status-delivery");
            assertThat(report.states().get("status-delivery").since()).isNotNull();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
