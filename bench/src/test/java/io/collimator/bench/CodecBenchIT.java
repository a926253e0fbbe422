package io.collimator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each benchmark of the codec runs, for a moment, and has its line in the report. */
class CodecBenchIT {

    @Test
    @Timeout(300)
    void every_benchmark_runs_and_is_reported() throws Exception {
        Duration moment = Duration.ofMillis(10);
        BenchOptions options = new BenchOptions(moment, 1, moment, 0, Path.of("target"));

        String report = new CodecBench(options, 0, Clock.systemUTC()).run().markdown();

        assertThat(report)
                .contains(
                        "worklist entry, Deflated, written",
                        "C-FIND-RQ, read",
                        "name in ISO 2022 IR 87, read",
                        "DICOM JSON, read",
                        "P-DATA-TF, 16 KiB, read",
                        "A-ASSOCIATE-RQ, written")
                .doesNotContain("NaN", "Infinity");
    }
}
