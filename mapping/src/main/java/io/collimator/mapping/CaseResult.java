package io.collimator.mapping;

import java.util.List;

/**
 * What became of a golden case: {@code mapping/cases/NAME/message.hl7} against {@code expected.json}.
 *
 * @param name of the folder
 * @param differences one line each: path, what was expected, what came; none when the case holds
 * @param actual what the mapping makes of the message, as {@code expected.json} would hold it
 */
public record CaseResult(String name, List<String> differences, String actual) {

    public CaseResult {
        differences = List.copyOf(differences);
    }

    public boolean holds() {
        return differences.isEmpty();
    }

    /** The name and the number of differences. */
    @Override
    public String toString() {
        return "CaseResult[" + name + " " + differences.size() + " differences]";
    }
}
