package io.collimator.engine.intake;

import io.collimator.engine.reload.OrderTrial;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.mapping.MappedMessage;
import io.collimator.mapping.SenderProfile;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.usecase.ForeseeOrder;
import java.time.Instant;

/** What the intake would say of an order message that was mapped, without a store: dry runs and comparisons ask it. */
public final class OrderForesight implements OrderTrial {

    @Override
    public void check(Hl7Message message, MappedMessage mapped, SenderProfile profile) {
        try {
            ForeseeOrder.check(OrderMessages.message(message, mapped, SenderTerms.orders(profile), never(message)));
        } catch (OrderRefusedException e) {
            throw OrderRefusals.of(e, message, mapped);
        }
    }

    /** It was not received, and nothing depends on when. */
    private static Reception never(Hl7Message message) {
        Hl7Headers headers = message.headers();
        return new Reception(
                new ReceivedMessage.Key(
                        RefusedMessages.senderOf(headers), headers.controlId(), message.contentDigest()),
                message.kind(),
                SenderProfile.DEFAULT,
                Instant.EPOCH,
                null,
                new byte[0]);
    }
}
