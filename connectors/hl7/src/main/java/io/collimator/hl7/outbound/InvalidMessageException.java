package io.collimator.hl7.outbound;

/** A message of ours that is not sent, because it is not what its version says; names segment and field, no values. */
public final class InvalidMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidMessageException(String message) {
        super(message);
    }
}
