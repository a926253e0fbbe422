package io.collimator.engine.messaging;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outbound.RepeatedFields;
import io.collimator.mapping.MappedStep;
import io.collimator.workflow.order.SentFields;

/** What statuses repeat of the order that a step of a message is of. */
public final class SentOrder {

    private SentOrder() {}

    public static SentFields fields(Hl7Message message, MappedStep step) {
        return message.orderGroups().stream()
                .filter(group -> group.order() == step.group() && group.step() == step.number())
                .findFirst()
                .map(group -> new SentFields(RepeatedFields.of(message, group)))
                .orElse(SentFields.NONE);
    }
}
