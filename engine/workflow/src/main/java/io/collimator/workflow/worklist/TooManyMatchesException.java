package io.collimator.workflow.worklist;

/** A query matches more than {@code collimator.worklist.max-responses}: it ends with A700H, for a list is never cut. */
public final class TooManyMatchesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyMatchesException(int limit) {
        super("More than %d matches; narrow the query".formatted(limit));
    }

    /** For Error Comment (0000,0902). */
    public String comment() {
        return String.valueOf(getMessage());
    }
}
