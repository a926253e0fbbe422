package io.collimator.mapping;

import java.util.List;
import java.util.Optional;

/**
 * One rule of a definition.
 *
 * @param conditions all of which must hold, else the rule does nothing
 * @param sources in order: the first that says something counts
 * @param conversion empty when the table alone gives the value
 * @param onlyIfEmpty whether it stands in only where the entry has no value otherwise
 */
record Rule(
        Origin origin,
        Target target,
        List<Condition> conditions,
        List<Source> sources,
        Optional<Conversion> conversion,
        Optional<Lookup> lookup,
        Otherwise otherwise,
        boolean onlyIfEmpty) {

    Rule {
        conditions = List.copyOf(conditions);
        sources = List.copyOf(sources);
    }

    /**
     * Where a rule is written.
     *
     * @param file path below the home
     * @param line in the file
     */
    record Origin(String id, String file, int line, Layer layer) {}

    String id() {
        return origin.id();
    }

    /** Whether a source was sent, and speaks of the attribute although nothing could be made of it. */
    boolean isStatedBy(Outcome outcome) {
        return !outcome.sent().isEmpty()
                && lookup.isEmpty()
                && conversion.orElse(Conversion.TEXT).clearsWhatItCannotMake();
    }

    /** With other fields to read. */
    Rule withSources(List<Source> others) {
        return new Rule(origin, target, conditions, others, conversion, lookup, otherwise, onlyIfEmpty);
    }

    /**
     * A table that gives the value.
     *
     * @param column that the value stands in
     * @param values what each row gives, by its index
     * @param notInTable what becomes of a code that the table does not have
     */
    record Lookup(ValueTable table, String column, List<Produced> values, NotInTable notInTable) {

        Lookup {
            values = List.copyOf(values);
        }

        /** What a column of this lookup holds, for instance its {@code -code}; "" when there is none. */
        String cell(ValueTable.Row row, String ending) {
            int index = table.column(column + ending);
            return index < 0 ? "" : row.cells().get(index);
        }
    }

    /** What becomes of a value that the table does not have. */
    enum NotInTable {
        /** It stays as it is. */
        KEEP,
        /** As if it had not been sent. */
        OMIT,
        /** The attribute is present without a value. */
        EMPTY,
        /** AE 103. */
        FAIL
    }

    /** What happens when no source says anything that could be used. */
    sealed interface Otherwise {

        /** The attribute is not made. */
        record Omit() implements Otherwise {}

        /** AE 101. */
        record Fail() implements Otherwise {}

        /** The attribute gets this value where the entry has none. */
        record Constant(String value) implements Otherwise {}
    }
}
