package io.collimator.camel.delivery;

import io.collimator.camel.allow.QueueNames;
import io.collimator.camel.allow.RouteRules;
import io.collimator.camel.hl7.OutboundText;
import io.collimator.camel.watch.RouteListener;
import io.collimator.camel.watch.RouteWatch;
import io.collimator.hl7.outbound.InvalidMessageException;
import io.collimator.hl7.outbound.MessageTemplate;
import io.collimator.hl7.outbound.MessageTemplates;
import io.collimator.hl7.outbound.OrderStatusMessage;
import io.collimator.hl7.outbound.OutboundValidation;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/** {@code outbound}: the steps of a route that delivers HL7 from a queue. */
public final class OutboundMessages {

    /** Header: the template to write a status message by; absent, it leaves as it stands on the queue. */
    public static final String TEMPLATE = RouteRules.TEMPLATE_HEADER;

    /** Header, and JMS property: why a message ended in the dead letters. */
    public static final String REASON = "collimatorReason";

    /** JMS property of our own notices. */
    public static final String OUTBOX_ID = RouteListener.OUTBOX_ID;

    /** JMS property of what is put on its queue again: which attempt it is. */
    public static final String ATTEMPT = "collimatorAttempt";

    /** JMS property of what is put on its queue again and is no notice of ours: what it was called at first. */
    public static final String KEY = "collimatorKey";

    /** JMS property of what is put on its queue again: "true" when it was bytes there, each of which is a character now. */
    public static final String BYTES = "collimatorBytes";

    /** JMS property in which a broker notes the queue that a dead letter comes from. */
    public static final String ORIGINAL_QUEUE = "_AMQ_ORIG_QUEUE";

    private static final String GROUP = "JMSXGroupID";
    private static final String NEXT = "CollimatorNext";

    /** Property of the exchange: the message as it was taken, of which a route may have changed everything meanwhile. */
    private static final String DELIVERED = "CollimatorDelivered";

    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

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
     * came, and so does what a route put on the queue as it was received. For a notice that its receiver needs no more the route ends here, as with {@code stop}.
     *
     * @throws InvalidMessageException when it is not what its version says, and therefore must not leave
     * @throws IllegalStateException when there is no such template
     */
    public void write(Exchange exchange) {
        Message message = exchange.getMessage();
        Optional<OutgoingMessage> outgoing = outgoing(exchange);
        if (outgoing.isPresent()) {
            if (!deliveries.mayBeSent(outgoing.get())) {
                exchange.setRouteStop(true);
                return;
            }
            exchange.setProperty(DELIVERED, outgoing.get());
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    deliveries.ended(outgoing.get());
                }
            });
        }
        if (message.getBody() instanceof byte[] received) {
            message.setBody(OutgoingMessage.bytes(OutboundText.inOriginalMode(OutgoingMessage.text(received))));
            return;
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
        OutgoingMessage outgoing = delivered(exchange);
        if (outgoing != null) {
            deliveries.accepted(outgoing);
        }
    }

    /**
     * For {@code retryWhile} of a route: whether it sends the message again. It has waited for its turn then. Otherwise the
     * message is kept aside, with what comes behind it, so that other accessions go on; the step {@link #putAside} ends it.
     */
    public boolean keepsTrying(Exchange exchange) {
        // what the receiver has taken is not sent once more for a step that fails after that
        DeliveryRecord.Next next = deliveries.failed(
                RouteWatch.isSent(exchange) ? null : delivered(exchange), RouteWatch.failureOf(exchange));
        exchange.setProperty(NEXT, next);
        return next == DeliveryRecord.Next.AGAIN;
    }

    /**
     * Ends a message that is kept aside.
     *
     * @throws IllegalStateException when it is not, so that it goes back to its queue
     */
    public void putAside(Exchange exchange) {
        if (exchange.getProperty(NEXT) != DeliveryRecord.Next.ASIDE) {
            throw new IllegalStateException(
                    "The message goes back to its queue; the engine stops, or the route has no retryWhile with outbound.keepsTrying.");
        }
    }

    private static @Nullable OutgoingMessage delivered(Exchange exchange) {
        return exchange.getProperty(DELIVERED, OutgoingMessage.class);
    }

    /** The message as it stood on the queue, whatever the steps before this one made of it. */
    private static Optional<OutgoingMessage> outgoing(Exchange exchange) {
        Message now = exchange.getMessage();
        String queue = queueOf(exchange);
        if (queue.isEmpty()
                && OutgoingMessage.uuid(now.getHeader(OUTBOX_ID, "", String.class))
                        .isEmpty()) {
            return Optional.empty();
        }
        Message original = exchange.getUnitOfWork() == null
                ? null
                : exchange.getUnitOfWork().getOriginalInMessage();
        Message taken = original == null ? now : original;
        Map<String, String> properties = new TreeMap<>();
        taken.getHeaders().forEach((name, value) -> {
            if (value instanceof String text && isProperty(name)) {
                properties.put(name, text);
            }
        });
        String key = properties.getOrDefault(
                OUTBOX_ID,
                properties.getOrDefault(KEY, taken.getHeader("JMSMessageID", exchange.getExchangeId(), String.class)));
        String body;
        if (taken.getBody() instanceof byte[] received) {
            properties.put(BYTES, Boolean.toString(true));
            body = OutgoingMessage.text(received);
        } else {
            body = Objects.requireNonNullElse(taken.getBody(String.class), "");
        }
        return Optional.of(new OutgoingMessage(
                queue,
                OutgoingMessage.name(properties.getOrDefault(GROUP, key)),
                OutgoingMessage.name(key),
                taken.getHeader(ATTEMPT, 0, Integer.class),
                properties,
                body));
    }

    private static boolean isProperty(String name) {
        return name.equals(GROUP) || !(name.startsWith("JMS") || name.startsWith("_AMQ") || name.startsWith("Camel"));
    }

    /** The queue that the route reads, "" when it reads none. */
    private static String queueOf(Exchange exchange) {
        Endpoint from = exchange.getFromEndpoint();
        return from == null ? "" : QueueNames.named(from.getEndpointUri()).orElse("");
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
        OutgoingMessage outgoing = delivered(exchange);
        if (outgoing != null) {
            deliveries.givenUp(outgoing);
        }
        // a person who moves it back must not see it dropped as a duplicate
        message.removeHeader(DUPLICATE_ID);
    }
}
