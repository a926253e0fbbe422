package io.collimator.mapping;

/**
 * Something wrong in a definition or a table.
 *
 * @param file path below the home, for instance {@code mapping/definitions/orders-to-worklist.yaml}
 * @param line from 1; 0 when the file as a whole is meant
 * @param field which key or column
 * @param found the value found
 * @param fix what was expected and what to do
 */
public record MappingProblem(String file, int line, String field, String found, String fix) {

    @Override
    public String toString() {
        return "%s%s: %s is \"%s\". %s".formatted(file, line > 0 ? ":" + line : "", field, found, fix);
    }
}
