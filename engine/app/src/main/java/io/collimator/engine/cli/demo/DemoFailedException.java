package io.collimator.engine.cli.demo;

import org.jspecify.annotations.Nullable;

/** A step of the demonstration that was not seen; the message says which and what was seen instead. */
public final class DemoFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        this(message, null);
    }

    DemoFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
