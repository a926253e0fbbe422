package io.collimator.engine.cli.remote;

import org.jspecify.annotations.Nullable;

/** The engine did not answer as it should; the message says what to do. */
public final class RemoteEngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RemoteEngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
