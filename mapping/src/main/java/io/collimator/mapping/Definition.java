package io.collimator.mapping;

import java.util.List;

/**
 * One definition file.
 *
 * @param file path below the home
 * @param kinds types and events it is for, for instance {@code ORM^O01}
 * @param rules in the order of the file
 */
record Definition(String file, List<String> kinds, List<Rule> rules) {

    Definition {
        kinds = List.copyOf(kinds);
        rules = List.copyOf(rules);
    }
}
