package io.collimator.bench;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code bench/run codec}: the benchmarks of io.collimator.bench.codec, by JMH. */
final class CodecBench {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final BenchOptions options;
    private final int forks;
    private final Clock clock;

    /** @param forks processes for each benchmark; 0 runs all in this one, for tests */
    CodecBench(BenchOptions options, int forks, Clock clock) {
        this.options = options;
        this.forks = forks;
        this.clock = clock;
    }

    CodecReport run() throws RunnerException, IOException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io\\.collimator\\.bench\\.codec\\..*")
                        .forks(forks)
                        .warmupIterations(1)
                        .warmupTime(time(options.warmUp().toMillis()))
                        .measurementIterations(options.rounds())
                        .measurementTime(time(options.interval().toMillis()))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        // collecting waits for the collector, and who shares a process compares no numbers
                        .shouldDoGC(forks > 0)
                        .build())
                .run();
        List<CodecMeasurement> measurements = new ArrayList<>();
        results.forEach(result -> measurements.add(measurement(result)));
        return new CodecReport(options, Machine.describe(), clock.instant(), measurements);
    }

    private static TimeValue time(long millis) {
        return TimeValue.milliseconds(millis);
    }

    private static CodecMeasurement measurement(RunResult result) {
        BenchmarkParams params = result.getParams();
        List<String> name = List.of(params.getBenchmark().split("\\.", -1));
        StringJoiner values = new StringJoiner(" ");
        params.getParamsKeys().forEach(key -> values.add(params.getParam(key)));
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return new CodecMeasurement(
                String.join(".", name.subList(name.size() - 2, name.size())),
                values.toString(),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                allocated == null ? Double.NaN : allocated.getScore());
    }
}
