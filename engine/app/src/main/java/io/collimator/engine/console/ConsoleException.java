package io.collimator.engine.console;

/** The HTTP listener cannot start; the message names the setting to change. */
public final class ConsoleException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ConsoleException(String message, Throwable cause) {
        super(message, cause);
    }
}
