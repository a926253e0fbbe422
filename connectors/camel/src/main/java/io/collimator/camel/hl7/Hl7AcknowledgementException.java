package io.collimator.camel.hl7;

/**
 * What came back on a connection that we opened acknowledges nothing: no HL7, the answer to another message, a code that
 * there is not. The message may or may not have been taken: it is to be sent again. Names control IDs and codes, no
 * content.
 */
public class Hl7AcknowledgementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Hl7AcknowledgementException(String message) {
        super(message);
    }
}
