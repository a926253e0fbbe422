package io.collimator.bench;

import io.collimator.bench.BarChart.Bar;
import io.collimator.bench.BarChart.Group;
import io.collimator.bench.Candidate.Kind;
import io.collimator.bench.Candidate.Store;
import io.collimator.bench.Measurement.Phase;
import io.collimator.bench.Results.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Orders a second as bars. */
record Chart(Results results) {

    private static final Map<Kind, String> COLOURS =
            Map.of(Kind.ACKNOWLEDGING, "#b8b8b8", Kind.JDBC, "#7a9cc6", Kind.ENGINE, "#1f5f99");

    String svg() {
        List<Group> groups = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (Store store : Store.values()) {
                for (int connections : new int[] {1, 16}) {
                    List<Bar> bars = bars(phase, store, connections);
                    if (!bars.isEmpty()) {
                        groups.add(new Group(title(phase, store, connections), bars));
                    }
                }
            }
        }
        return new BarChart("Acknowledged orders a second (median, least to most)", groups, true).svg();
    }

    private static String title(Phase phase, Store store, int connections) {
        return "%s, %d connection%s%s"
                .formatted(
                        store.label(),
                        connections,
                        connections == 1 ? "" : "s",
                        phase == Phase.FULL ? ", full store" : "");
    }

    private List<Bar> bars(Phase phase, Store store, int connections) {
        List<Bar> bars = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Cell cell = new Cell(phase, kind, store, connections);
            if (results.has(cell)) {
                bars.add(new Bar(
                        kind.label(),
                        results.spread(cell, Measurement::perSecond),
                        COLOURS.getOrDefault(kind, "#000000")));
            }
        }
        return bars;
    }
}
