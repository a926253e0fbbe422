package io.collimator.workflow.order;

import java.time.Instant;
import java.util.List;

/**
 * An order message that was mapped: all of its steps apply, or none.
 *
 * @param key what makes it the same as another one
 * @param content the bytes of the frame
 * @param steps in the order of the message's groups
 */
public record OrderMessage(
        ReceivedMessage.Key key, byte[] content, Instant receivedAt, OrderForm form, List<OrderedStep> steps) {

    public OrderMessage {
        content = content.clone();
        steps = List.copyOf(steps);
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    /** Without content, which is patient data. */
    @Override
    public String toString() {
        return "OrderMessage[" + key.sender() + ", " + key.controlId() + ", " + steps.size() + " steps]";
    }
}
