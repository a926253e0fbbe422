package io.collimator.mapping;

import java.util.List;
import java.util.Optional;

/**
 * One rule of a definition.
 *
 * @param sources in order: the first that says something counts
 * @param table replaces values, empty when there is none
 * @param notInTable what becomes of a value that the table does not have
 * @param onlyIfEmpty whether it stands in only where the entry has no value otherwise
 * @param line in the definition file
 */
record Rule(
        String id,
        Target target,
        List<Source> sources,
        Conversion conversion,
        Optional<ValueTable> table,
        NotInTable notInTable,
        Otherwise otherwise,
        boolean onlyIfEmpty,
        int line) {

    Rule {
        sources = List.copyOf(sources);
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
