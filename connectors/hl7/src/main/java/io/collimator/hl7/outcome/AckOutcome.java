package io.collimator.hl7.outcome;

/** What became of a message; decides the acknowledgement code (HL7 v2.5.1 §2.9.2.2, original mode). */
public sealed interface AckOutcome {

    /** AA: what the message asked is durable. */
    record Accepted() implements AckOutcome {}

    /** A message that was not accepted; always says why. */
    sealed interface Refusal extends AckOutcome {

        ErrorCode code();

        ErrorLocation location();

        /** What is wrong, what was found and what to do; no patient data. */
        String text();
    }

    /** AE: the content is wrong; sending the same again will not help. */
    record ContentError(ErrorCode code, ErrorLocation location, String text) implements Refusal {}

    /** AR: not served, or not possible now; the content was not judged. */
    record Rejected(ErrorCode code, ErrorLocation location, String text) implements Refusal {}
}
