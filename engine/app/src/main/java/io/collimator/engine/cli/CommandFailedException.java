package io.collimator.engine.cli;

import org.jspecify.annotations.Nullable;

/** A command that failed for a reason that its message tells in one line; ends with exit code 1. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        this(message, null);
    }

    CommandFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
