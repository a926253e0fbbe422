package io.collimator.engine.intake;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.mapping.NamedOrder;
import io.collimator.mapping.OrderNumbers;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.usecase.IgnoreMessage;
import java.time.Instant;
import java.util.List;

/** What is acknowledged, counted and kept, and changes nothing: by the sender's block or by the order control table. */
public final class IgnoredMessages {

    private final IgnoreMessage ignoreMessage;

    public IgnoredMessages(IgnoreMessage ignoreMessage) {
        this.ignoreMessage = ignoreMessage;
    }

    /** Whether an order or accession that it names is known: then it is about us. */
    boolean isKnown(List<NamedOrder> orders) {
        return ignoreMessage.isKnown(orders.stream().map(IgnoredMessages::named).toList());
    }

    private static IgnoreMessage.Named named(NamedOrder order) {
        OrderNumbers numbers = order.numbers();
        return new IgnoreMessage.Named(
                OrderMessages.number(numbers.placer(), numbers.placerIssuer()),
                OrderMessages.number(numbers.filler(), numbers.fillerIssuer()),
                AccessionNumber.parse(order.accession()).orElse(null));
    }

    /** Its body is not looked at, so that nothing in it can refuse it. */
    CommitReceipt keep(Hl7Headers headers, byte[] content, String profile, Instant receivedAt) {
        return ignoreMessage.keep(new Reception(
                new ReceivedMessage.Key(RefusedMessages.senderOf(headers), headers.controlId(), ""),
                headers.kind(),
                profile,
                receivedAt,
                null,
                content));
    }
}
