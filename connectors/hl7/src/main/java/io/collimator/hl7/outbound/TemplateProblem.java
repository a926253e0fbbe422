package io.collimator.hl7.outbound;

/**
 * Something wrong in a template.
 *
 * @param file path below the home, for instance {@code mapping/templates/status-orm-2.3.1.hl7}
 * @param line from 1; 0 when the file as a whole is meant
 * @param field which field of the message, for instance {@code OBR-4}
 * @param found the value found
 * @param fix what was expected and what to do
 */
public record TemplateProblem(String file, int line, String field, String found, String fix) {

    @Override
    public String toString() {
        return "%s:%d: %s is \"%s\". %s".formatted(file, line, field, found, fix);
    }
}
