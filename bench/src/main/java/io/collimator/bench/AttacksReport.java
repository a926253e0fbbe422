package io.collimator.bench;

import io.collimator.bench.HonestPeers.Peer;
import io.collimator.bench.HonestPeers.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What {@code bench/run attacks} came to, as Markdown. */
record AttacksReport(
        BenchOptions options,
        List<String> machine,
        Instant at,
        List<AttackMeasurement> measurements,
        List<String> counted,
        int outOfMemory) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final double GOAL = 3;
    private static final double P99 = 0.99;
    private static final double MIB = 1 << 20;
    /** An eighth of the heap. */
    private static final int BUDGET_MIB = 64;

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("bench-attacks.md"), markdown());
    }

    /** Of the honest, and the engine wrote of no OutOfMemoryError. */
    boolean isEveryRequestAnswered() {
        return outOfMemory == 0
                && measurements.stream()
                        .flatMap(measured -> measured.works().values().stream())
                        .allMatch(work -> work.errors().isEmpty());
    }

    String markdown() {
        StringBuilder text = new StringBuilder("""
                # Attacks and honest peers

                Written by `bench/run attacks`; run it again rather than edit it. Measured on %s.

                How long honest peers wait for the engine while nothing else happens, and how long beside an attack on its listeners.
                Each of the honest sends %d requests a second, whether the engine is quick or not, and waits from the moment
                at which the request was due.

                ## What the honest notice

                | beside it | peer | requests | errors | p50 ms | p99 ms | p99 / quiet p99 before | goal: at most %.0f |
                | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
                """.formatted(DATE.format(at), HonestPeers.A_SECOND, GOAL));
        // the one before: what an attack leaves behind must not make the others look better
        Map<Peer, Work> quiet = measurements.get(0).works();
        for (AttackMeasurement measured : measurements) {
            measured.works().forEach((peer, work) -> {
                double ratio = work.millis(P99)
                        / Objects.requireNonNull(quiet.get(peer)).millis(P99);
                text.append(row(measured.name(), peer, work))
                        .append("| %.2f | %s |%n".formatted(ratio, verdict(measured, ratio)));
            });
        }
        text.append("""

                ## What an attack costs

                | | attempts | a second | engine, cores | attackers and honest, cores | most buffered MiB | most resident MiB |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        measurements.forEach(measured -> text.append("| %s | %,d | %s | %.2f | %.2f | %.1f | %.0f |%n"
                .formatted(
                        measured.name(),
                        measured.attempts(),
                        measured.attack() == null
                                ? ""
                                : String.valueOf(measured.attack().aSecond()),
                        measured.engineCores(),
                        measured.ownCores(),
                        measured.bufferedBytes() / MIB,
                        measured.residentBytes() / MIB)));
        text.append("""

                - The engine wrote %s OutOfMemoryError, and it would have ended at one of its heap.
                - Buffered is `collimator_mllp_buffered_bytes`, whose bound is %d MiB, an eighth of the heap; resident is the memory that the
                  system gives the engine's process. Both are looked at twice a second.

                ## The attacks

                """.formatted(outOfMemory == 0 ? "of no" : "%d lines of an".formatted(outOfMemory), BUDGET_MIB));
        for (Attack attack : Attack.values()) {
            text.append("- %s, %d a second: %s.%n".formatted(attack.label(), attack.aSecond(), attack.what()));
        }
        text.append("\nWhat the engine counted of them (`/metrics` at the end):\n\n```\n");
        counted.forEach(line -> text.append(line).append('\n'));
        text.append("```\n\n## How it was measured\n\n");
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("""
                - the engine in a JVM of its own with %s, on H2, all settings as shipped but for the ports
                - Warm-up %d s, of which half is as many orders as four connections bring, then %d s each; after each attack the honest go on for a
                  tenth of that without being measured.
                - Attackers and honest peers are one process on the machine of the engine, and come from the same address: what the
                  attackers take of the cores the engine and the honest have not.
                """.formatted(
                        String.join(" ", ServerProcess.JVM_OPTIONS),
                        options.warmUp().toSeconds(),
                        options.interval().toSeconds()));
        return text.toString();
    }

    private static String verdict(AttackMeasurement measured, double ratio) {
        if (measured.attack() == null) {
            return "";
        }
        return ratio <= GOAL ? "reached" : "missed";
    }

    private static String row(String beside, Peer peer, Work work) {
        return "| %s | %s | %,d | %d | %.2f | %.2f "
                .formatted(
                        beside,
                        peer.label(),
                        work.latencies().length + work.errors().size(),
                        work.errors().size(),
                        work.millis(0.5),
                        work.millis(P99));
    }
}
