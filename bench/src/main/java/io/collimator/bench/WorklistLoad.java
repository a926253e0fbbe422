package io.collimator.bench;

import io.collimator.bench.WorklistAsker.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** Several askers at once, each with its next query as soon as the one before is answered. */
final class WorklistLoad {

    private WorklistLoad() {}

    /**
     * What one interval came to.
     *
     * @param latencies of the queries in nanoseconds, ascending
     */
    record Interval(long nanos, long[] latencies) {

        double perSecond() {
            return latencies.length * 1e9 / nanos;
        }

        double millis(double share) {
            return latencies.length == 0
                    ? 0
                    : latencies[Math.min(latencies.length - 1, (int) (latencies.length * share))] / 1e6;
        }
    }

    /**
     * Asks for entries at random.
     *
     * @param entries numbers that there are, from 0
     * @throws IllegalStateException when a query has not as many matches as there are entries for it
     */
    static Interval run(List<WorklistAsker> askers, Question question, int entries, Duration duration)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(askers.size());
        try {
            long began = System.nanoTime();
            long until = began + duration.toNanos();
            List<Future<long[]>> results = new ArrayList<>();
            for (WorklistAsker asker : askers) {
                results.add(threads.submit(() -> ask(asker, question, entries, until)));
            }
            List<long[]> latencies = new ArrayList<>();
            for (Future<long[]> result : results) {
                latencies.add(result.get());
            }
            long nanos = System.nanoTime() - began;
            return new Interval(
                    nanos,
                    latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray());
        } catch (ExecutionException e) {
            throw new IllegalStateException("A query failed.", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static long[] ask(WorklistAsker asker, Question question, int entries, long until) throws Exception {
        long[] latencies = new long[1_024];
        int count = 0;
        long now = System.nanoTime();
        while (now < until) {
            int number = ThreadLocalRandom.current().nextInt(entries);
            long asked = System.nanoTime();
            int matches = asker.ask(question, number);
            now = System.nanoTime();
            if (matches != question.matches()) {
                throw new IllegalStateException("Entry %d has %d matches instead of %d for %s."
                        .formatted(number, matches, question.matches(), question.label()));
            }
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * count);
            }
            latencies[count++] = now - asked;
        }
        return Arrays.copyOf(latencies, count);
    }
}
