package io.collimator.bench;

import io.collimator.bench.Results.Spread;
import java.util.List;
import java.util.Locale;

/**
 * Bars with their spread, as SVG; a group of bars has a scale of its own where the groups differ too much.
 *
 * @param title of the whole
 */
record BarChart(String title, List<Group> groups, boolean hasOneScale) {

    private static final int WIDTH = 860;
    private static final int LABELS = 300;
    private static final int ROW = 24;
    private static final int GAP = 30;
    private static final int TOP = 46;

    BarChart {
        groups = List.copyOf(groups);
    }

    /** Bars under a title. */
    record Group(String title, List<Bar> bars) {

        Group {
            bars = List.copyOf(bars);
        }

        private double most() {
            return bars.stream().mapToDouble(bar -> bar.value().most()).max().orElse(1);
        }
    }

    /**
     * One bar.
     *
     * @param colour as SVG has it
     */
    record Bar(String label, Spread value, String colour) {}

    String svg() {
        double most = groups.stream().mapToDouble(Group::most).max().orElse(1);
        StringBuilder svg = new StringBuilder();
        int y = TOP;
        for (Group group : groups) {
            y = draw(svg, y, group, hasOneScale ? most : group.most());
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="16" y="26" font-size="16" font-weight="bold" fill="#222222">%s</text>
                %s</svg>
                """.formatted(WIDTH, y, WIDTH, y, title, svg);
    }

    private static int draw(StringBuilder svg, int top, Group group, double most) {
        int y = top;
        line(svg, "<text x=\"16\" y=\"%d\" font-weight=\"bold\" fill=\"#222222\">%s</text>", y + 14, group.title());
        y += ROW;
        for (Bar bar : group.bars()) {
            Spread value = bar.value();
            int middle = y + 9;
            line(svg, "<text x=\"32\" y=\"%d\" fill=\"#444444\">%s</text>", y + 14, bar.label());
            line(
                    svg,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"%s\"/>",
                    LABELS,
                    y,
                    length(value.median(), most),
                    bar.colour());
            line(
                    svg,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#222222\"/>",
                    LABELS + length(value.least(), most),
                    LABELS + length(value.most(), most),
                    middle,
                    middle);
            line(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" fill=\"#222222\">%s</text>",
                    LABELS + length(value.most(), most) + 8,
                    y + 14,
                    "%.0f".formatted(value.median()));
            y += ROW;
        }
        return y + GAP - ROW / 2;
    }

    private static double length(double value, double most) {
        return value / most * (WIDTH - LABELS - 70);
    }

    private static void line(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
