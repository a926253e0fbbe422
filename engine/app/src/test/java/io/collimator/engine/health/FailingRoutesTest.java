package io.collimator.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.camel.watch.RouteListener.End;
import io.collimator.camel.watch.RouteListener.Work;
import io.collimator.camel.watch.StepFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FailingRoutesTest {

    private static final StepFailure FAILURE =
            new StepFailure("to2", "jms://queue:x", Duration.ZERO, new IllegalStateException("DOE^JANE"));
    private final FailingRoutes routes =
            new FailingRoutes(Clock.fixed(Instant.parse("2026-11-22T08:15:00Z"), ZoneOffset.UTC));

    private void end(End... ends) {
        for (End end : ends) {
            routes.ended(new Work("accept-orders", "1", ""), end, end == End.WELL ? null : FAILURE);
        }
    }

    @Test
    void a_route_is_named_after_three_failures_in_a_row_with_step_and_class_and_without_content() {
        end(End.FAILED, End.GIVEN_UP);
        assertThat(routes.now()).isEmpty();

        end(End.FAILED);

        assertThat(routes.now())
                .singleElement()
                .asString()
                .isEqualTo(
                        "accept-orders failed 3 times in a row since 2026-11-22T08:15:00Z, last at step to2 (IllegalStateException)");
    }

    @Test
    void one_that_ends_well_or_refuses_on_purpose_does_its_work() {
        end(End.FAILED, End.FAILED, End.FAILED, End.WELL);
        assertThat(routes.now()).isEmpty();
        end(End.REFUSED, End.REFUSED, End.REFUSED, End.REFUSED);
        assertThat(routes.now()).isEmpty();
    }
}
