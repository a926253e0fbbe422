package io.collimator.camel.hl7;

import java.util.UUID;

/** What is known of the delivery of notices, and where it is noted. Thread-safe. */
public interface DeliveryRecord {

    /** Nothing is known, and nothing noted. */
    DeliveryRecord NONE = new DeliveryRecord() {
        @Override
        public boolean mayBeSent(UUID outboxId, String queue) {
            return true;
        }

        @Override
        public void accepted(UUID outboxId, String queue) {
            // nobody asks
        }

        @Override
        public void givenUp(UUID outboxId, String queue) {
            // nobody asks
        }
    };

    /**
     * Whether the receiver has neither accepted it nor a newer status of its accession; who answers no counts and logs it.
     *
     * @param queue that the message was taken from
     */
    boolean mayBeSent(UUID outboxId, String queue);

    /** The receiver has accepted it; returns when that is durable. */
    void accepted(UUID outboxId, String queue);

    /** It goes to the dead letters. */
    void givenUp(UUID outboxId, String queue);
}
