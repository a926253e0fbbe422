package io.collimator.workflow.order;

import java.util.List;

/**
 * An order message that was mapped: all of its steps apply, or none.
 *
 * @param policies of its sender
 * @param steps in the order of the message's groups
 */
public record OrderMessage(Reception reception, OrderForm form, OrderPolicies policies, List<OrderedStep> steps) {

    public OrderMessage {
        steps = List.copyOf(steps);
    }

    /** Without attributes, which are patient data. */
    @Override
    public String toString() {
        return "OrderMessage[" + reception + ", " + steps.size() + " steps]";
    }
}
