package io.collimator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every attack is carried out for a moment beside the honest, who get what they ask for, and has its lines in the report. */
class AttacksBenchIT {

    @Test
    @Timeout(300)
    void every_attack_is_carried_out_and_reported() throws Exception {
        Duration moment = Duration.ofSeconds(1);
        BenchOptions options = new BenchOptions(moment, 1, moment, 0, Path.of("target"));
        Path checkout = Path.of("..").toAbsolutePath().normalize();

        AttacksReport report = new AttacksBench(
                        options, checkout, new PrintStream(PrintStream.nullOutputStream()), Clock.systemUTC())
                .run();

        assertThat(report.measurements().stream()
                        .flatMap(measured -> measured.works().values().stream())
                        .flatMap(work -> work.errors().stream()))
                .isEmpty();
        assertThat(report.isEveryRequestAnswered()).isTrue();
        assertThat(report.markdown())
                .contains(Arrays.stream(Attack.values()).map(Attack::label).toList())
                .doesNotContain("NaN");
        assertThat(report.measurements())
                .filteredOn(measured -> measured.attack() != null)
                .allMatch(measured -> measured.attempts() > 0);
    }
}
