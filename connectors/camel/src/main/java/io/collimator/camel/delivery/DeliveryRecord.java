package io.collimator.camel.delivery;

import io.collimator.camel.watch.StepFailure;
import org.jspecify.annotations.Nullable;

/** What is known of the delivery of messages, where it is noted, and whose turn it is. Its methods may block. Thread-safe. */
public interface DeliveryRecord {

    /** What becomes of a message that was not delivered. */
    enum Next {
        /** The route sends it again now; it has waited for its turn. */
        AGAIN,
        /** It is kept aside, and the queue goes on without it. */
        ASIDE,
        /** It goes back to its queue, because the engine stops. */
        BACK
    }

    /** Nothing is known, and nothing noted. */
    DeliveryRecord NONE = new DeliveryRecord() {
        @Override
        public boolean mayBeSent(OutgoingMessage message) {
            return true;
        }

        @Override
        public void accepted(OutgoingMessage message) {
            // nobody asks
        }

        @Override
        public void givenUp(OutgoingMessage message) {
            // nobody asks
        }

        @Override
        public Next failed(@Nullable OutgoingMessage message, StepFailure failure) {
            return Next.AGAIN;
        }

        @Override
        public void ended(OutgoingMessage message) {
            // nobody asks
        }
    };

    /**
     * Whether it is to be sent now: the receiver has neither accepted it nor a newer status of its accession, and nothing of
     * its line waits aside. Waits for its turn. Who answers no counts and logs it.
     */
    boolean mayBeSent(OutgoingMessage message);

    /** The receiver has accepted it; returns when that is durable. */
    void accepted(OutgoingMessage message);

    /** It goes to the dead letters. */
    void givenUp(OutgoingMessage message);

    /**
     * It was not delivered; waits until it can be sent again, or returns when it is durable aside.
     *
     * @param message null when it is not known yet whether it may be sent, or its receiver has taken it and a later step failed
     */
    Next failed(@Nullable OutgoingMessage message, StepFailure failure);

    /** The route has done with it, whatever became of it. */
    void ended(OutgoingMessage message);
}
