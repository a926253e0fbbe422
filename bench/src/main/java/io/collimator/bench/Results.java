package io.collimator.bench;

import io.collimator.bench.Candidate.Kind;
import io.collimator.bench.Candidate.Store;
import io.collimator.bench.Measurement.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All intervals of a run, and what they come to. */
final class Results {

    private final List<Measurement> measurements = new ArrayList<>();

    /** Which intervals belong together. */
    record Cell(Phase phase, Kind kind, Store store, int connections) {}

    /** The middle of several values, and how far they spread. */
    record Spread(double median, double least, double most) {

        static Spread of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }

    void add(Measurement measurement) {
        measurements.add(measurement);
    }

    boolean has(Cell cell) {
        return !of(cell).isEmpty();
    }

    Spread spread(Cell cell, ToDoubleFunction<Measurement> value) {
        return Spread.of(of(cell).stream().mapToDouble(value).toArray());
    }

    /** Orders a second of one cell by those of another in the same round. */
    Spread ratio(Cell one, Cell other) {
        List<Measurement> ours = of(one);
        List<Measurement> theirs = of(other);
        double[] ratios = new double[Math.min(ours.size(), theirs.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i).perSecond() / theirs.get(i).perSecond();
        }
        return Spread.of(ratios);
    }

    private List<Measurement> of(Cell cell) {
        return measurements.stream()
                .filter(one -> one.phase() == cell.phase()
                        && one.kind() == cell.kind()
                        && one.store() == cell.store()
                        && one.connections() == cell.connections())
                .toList();
    }
}
