package io.collimator.workflow.custody;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Times and sizes of the commitment proxy. Every duration is positive, every list has at least one delay; after the last
 * delay of a list it is repeated, except for {@code missingDelays}, whose length is the number of tries.
 *
 * @param batchSize instances asked with one transaction, from 1
 * @param sendTimeout after it a sending (a question or a report) whose end nobody told is made again
 * @param answerTimeout after it the archive is asked again when no report came
 * @param maxAge after it what is open is reported as failed (0110H)
 * @param askDelays between attempts while the archive is not reached or refuses
 * @param missingDelays before the archive is asked again for instances that it does not have (0112H) or left out
 * @param reportDelays between attempts to deliver a report to the modality
 * @param reportMaxAge after it an undelivered report becomes an exception
 * @param unmatchedAfter after it a request whose instances no performed step lists becomes an exception
 */
public record CustodySettings(
        int batchSize,
        Duration sendTimeout,
        Duration answerTimeout,
        Duration maxAge,
        List<Duration> askDelays,
        List<Duration> missingDelays,
        List<Duration> reportDelays,
        Duration reportMaxAge,
        Duration unmatchedAfter) {

    public CustodySettings {
        askDelays = List.copyOf(askDelays);
        missingDelays = List.copyOf(missingDelays);
        reportDelays = List.copyOf(reportDelays);
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "Custody batch size %d is below 1; the default is 1000.".formatted(batchSize));
        }
        if (askDelays.isEmpty() || missingDelays.isEmpty() || reportDelays.isEmpty()) {
            throw new IllegalArgumentException(
                    "A list of custody delays is empty; give at least one duration, for instance 1 minute.");
        }
    }

    public static CustodySettings defaults() {
        return new CustodySettings(
                1000,
                Duration.ofMinutes(2),
                Duration.ofHours(2),
                Duration.ofHours(24),
                List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15)),
                List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(60)),
                List.of(
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(60)),
                Duration.ofHours(72),
                Duration.ofMinutes(60));
    }

    /** When to ask an archive again that could not be asked, the n-th failure counted from 0. */
    public Instant nextAsk(Instant now, int failures) {
        return now.plus(delay(askDelays, failures));
    }

    /** When to ask again for what a report left open, the n-th such report counted from 0. */
    public Instant nextRound(Instant now, int rounds) {
        return now.plus(delay(missingDelays, rounds));
    }

    /** When to try to deliver a report again, the n-th failure counted from 0. */
    public Instant nextReport(Instant now, int failures) {
        return now.plus(delay(reportDelays, failures));
    }

    private static Duration delay(List<Duration> delays, int n) {
        return delays.get(Math.min(n, delays.size() - 1));
    }
}
