package io.collimator.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules for some messages, all layers put together.
 *
 * @param name of the base definition
 * @param kinds types and events it is for, for instance {@code ORM^O01}
 * @param rules in the order in which they run
 */
record Definition(String name, List<String> kinds, List<Rule> rules) {

    private static final String ACCESSION_NUMBER = "AccessionNumber";

    Definition {
        kinds = List.copyOf(kinds);
        rules = List.copyOf(rules);
    }

    /** Only the rules for the accession number. */
    Definition onlyAccession() {
        return new Definition(
                name,
                kinds,
                rules.stream()
                        .filter(rule -> rule.target().name().equals(ACCESSION_NUMBER))
                        .toList());
    }

    /** With the fields that a sender's profile names for the accession number, in one rule. */
    Definition withAccessionFrom(List<Source> sources) {
        List<Rule> changed = new ArrayList<>();
        boolean isPlaced = false;
        for (Rule rule : rules) {
            if (!rule.target().name().equals(ACCESSION_NUMBER)) {
                changed.add(rule);
            } else if (!isPlaced) {
                changed.add(rule.withSources(sources));
                isPlaced = true;
            }
        }
        return new Definition(name, kinds, changed);
    }
}
