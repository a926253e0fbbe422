package io.collimator.hl7.outcome;

import org.jspecify.annotations.Nullable;

/** What became of a message; decides the acknowledgement codes (HL7 v2.5.1 §2.9.2.2, §2.9.3). */
public sealed interface AckOutcome {

    /** What the application acknowledgement says of each order; null: it is a plain ACK. */
    @Nullable
    OrderResponse response();

    /** AA: what the message asked is durable. */
    record Accepted(@Nullable OrderResponse response) implements AckOutcome {

        /** Answered by a plain ACK. */
        public Accepted() {
            this(null);
        }
    }

    /** A message that was not accepted; always says why. */
    sealed interface Refusal extends AckOutcome {

        ErrorCode code();

        ErrorLocation location();

        /** What is wrong, what was found and what to do; no patient data. */
        String text();

        /** This refusal with what it says of each order. */
        Refusal with(OrderResponse response);
    }

    /** AE: the content is wrong; sending the same again will not help. */
    record ContentError(
            ErrorCode code,
            ErrorLocation location,
            String text,
            @Nullable OrderResponse response) implements Refusal {

        /** Answered by a plain ACK. */
        public ContentError(ErrorCode code, ErrorLocation location, String text) {
            this(code, location, text, null);
        }

        @Override
        public ContentError with(OrderResponse orders) {
            return new ContentError(code, location, text, orders);
        }
    }

    /** AR: not served, or not possible now; the content was not judged. */
    record Rejected(
            ErrorCode code,
            ErrorLocation location,
            String text,
            @Nullable OrderResponse response) implements Refusal {

        /** Answered by a plain ACK. */
        public Rejected(ErrorCode code, ErrorLocation location, String text) {
            this(code, location, text, null);
        }

        @Override
        public Rejected with(OrderResponse orders) {
            return new Rejected(code, location, text, orders);
        }
    }
}
