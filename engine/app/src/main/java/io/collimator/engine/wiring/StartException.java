package io.collimator.engine.wiring;

import org.jspecify.annotations.Nullable;

/** The engine cannot start; the message is one line for people: what is in the way and what to do. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
