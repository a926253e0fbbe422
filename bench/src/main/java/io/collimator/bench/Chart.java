package io.collimator.bench;

import io.collimator.bench.Candidate.Kind;
import io.collimator.bench.Candidate.Store;
import io.collimator.bench.Measurement.Phase;
import io.collimator.bench.Results.Cell;
import io.collimator.bench.Results.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Orders a second as bars with their spread, as SVG. */
final class Chart {

    private static final int WIDTH = 860;
    private static final int LABELS = 300;
    private static final int ROW = 24;
    private static final int GAP = 30;
    private static final int TOP = 46;
    private static final Map<Kind, String> COLOURS =
            Map.of(Kind.ACKNOWLEDGING, "#b8b8b8", Kind.JDBC, "#7a9cc6", Kind.ENGINE, "#1f5f99");

    private final Results results;
    private final StringBuilder svg = new StringBuilder();
    private int y = TOP;

    Chart(Results results) {
        this.results = results;
    }

    /** Bars of one store and number of connections. */
    private record Group(Phase phase, Store store, int connections, List<Kind> kinds) {

        String title() {
            return "%s, %d connection%s%s"
                    .formatted(
                            store.label(),
                            connections,
                            connections == 1 ? "" : "s",
                            phase == Phase.FULL ? ", full store" : "");
        }
    }

    String svg() {
        List<Group> groups = groups();
        double most = groups.stream()
                .flatMap(group ->
                        group.kinds().stream().map(kind -> speed(group, kind).most()))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        groups.forEach(group -> draw(group, most));
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="16" y="26" font-size="16" font-weight="bold" fill="#222222">Acknowledged orders a second (median, least to most)</text>
                %s</svg>
                """.formatted(WIDTH, y, WIDTH, y, svg);
    }

    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (Store store : Store.values()) {
                for (int connections : new int[] {1, 16}) {
                    List<Kind> kinds = new ArrayList<>();
                    for (Kind kind : Kind.values()) {
                        if (results.has(new Cell(phase, kind, store, connections))) {
                            kinds.add(kind);
                        }
                    }
                    if (!kinds.isEmpty()) {
                        groups.add(new Group(phase, store, connections, kinds));
                    }
                }
            }
        }
        return groups;
    }

    private Spread speed(Group group, Kind kind) {
        return results.spread(
                new Cell(group.phase(), kind, group.store(), group.connections()), Measurement::perSecond);
    }

    private void draw(Group group, double most) {
        line("<text x=\"16\" y=\"%d\" font-weight=\"bold\" fill=\"#222222\">%s</text>", y + 14, group.title());
        y += ROW;
        for (Kind kind : group.kinds()) {
            Spread speed = speed(group, kind);
            int middle = y + 9;
            line("<text x=\"32\" y=\"%d\" fill=\"#444444\">%s</text>", y + 14, kind.label());
            line(
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"%s\"/>",
                    LABELS, y, length(speed.median(), most), COLOURS.getOrDefault(kind, "#000000"));
            line(
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#222222\"/>",
                    LABELS + length(speed.least(), most), LABELS + length(speed.most(), most), middle, middle);
            line(
                    "<text x=\"%.1f\" y=\"%d\" fill=\"#222222\">%.0f</text>",
                    LABELS + length(speed.most(), most) + 8, y + 14, speed.median());
            y += ROW;
        }
        y += GAP - ROW / 2;
    }

    private static double length(double value, double most) {
        return value / most * (WIDTH - LABELS - 70);
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
