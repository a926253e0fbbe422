package io.collimator.mapping;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value table: codes of the sender to values of the attribute, regardless of case.
 *
 * @param name file name without {@code .csv}
 * @param values upper-case code to entry
 */
record ValueTable(String name, Map<String, Entry> values) {

    /**
     * @param to the attribute's value
     * @param line where it stands in the file
     */
    record Entry(String to, int line) {}

    ValueTable {
        values = Map.copyOf(values);
    }

    static String key(String from) {
        return from.strip().toUpperCase(Locale.ROOT);
    }

    Optional<String> lookUp(String from) {
        return Optional.ofNullable(values.get(key(from))).map(Entry::to);
    }
}
