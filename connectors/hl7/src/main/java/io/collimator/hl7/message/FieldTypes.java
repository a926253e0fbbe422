package io.collimator.hl7.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The data types of fields in one version of the standard (MSH-12), and which of their components have subcomponents.
 * What stands in a component without subcomponents is one text, ampersands and all (HL7 v2.5.1 §2.5.3, §2.A).
 */
final class FieldTypes {

    /** The versions that the tables have a column for, oldest first. */
    private static final List<String> VERSIONS = List.of("2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.8");

    private static final String COMMON = "2.5.1";
    private static final List<FieldTypes> BY_VERSION =
            VERSIONS.stream().map(version -> new FieldTypes()).toList();

    static {
        load(
                "field-types.csv",
                2,
                (cells, column) -> BY_VERSION
                        .get(column)
                        .types
                        .computeIfAbsent(cells[0], segment -> new HashMap<>())
                        .put(Integer.valueOf(cells[1]), cells[column + 2]));
        load(
                "nested-components.csv",
                1,
                (cells, column) -> BY_VERSION.get(column).nested.put(cells[0], mask(cells[column + 1])));
    }

    private final Map<String, Map<Integer, String>> types = new HashMap<>();
    private final Map<String, Long> nested = new HashMap<>();

    private FieldTypes() {}

    /** Those of a version; of the version before it where the tables have no column, of v2.5.1 where it is none. */
    static FieldTypes of(String version) {
        int found = VERSIONS.indexOf(version.isEmpty() ? COMMON : version);
        for (int column = 0; found < 0 && column < VERSIONS.size(); column++) {
            boolean isLast = column == VERSIONS.size() - 1;
            if (isLast || version.compareTo(VERSIONS.get(column + 1)) < 0) {
                found = column;
            }
        }
        return BY_VERSION.get(version.startsWith("2.") || version.isEmpty() ? found : VERSIONS.indexOf(COMMON));
    }

    /** The types of a segment's fields by number; none for a segment that the standard does not have. */
    Map<Integer, String> ofSegment(String segment) {
        return types.getOrDefault(segment, Map.of());
    }

    /** Whether a component of a data type has subcomponents. */
    boolean isNested(String type, int component) {
        return component < Long.SIZE && (nested.getOrDefault(type, 0L) & 1L << component) != 0;
    }

    private static long mask(String components) {
        long mask = 0;
        for (String component : components.isEmpty() ? new String[0] : components.split(" ", -1)) {
            mask |= 1L << Integer.parseInt(component);
        }
        return mask;
    }

    /** Takes a line for one version. */
    @FunctionalInterface
    private interface Line {
        void take(String[] cells, int column);
    }

    private static void load(String name, int keys, Line line) {
        lines(name, text -> {
            String[] cells = text.split(",", -1);
            for (int column = 0; column < VERSIONS.size() && column + keys < cells.length; column++) {
                line.take(cells, column);
            }
        });
    }

    private static void lines(String name, Consumer<String> line) {
        try (InputStream table = Objects.requireNonNull(
                        FieldTypes.class.getResourceAsStream(name), name + " is not in the jar");
                BufferedReader reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            reader.lines().filter(text -> !text.startsWith("#")).skip(1).forEach(line);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read from the jar.", e);
        }
    }
}
