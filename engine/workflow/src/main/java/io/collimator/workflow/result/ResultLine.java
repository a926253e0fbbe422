package io.collimator.workflow.result;

import java.util.Comparator;

/**
 * What results are compared along: one procedure of one order or accession.
 *
 * @param order a name of the order: its accession, its filler number or its placer number
 * @param procedure OBR-4
 */
public record ResultLine(String order, String procedure) implements Comparable<ResultLine> {

    private static final Comparator<ResultLine> ORDER =
            Comparator.comparing(ResultLine::order).thenComparing(ResultLine::procedure);

    @Override
    public int compareTo(ResultLine other) {
        return ORDER.compare(this, other);
    }
}
