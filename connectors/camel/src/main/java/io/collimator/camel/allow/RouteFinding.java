package io.collimator.camel.allow;

/**
 * Something in a route file that is not allowed.
 *
 * @param line from 1
 * @param field what is meant, for instance {@code route.from.uri}
 * @param value what was found there, cut to 100 characters; "" when something is missing
 * @param fix what is wrong with it and what to write instead
 */
public record RouteFinding(Severity severity, String file, int line, String field, String value, String fix) {

    private static final int MAX_VALUE = 100;

    /** How bad. */
    public enum Severity {
        /** The engine does not start. */
        ERROR,
        /** The engine starts, and says so. */
        WARNING
    }

    public RouteFinding {
        value = value.replaceAll("\\p{Cntrl}", " ");
        if (value.length() > MAX_VALUE) {
            value = value.substring(0, MAX_VALUE) + "…";
        }
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return "%s:%d: %s%s: %s".formatted(file, line, field, value.isEmpty() ? "" : " \"" + value + "\"", fix);
    }
}
