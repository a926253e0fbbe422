package io.collimator.engine.intake;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.mapping.IgnoredOrders;
import io.collimator.mapping.MappingSet;
import io.collimator.mapping.MappingWarning;
import io.collimator.mapping.SenderProfile;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message on its way to its handler, with the mapping that is its own to the end.
 *
 * @param ignored orders of it that are left out, not all
 */
record MessageToHandle(
        MappingSet mapping,
        SenderTerms terms,
        Hl7Message message,
        IgnoredOrders ignored,
        byte[] content,
        Instant receivedAt) {

    SenderProfile profile() {
        return terms.profile();
    }

    /** @param sent MSH-7 */
    Reception reception(Optional<Instant> sent) {
        return reception(sent, List.of());
    }

    /** @param warnings of the mapping, for the timelines of what the message changes */
    Reception reception(Optional<Instant> sent, List<MappingWarning> warnings) {
        return new Reception(
                new ReceivedMessage.Key(
                        RefusedMessages.senderOf(message.headers()),
                        message.headers().controlId(),
                        message.contentDigest()),
                message.kind(),
                terms.name(),
                receivedAt,
                sent.orElse(null),
                content,
                warnings.stream().map(MappingWarning::toString).toList());
    }

    /** Without content, which is patient data. */
    @Override
    public String toString() {
        return "MessageToHandle[" + message + "]";
    }
}
