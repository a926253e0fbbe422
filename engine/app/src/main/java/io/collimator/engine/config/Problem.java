package io.collimator.engine.config;

/**
 * One finding in what an analyst or administrator wrote.
 *
 * @param file path relative to the home, or {@code environment}
 * @param line from 1; 0 when the finding is not on a line
 * @param field key or path of the field, empty when there is none
 * @param value what was found, empty when nothing was
 * @param fix what was expected and what to do
 */
public record Problem(String file, int line, String field, String value, String fix) {

    private static final int MAX_VALUE = 80;

    public Problem {
        String printable = value.replaceAll("\\p{Cntrl}", "?");
        value = printable.length() > MAX_VALUE ? printable.substring(0, MAX_VALUE) + "…" : printable;
    }

    /** One line: {@code file:line: field = "value": fix}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ");
        if (!field.isEmpty()) {
            text.append(field);
            if (!value.isEmpty()) {
                text.append(" = \"").append(value).append('"');
            }
            text.append(": ");
        }
        return text.append(fix).toString();
    }
}
