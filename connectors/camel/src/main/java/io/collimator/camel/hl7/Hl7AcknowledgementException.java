package io.collimator.camel.hl7;

/**
 * What came back on a connection that we opened acknowledges nothing: no HL7, the answer to another message, a code that
 * there is not. The message may or may not have been taken: it is to be sent again. The message names control IDs and codes, no
 * content.
 */
public class Hl7AcknowledgementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final byte[] answer;

    Hl7AcknowledgementException(String message) {
        this(message, new byte[0]);
    }

    Hl7AcknowledgementException(String message, byte[] answer) {
        super(message);
        this.answer = answer.clone();
    }

    /** What came back, as it came; empty when it was no HL7. Its texts may hold patient data: keep them out of the log. */
    public byte[] answer() {
        return answer.clone();
    }

    /** MSA-3 and the ERR segments of what came back, in the receiver's words; empty when it gave none. */
    public String receiverSays() {
        return ReceiverWords.of(answer);
    }
}
