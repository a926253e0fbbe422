package io.collimator.bench;

import io.collimator.bench.BarChart.Bar;
import io.collimator.bench.BarChart.Group;
import io.collimator.bench.Results.Spread;
import io.collimator.bench.WorklistAsker.Question;
import io.collimator.bench.WorklistCandidate.Kind;
import io.collimator.bench.WorklistMeasurement.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a run of the worklist bench came to, as Markdown with a chart. */
record WorklistReport(BenchOptions options, List<String> machine, Instant at, List<WorklistMeasurement> measurements) {

    /** Share of the baseline that we want at least, by associations. */
    private static final Map<Integer, Double> GOALS = Map.of(1, 0.6, 8, 0.8);

    private static final double MOST_GROWTH = 1.2;
    private static final double MOST_FOR_TWENTY = 4;

    private static final Map<Kind, String> COLOURS =
            Map.of(Kind.WLMSCPFS, "#b8b8b8", Kind.ORTHANC, "#8f8f8f", Kind.JDBC, "#7a9cc6", Kind.ENGINE, "#1f5f99");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    WorklistReport {
        measurements = List.copyOf(measurements);
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("bench-worklist.md"), markdown());
        Files.writeString(folder.resolve("bench-worklist.svg"), chart().svg());
    }

    private BarChart chart() {
        List<Group> groups = new ArrayList<>();
        cells().forEach((place, kinds) -> {
            List<Bar> bars = new ArrayList<>();
            kinds.forEach(cell -> bars.add(new Bar(
                    cell.kind().label(),
                    spread(cell, WorklistMeasurement::perSecond),
                    COLOURS.getOrDefault(cell.kind(), "#000000"))));
            groups.add(new Group(place, bars));
        });
        return new BarChart("Worklist queries a second (median, least to most)", groups, false);
    }

    /** The cells that are compared with each other. */
    private Map<String, List<Cell>> cells() {
        Map<String, List<Cell>> cells = new LinkedHashMap<>();
        for (WorklistMeasurement measurement : measurements) {
            Cell cell = measurement.cell();
            List<Cell> together = cells.computeIfAbsent(place(cell), none -> new ArrayList<>());
            if (!together.contains(cell)) {
                together.add(cell);
            }
        }
        return cells;
    }

    private static String place(Cell cell) {
        return "%,d entries, %s, %d association%s"
                .formatted(
                        cell.entries(),
                        cell.question().label(),
                        cell.associations(),
                        cell.associations() == 1 ? "" : "s");
    }

    private List<WorklistMeasurement> of(Cell cell) {
        return measurements.stream().filter(one -> one.cell().equals(cell)).toList();
    }

    private Spread spread(Cell cell, ToDoubleFunction<WorklistMeasurement> value) {
        return Spread.of(of(cell).stream().mapToDouble(value).toArray());
    }

    /** By rounds. */
    private Spread ratio(Cell ours, Cell theirs) {
        List<WorklistMeasurement> one = of(ours);
        List<WorklistMeasurement> other = of(theirs);
        double[] ratios = new double[Math.min(one.size(), other.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = one.get(i).perSecond() / other.get(i).perSecond();
        }
        return Spread.of(ratios);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("""
                # Worklist queries a second

                Written by `bench/run worklist`; run it again rather than edit it. Measured on %s.

                ![Worklist queries a second](bench-worklist.svg)

                Each asker keeps one association open and sends its next C-FIND when the final response to the one before is there. One
                match: by accession number. Twenty: by station and day. Both ask for 22 attributes. The number of matches is
                checked for every query.

                """.formatted(DATE.format(at)));
        goals(text);
        growth(text);
        table(text);
        method(text);
        return text.toString();
    }

    private List<Cell> engineCells() {
        return cells().values().stream()
                .flatMap(List::stream)
                .filter(cell -> cell.kind() == Kind.ENGINE)
                .toList();
    }

    private void goals(StringBuilder text) {
        text.append("## Against the baseline\n\n| | Collimator / JDBC | goal | |\n| --- | ---: | ---: | --- |\n");
        for (Cell cell : engineCells()) {
            Spread ratio = ratio(cell, cell.with(Kind.JDBC));
            double goal = GOALS.getOrDefault(cell.associations(), 0.0);
            text.append("| %s | **%.2f** (%.2f–%.2f) | %.1f | %s |%n"
                    .formatted(
                            place(cell),
                            ratio.median(),
                            ratio.least(),
                            ratio.most(),
                            goal,
                            ratio.median() >= goal ? "reached" : "missed"));
        }
        text.append('\n');
    }

    private void growth(StringBuilder text) {
        for (Cell cell : engineCells()) {
            double speed = spread(cell, WorklistMeasurement::perSecond).median();
            if (cell.question() == Question.TWENTY_MATCHES) {
                Cell one = new Cell(cell.kind(), cell.entries(), Question.ONE_MATCH, cell.associations());
                double times = spread(one, WorklistMeasurement::perSecond).median() / speed;
                text.append("- %s: %.1f times the cost of one match; goal: at most %.0f: %s.%n"
                        .formatted(place(cell), times, MOST_FOR_TWENTY, reached(times <= MOST_FOR_TWENTY)));
            }
            int least = measurements.stream()
                    .mapToInt(one -> one.cell().entries())
                    .min()
                    .orElse(0);
            if (cell.entries() > least) {
                Cell few = new Cell(cell.kind(), least, cell.question(), cell.associations());
                double times = spread(few, WorklistMeasurement::perSecond).median() / speed;
                text.append("- %s: %.2f times the cost at %,d entries; goal: at most %.1f: %s.%n"
                        .formatted(place(cell), times, least, MOST_GROWTH, reached(times <= MOST_GROWTH)));
            }
        }
        text.append('\n');
    }

    private static String reached(boolean isReached) {
        return isReached ? "reached" : "missed";
    }

    private void table(StringBuilder text) {
        text.append("## The numbers\n\n")
                .append("| worklist | | queries/s | p50 ms | p99 ms | CPU ms/query | PostgreSQL CPU ms/query |\n")
                .append("| --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
        cells().forEach((place, cells) -> cells.forEach(cell -> text.append(row(place, cell))));
        text.append('\n');
    }

    private String row(String place, Cell cell) {
        Spread speed = spread(cell, WorklistMeasurement::perSecond);
        return "| %s | %s | %.1f (%.1f–%.1f) | %.2f | %.2f | %.2f | %s |%n"
                .formatted(
                        cell.kind().label(),
                        place,
                        speed.median(),
                        speed.least(),
                        speed.most(),
                        spread(cell, WorklistMeasurement::p50).median(),
                        spread(cell, WorklistMeasurement::p99).median(),
                        spread(cell, WorklistMeasurement::cpu).median(),
                        cell.kind().usesPostgres()
                                ? "%.2f"
                                        .formatted(spread(cell, WorklistMeasurement::databaseCpu)
                                                .median())
                                : "");
    }

    private void method(StringBuilder text) {
        text.append("## How it was measured\n\n");
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("""
                - Warm-up %d s of each question for the engine and the baseline, then %d rounds of %d s a cell, by turns. Medians over the
                  rounds, least and most in brackets.
                - The baseline runs the statements that the engine runs for these queries, by plain JDBC on a connection for each asker, decodes,
                  projects and encodes each answer. It has no network, no DIMSE, no character set of the peer and no limits.
                - The client shares the machine with what it measures. It counts responses and decodes none.
                - wlmscpfs and Orthanc have TCP_NODELAY=1 and read every file for every query, so that they are asked among few entries only.
                - The entries are one that the engine made of an order, copied with other keys by SQL.
                """.formatted(
                        options.warmUp().toSeconds(),
                        options.rounds(),
                        options.interval().toSeconds()));
    }
}
