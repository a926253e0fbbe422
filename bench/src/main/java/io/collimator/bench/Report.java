package io.collimator.bench;

import io.collimator.bench.Candidate.Kind;
import io.collimator.bench.Candidate.Store;
import io.collimator.bench.Measurement.Phase;
import io.collimator.bench.Results.Cell;
import io.collimator.bench.Results.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** What a run came to, as Markdown with a chart. */
record Report(
        BenchOptions options,
        List<String> machine,
        Instant at,
        Results results,
        Map<String, WorklistCheck.Outcome> checks) {

    /** Share of the JDBC baseline that we want at least, by connections. */
    private static final Map<Integer, Double> GOALS = Map.of(1, 0.9, 16, 1.2);

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("bench-orders.md"), markdown());
        Files.writeString(folder.resolve("bench-orders.svg"), new Chart(results).svg());
    }

    boolean isEveryOrderFoundOnce() {
        return checks.values().stream().allMatch(WorklistCheck.Outcome::isComplete);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("""
                # Orders a second

                Written by `bench/run orders`; run it again rather than edit it. Measured on %s.

                ![Acknowledged orders a second](bench-orders.svg)

                Each sender keeps one connection open and sends its next order when the answer to the one before is there. Orders
                are `ORM^O01` of about 1.1 KB, each with a patient, an accession, a step and a study of its own. The engine
                answers AA after its commit; its relay sends the notices of every order to the embedded broker meanwhile.

                """.formatted(DATE.format(at)));
        goals(text);
        table(text, Phase.FRESH, "## The numbers\n");
        if (options.stored() > 0) {
            table(text, Phase.FULL, "## With %,d orders stored before\n".formatted(options.stored()));
            growth(text);
        }
        found(text);
        method(text);
        return text.toString();
    }

    private void goals(StringBuilder text) {
        text.append("## Against the JDBC baseline\n\n");
        text.append("| store | connections | Collimator / baseline | goal | |\n| --- | ---: | ---: | ---: | --- |\n");
        for (Store store : List.of(Store.POSTGRESQL, Store.H2)) {
            for (int connections : new int[] {1, 16}) {
                Cell ours = new Cell(Phase.FRESH, Kind.ENGINE, store, connections);
                Cell theirs = new Cell(Phase.FRESH, Kind.JDBC, store, connections);
                if (results.has(ours) && results.has(theirs)) {
                    text.append(goal(store, connections, results.ratio(ours, theirs)));
                }
            }
        }
        text.append(
                "\nThe ratio is the median over the rounds, with the least and the most; the goal is for PostgreSQL.\n\n");
    }

    private static String goal(Store store, int connections, Spread ratio) {
        double goal = GOALS.getOrDefault(connections, 0.0);
        boolean counts = store == Store.POSTGRESQL;
        return "| %s | %d | **%.2f** (%.2f–%.2f) | %s | %s |%n"
                .formatted(
                        store.label(),
                        connections,
                        ratio.median(),
                        ratio.least(),
                        ratio.most(),
                        counts ? "%.1f".formatted(goal) : "",
                        !counts ? "" : ratio.median() >= goal ? "reached" : "missed");
    }

    private void table(StringBuilder text, Phase phase, String heading) {
        text.append(heading)
                .append(
                        "\n| server | store | connections | orders/s | p50 ms | p99 ms | CPU ms/order | PostgreSQL CPU ms/order |\n")
                .append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (Store store : Store.values()) {
            for (int connections : new int[] {1, 16}) {
                for (Kind kind : Kind.values()) {
                    Cell cell = new Cell(phase, kind, store, connections);
                    if (results.has(cell)) {
                        text.append(row(cell));
                    }
                }
            }
        }
        text.append('\n');
    }

    private String row(Cell cell) {
        Spread speed = results.spread(cell, Measurement::perSecond);
        return "| %s | %s | %d | %.0f (%.0f–%.0f) | %.2f | %.2f | %.2f | %s |%n"
                .formatted(
                        cell.kind().label(),
                        cell.store().label(),
                        cell.connections(),
                        speed.median(),
                        speed.least(),
                        speed.most(),
                        results.spread(cell, Measurement::p50).median(),
                        results.spread(cell, Measurement::p99).median(),
                        results.spread(cell, Measurement::cpu).median(),
                        cell.store() == Store.POSTGRESQL
                                ? "%.2f"
                                        .formatted(results.spread(cell, Measurement::databaseCpu)
                                                .median())
                                : "");
    }

    private void growth(StringBuilder text) {
        for (int connections : new int[] {1, 16}) {
            Cell fresh = new Cell(Phase.FRESH, Kind.ENGINE, Store.POSTGRESQL, connections);
            Cell full = new Cell(Phase.FULL, Kind.ENGINE, Store.POSTGRESQL, connections);
            if (results.has(full)) {
                double before = cost(fresh);
                double after = cost(full);
                text.append(
                        "- Over %d connection%s an order costs %.2f ms of processor time (engine and PostgreSQL) before, %.2f ms after: %.2f times.%n"
                                .formatted(connections, connections == 1 ? "" : "s", before, after, after / before));
            }
        }
        text.append('\n');
    }

    private double cost(Cell cell) {
        return results.spread(cell, one -> one.cpu() + one.databaseCpu()).median();
    }

    private void found(StringBuilder text) {
        text.append("## Nothing lost\n\n");
        checks.forEach((name, outcome) -> text.append(
                "- %s: %,d orders acknowledged since the start, %,d found exactly once by C-FIND, %,d missing, %,d more than once.%n"
                        .formatted(
                                name, outcome.acknowledged(), outcome.once(), outcome.missing(), outcome.repeated())));
        text.append('\n');
    }

    private void method(StringBuilder text) {
        text.append("## How it was measured\n\n");
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("""
                - Warm-up %d s over 16 connections and a quarter of that over one for each server, then %d rounds; in each round every
                  server is measured for %d s over 16 connections, then for %d s over one, by turns. Medians over the rounds, least
                  and most in brackets.
                - Senders, servers and PostgreSQL share the cores of one machine, over the loopback interface. Numbers of another machine
                  differ; compare the ratios.
                - CPU is that of the server's process, which in the engine's case includes the relay, the embedded broker and what is
                  still sent after the last answer. It does not include PostgreSQL's, which has a column of its own.
                - CPU also holds what Java's compiler does meanwhile. On two cores it is busy for the first twenty thousand orders or so; the
                  engine, which has more code than a baseline, gains most from a longer warm-up.

                ## What the comparison leaves out

                - The baselines are HAPI's server as quick as we could make it: no validation, generic model, no id file. The one that
                  stores does so by plain JDBC, a prepared statement a row, in one transaction on a pool of 16 connections, into the
                  same tables with the same indexes.
                - It does only that. It maps nothing (its data set is as many zero bytes), does not look for duplicates or for what
                  was performed before, takes no locks, logs nothing and has no relay: its outbox is never sent.
                - Nobody consumes the engine's queues during the run, so that the broker pages notices to disk.
                - H2 writes through to the operating system at each commit but does not call fsync: its orders survive a killed process,
                  not a power cut. Use PostgreSQL where an AA must mean safe.
                """.formatted(
                        options.warmUp().toSeconds(),
                        options.rounds(),
                        options.interval().toSeconds(),
                        options.interval().toSeconds()));
    }
}
