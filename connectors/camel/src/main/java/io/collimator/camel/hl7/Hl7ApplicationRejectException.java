package io.collimator.camel.hl7;

/**
 * A message that we sent is answered AR or CR (HL7 v2.5.1 §2.9.2.2): the receiver did not judge its content, and it is to
 * be sent again later.
 */
public final class Hl7ApplicationRejectException extends Hl7AcknowledgementException {

    private static final long serialVersionUID = 1L;

    Hl7ApplicationRejectException(String message, byte[] answer) {
        super(message, answer);
    }
}
