package io.collimator.camel.hl7;

/** A message that we sent was not accepted; names control IDs and codes, no content. */
public final class Hl7AcknowledgementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Hl7AcknowledgementException(String message) {
        super(message);
    }
}
