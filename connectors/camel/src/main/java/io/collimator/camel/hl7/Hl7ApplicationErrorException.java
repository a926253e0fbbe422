package io.collimator.camel.hl7;

/**
 * A message that we sent is answered AE or CE (HL7 v2.5.1 §2.9.2.2): its content is wrong for the receiver, and sending it
 * again will not help.
 */
public final class Hl7ApplicationErrorException extends Hl7AcknowledgementException {

    private static final long serialVersionUID = 1L;

    Hl7ApplicationErrorException(String message, byte[] answer) {
        super(message, answer);
    }
}
