package io.collimator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.bench.Candidate.Kind;
import io.collimator.bench.Candidate.Store;
import io.collimator.bench.Measurement.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Results results = new Results();

    @Test
    void ratios_are_taken_within_a_round() {
        measured(Kind.JDBC, 16, 1, 100);
        measured(Kind.ENGINE, 16, 1, 150);
        measured(Kind.JDBC, 16, 2, 10);
        measured(Kind.ENGINE, 16, 2, 13);
        measured(Kind.JDBC, 16, 3, 100);
        measured(Kind.ENGINE, 16, 3, 110);

        String text = report(Map.of()).markdown();

        assertThat(text).contains("| PostgreSQL, fsync on | 16 | **1.30** (1.10–1.50) | 1.2 | reached |");
    }

    @Test
    void a_goal_that_is_missed_is_said_to_be() {
        measured(Kind.JDBC, 1, 1, 100);
        measured(Kind.ENGINE, 1, 1, 80);

        String text = report(Map.of()).markdown();

        assertThat(text).contains("**0.80** (0.80–0.80) | 0.9 | missed |");
    }

    @Test
    void a_lost_order_is_told_and_fails_the_run() {
        Report report = report(Map.of("Collimator", new WorklistCheck.Outcome(10, 9, 1, 0)));

        assertThat(report.isEveryOrderFoundOnce()).isFalse();
        assertThat(report.markdown()).contains("10 orders acknowledged since the start, 9 found exactly once");
    }

    @Test
    void the_chart_has_a_bar_for_each_server() {
        measured(Kind.JDBC, 1, 1, 100);
        measured(Kind.ENGINE, 1, 1, 80);

        String svg = new Chart(results).svg();

        assertThat(svg).startsWith("<svg ").contains("PostgreSQL, fsync on, 1 connection<", ">Collimator<", ">80<");
        assertThat(svg.split("<rect ", -1)).hasSize(4);
    }

    private void measured(Kind kind, int connections, int round, double perSecond) {
        results.add(
                new Measurement(Phase.FRESH, kind, Store.POSTGRESQL, connections, round, perSecond, 1, 2, 0.5, 0.25));
    }

    private Report report(Map<String, WorklistCheck.Outcome> checks) {
        return new Report(
                BenchOptions.parse(new String[] {"orders", "--smoke"}),
                List.of("a machine"),
                Instant.EPOCH,
                results,
                checks);
    }
}
