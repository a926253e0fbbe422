package io.collimator.engine.reload;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.mapping.MappedMessage;
import io.collimator.mapping.SenderProfile;

/** Whether the engine would take an order message that was mapped. A pure function, by the engine's own checks. */
@FunctionalInterface
public interface OrderTrial {

    /**
     * Judges the message as the first that is heard of its orders.
     *
     * @throws io.collimator.hl7.outcome.Hl7RejectedException with what the engine would answer
     */
    void check(Hl7Message message, MappedMessage mapped, SenderProfile profile);
}
