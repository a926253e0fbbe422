package io.collimator.mapping;

import java.util.List;
import java.util.Optional;

/**
 * One file of {@code mapping/definitions}: a definition, a fragment that definitions include, or an overlay that
 * changes either.
 *
 * @param file path below the home
 * @param name of the definition or fragment; "" for an overlay
 * @param overlay name that sender profiles choose it by; "" unless the layer is sender
 * @param changes the definitions or fragments that an overlay changes
 * @param kinds types and events that a definition is for, for instance {@code ORM^O01}
 * @param includes fragments whose rules go before its own
 * @param entries in the order of the file
 */
record DefinitionFile(
        String file,
        Form form,
        String name,
        Layer layer,
        String overlay,
        List<YamlMap.Scalar> changes,
        List<String> kinds,
        List<YamlMap.Scalar> includes,
        List<Entry> entries) {

    DefinitionFile {
        changes = List.copyOf(changes);
        kinds = List.copyOf(kinds);
        includes = List.copyOf(includes);
        entries = List.copyOf(entries);
    }

    /** What the file is. */
    enum Form {
        DEFINITION,
        FRAGMENT,
        OVERLAY
    }

    /**
     * A rule, or in an overlay the word that one is taken away.
     *
     * @param rule empty when it is taken away
     * @param place where an overlay wants it
     */
    record Entry(String id, int line, Optional<Rule> rule, Place place) {}

    /**
     * Where a rule of an overlay goes.
     *
     * @param before id of a rule, "" when not said
     * @param after id of a rule, "" when not said
     */
    record Place(String before, String after) {
        static final Place UNSAID = new Place("", "");
    }
}
