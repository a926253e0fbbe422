package io.collimator.workflow.worklist;

/**
 * A query matches more than {@code collimator.worklist.max-responses}, or leaves more than
 * {@code collimator.worklist.max-candidate-rows} to look through: it ends with A700H, for a list is never cut in silence.
 */
public final class TooManyMatchesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private TooManyMatchesException(String comment) {
        super(comment);
    }

    static TooManyMatchesException matches(int limit) {
        return new TooManyMatchesException("More than %d matches; narrow the query".formatted(limit));
    }

    static TooManyMatchesException candidates(int limit) {
        return new TooManyMatchesException("Over %d entries to look through; add a date or station".formatted(limit));
    }

    /** For Error Comment (0000,0902): 64 characters or less. */
    public String comment() {
        return String.valueOf(getMessage());
    }
}
