package io.collimator.camel.hl7;

import io.collimator.camel.allow.QueueNames;
import io.collimator.camel.allow.RouteRules;
import io.collimator.hl7.outbound.InvalidMessageException;
import io.collimator.hl7.outbound.MessageTemplate;
import io.collimator.hl7.outbound.MessageTemplates;
import io.collimator.hl7.outbound.OrderStatusMessage;
import io.collimator.hl7.outbound.OutboundValidation;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** {@code outbound}: the steps of a route that delivers HL7 from a queue. */
public final class OutboundMessages {

    /** Header: the template to write a status message by; absent, it leaves as it stands on the queue. */
    public static final String TEMPLATE = RouteRules.TEMPLATE_HEADER;

    /** Header, and JMS property: why a message ended in the dead letters. */
    public static final String REASON = "collimatorReason";

    /** JMS property of our own notices. */
    public static final String OUTBOX_ID = "outboxId";

    /** Property of the exchange: the outbox id, which a route may have removed from the headers meanwhile. */
    private static final String DELIVERED = "CollimatorDelivered";

    private static final String ORIGINAL_QUEUE = "_AMQ_ORIG_QUEUE";
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Supplier<MessageTemplates> templates;
    private final OutboundValidation validation;
    private final DeliveryRecord deliveries;

    /** @param templates asked for each message, so that they may change */
    public OutboundMessages(
            Supplier<MessageTemplates> templates, OutboundValidation validation, DeliveryRecord deliveries) {
        this.templates = templates;
        this.validation = validation;
        this.deliveries = deliveries;
    }

    /**
     * Writes the body as it is to leave. An order status is judged; results are other systems' messages and leave as they
     * came. For a notice that its receiver needs no more the route ends here, as with {@code stop}.
     *
     * @throws InvalidMessageException when it is not what its version says, and therefore must not leave
     * @throws IllegalStateException when there is no such template
     */
    public void write(Exchange exchange) {
        Message message = exchange.getMessage();
        Optional<UUID> notice = outboxId(message);
        if (notice.isPresent()) {
            if (!deliveries.mayBeSent(notice.get(), queueOf(exchange))) {
                exchange.setRouteStop(true);
                return;
            }
            exchange.setProperty(DELIVERED, notice.get());
        }
        String queued = Objects.requireNonNull(
                message.getBody(String.class), "The body is empty; a step before this one removed it.");
        String name = message.getHeader(TEMPLATE, "", String.class);
        String whole = OutboundValidation.isOrder(queued) ? OrderStatusMessage.withProcedure(queued) : queued;
        String written = name.isEmpty() ? whole : template(name).write(whole);
        if (OutboundValidation.isOrder(written)) {
            validation.check(written);
        }
        message.removeHeader(TEMPLATE);
        message.setBody(OutboundText.inOriginalMode(written));
    }

    /**
     * Notes that the receiver has accepted the message: the step after the one that sends it. A message that is not a notice
     * of ours is noted nowhere.
     */
    public void accepted(Exchange exchange) {
        UUID notice = exchange.getProperty(DELIVERED, UUID.class);
        if (notice != null) {
            deliveries.accepted(notice, queueOf(exchange));
        }
    }

    private static Optional<UUID> outboxId(Message message) {
        String text = message.getHeader(OUTBOX_ID, "", String.class);
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** The queue that the route reads, "" when it reads none. */
    private static String queueOf(Exchange exchange) {
        return QueueNames.named(exchange.getFromEndpoint().getEndpointUri()).orElse("");
    }

    private MessageTemplate template(String name) {
        MessageTemplates current = templates.get();
        return current.find(name)
                .orElseThrow(() ->
                        new IllegalStateException("There is no template \"%s\" in mapping/templates; there are: %s."
                                .formatted(name, current.names())));
    }

    /** Prepares the message for the dead letters: with the reason, and the queue that it came from. */
    public void giveUp(Exchange exchange) {
        Message message = exchange.getMessage();
        String reason = exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof Throwable failure
                ? String.valueOf(failure.getMessage())
                : "The route gave it up without saying why.";
        message.setHeader(REASON, reason);
        String queue = queueOf(exchange);
        if (!queue.isEmpty()) {
            message.setHeader(ORIGINAL_QUEUE, queue);
        }
        UUID notice = exchange.getProperty(DELIVERED, UUID.class);
        if (notice != null) {
            deliveries.givenUp(notice, queue);
        }
        // a person who moves it back must not see it dropped as a duplicate
        message.removeHeader(DUPLICATE_ID);
    }
}
