package io.collimator.engine.messaging;

/** The embedded broker cannot start; the message names the setting to change. */
public final class BrokerException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    BrokerException(String message) {
        super(message);
    }

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
