package io.collimator.engine.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LineBudgetTest {

    private Instant now = Instant.parse("2026-11-30T08:00:00Z");
    private final InstantSource time = () -> now;
    private final LineBudget lines = new LineBudget(2, time.withZone(ZoneOffset.UTC));

    @Test
    void so_many_lines_a_minute_are_written_and_the_next_one_tells_of_the_rest() {
        assertThat(lines.next()).contains("");
        assertThat(lines.next()).contains("");
        assertThat(lines.next()).isEmpty();
        assertThat(lines.next()).isEmpty();

        now = now.plusSeconds(60);

        assertThat(lines.next()).contains(" 2 more of the kind were not logged.");
        assertThat(lines.next()).contains("");
    }

    @Test
    void a_clock_that_was_put_back_stops_no_line() {
        lines.next();
        lines.next();

        now = now.minusSeconds(3_600);

        assertThat(lines.next()).contains("");
    }
}
