package io.collimator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

    @Test
    void without_options_a_run_warms_up_for_15_seconds_or_more_and_loads_a_million() {
        BenchOptions options = BenchOptions.parse(new String[] {"orders"});

        assertThat(options.warmUp()).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(options.stored()).isEqualTo(1_000_000);
    }

    @Test
    void what_follows_smoke_changes_it() {
        BenchOptions options = BenchOptions.parse(new String[] {"orders", "--smoke", "--rounds", "2"});

        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.stored()).isZero();
    }

    @Test
    void an_option_that_is_unknown_or_no_number_is_named() {
        assertThatThrownBy(() -> BenchOptions.parse(new String[] {"orders", "--fast", "1"}))
                .hasMessageContaining("--fast");
        assertThatThrownBy(() -> BenchOptions.parse(new String[] {"orders", "--rounds", "0"}))
                .hasMessageContaining("--rounds is \"0\"");
        assertThatThrownBy(() -> BenchOptions.parse(new String[] {"orders", "--seconds"}))
                .hasMessageContaining("--seconds");
    }
}
