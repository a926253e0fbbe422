package io.collimator.engine.intake;

import io.collimator.camel.receipt.AcknowledgementReceipt;
import io.collimator.hl7.ack.Hl7Acceptance;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Limits;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.MappedMessage;
import io.collimator.mapping.Mapping;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.usecase.AcceptOrder;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code orders}: HL7 order messages become entries of the worklist, in one transaction each. */
public final class OrdersIntake {

    private static final Logger LOG = LoggerFactory.getLogger(OrdersIntake.class);
    private static final String IMAGING_ORDER = "OMI^O23";

    private final Hl7Acceptance acceptance;
    private final Mapping mapping;
    private final AcceptOrder acceptOrder;
    private final Surroundings with;

    /**
     * What an order is read and kept with.
     *
     * @param characterSet where MSH-18 names none
     */
    public record Surroundings(RefusedMessages refused, Charset characterSet, Clock clock) {}

    public OrdersIntake(Hl7Acceptance acceptance, Mapping mapping, AcceptOrder acceptOrder, Surroundings surroundings) {
        this.acceptance = acceptance;
        this.mapping = mapping;
        this.acceptOrder = acceptOrder;
        this.with = surroundings;
    }

    /**
     * Takes the frame's content in the body; attaches the receipt after the commit.
     *
     * @throws Hl7RejectedException with the answer, when the message is refused; its content is kept then
     */
    public void accept(Exchange exchange) {
        byte[] content = Objects.requireNonNull(
                exchange.getMessage().getBody(byte[].class), "The body is empty; a step before this one removed it.");
        try {
            accept(content);
            AcknowledgementReceipt.committed("order message").attachTo(exchange);
        } catch (Hl7RejectedException e) {
            with.refused().keep(content, e.refusal());
            throw e;
        }
    }

    private void accept(byte[] content) {
        Hl7Message message = Hl7Message.parse(content, with.characterSet(), Hl7Limits.DEFAULT);
        acceptance.check(message.headers()).ifPresent(refusal -> {
            throw new Hl7RejectedException(refusal);
        });
        MappedMessage mapped = mapping.map(message);
        mapped.warnings()
                .forEach(warning -> LOG.info("Message {}: {}", message.headers().controlId(), warning));
        try {
            acceptOrder.accept(orderMessage(message, mapped, content));
        } catch (OrderRefusedException e) {
            throw refused(e);
        }
    }

    private OrderMessage orderMessage(Hl7Message message, MappedMessage mapped, byte[] content) {
        Hl7Headers headers = message.headers();
        List<OrderedStep> steps = mapped.steps().stream()
                .map(step -> new OrderedStep(step.orderControl(), step.attributes(), step.defaults()))
                .toList();
        return new OrderMessage(
                new ReceivedMessage.Key(
                        RefusedMessages.senderOf(headers), headers.controlId(), message.contentDigest()),
                content,
                with.clock().instant(),
                message.kind().equals(IMAGING_ORDER) ? OrderForm.IPC : OrderForm.OBR,
                steps);
    }

    private static Hl7RejectedException refused(OrderRefusedException refusal) {
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(candidate -> candidate.code() == refusal.code())
                .findFirst()
                .orElse(ErrorCode.APPLICATION_INTERNAL_ERROR);
        ErrorLocation location = refusal.location()
                .map(place -> new ErrorLocation(place.segment(), place.sequence(), place.field(), 0))
                .orElse(ErrorLocation.NONE);
        return Hl7RejectedException.contentError(code, location, String.valueOf(refusal.getMessage()));
    }
}
