package io.collimator.engine.intake;

import io.collimator.engine.messaging.SentOrder;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.hl7.outcome.OrderResponse;
import io.collimator.mapping.MappedMessage;
import io.collimator.mapping.MappedStep;
import io.collimator.mapping.MappingWarning;
import io.collimator.mapping.OrderNumbers;
import io.collimator.workflow.order.GroupResult.Verdict;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.OrderedStep.Instruction;
import io.collimator.workflow.order.OrderedStep.ParentOrder;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.order.StatedStatus;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.AcceptOrder.Accepted;
import org.jspecify.annotations.Nullable;

/** ORM, OMG and OMI: orders and what becomes of them. */
public final class OrderMessages implements MessageHandler {

    private static final String IMAGING_ORDER = "OMI^O23";

    private final AcceptOrder acceptOrder;

    public OrderMessages(AcceptOrder acceptOrder) {
        this.acceptOrder = acceptOrder;
    }

    @Override
    public HandledMessage handle(MessageToHandle request) {
        MappedMessage mapped = request.mapping().map(request.message(), request.profile(), request.ignored());
        try {
            Accepted accepted = acceptOrder.accept(
                    message(request.message(), mapped, request.terms().orders(), request.reception(mapped.sent())));
            return new HandledMessage(
                    accepted.receipt(),
                    accepted.repetition(),
                    accepted.groups().stream().anyMatch(group -> group.verdict() == Verdict.STALE),
                    request.terms().responses().wants(request.message(), false)
                            ? OrderResponses.accepted(mapped, accepted.groups())
                            : null,
                    mapped.warnings());
        } catch (OrderRefusedException e) {
            throw refused(request, mapped, e);
        }
    }

    private static Hl7RejectedException refused(
            MessageToHandle request, MappedMessage mapped, OrderRefusedException refusal) {
        Hl7RejectedException refused = OrderRefusals.of(refusal, request.message(), mapped);
        if (!request.terms().responses().wants(request.message(), true)) {
            return refused;
        }
        OrderResponse response = OrderResponses.refused(mapped);
        return new Hl7RejectedException(refused.refusal().with(response), refused);
    }

    /** As the workflow takes it. */
    static OrderMessage message(Hl7Message message, MappedMessage mapped, OrderPolicies policies, Reception reception) {
        return new OrderMessage(
                reception,
                form(message),
                policies,
                mapped.steps().stream()
                        .map(step -> step(step, SentOrder.fields(message, step)))
                        .toList());
    }

    static OrderForm form(Hl7Message message) {
        return message.kind().equals(IMAGING_ORDER) ? OrderForm.IPC : OrderForm.OBR;
    }

    private static OrderedStep step(MappedStep mapped, SentFields sent) {
        return new OrderedStep(
                new Instruction(
                        OrderAction.valueOf(mapped.action().name()),
                        mapped.orderControl(),
                        stated(mapped.event().row().stepStatus())),
                mapped.group(),
                mapped.position(),
                mapped.event().transactionTime().orElse(null),
                parent(mapped),
                mapped.attributes(),
                mapped.defaults(),
                mapped.warnings().stream().map(MappingWarning::toString).toList(),
                sent);
    }

    private static @Nullable StatedStatus stated(String stepStatus) {
        return switch (stepStatus) {
            case "" -> null;
            case "STARTED", "DEPARTED" -> StatedStatus.IN_PROGRESS;
            default -> StatedStatus.valueOf(stepStatus);
        };
    }

    private static ParentOrder parent(MappedStep mapped) {
        OrderNumbers parent = mapped.event().parent().isEmpty()
                ? mapped.event().parentRequest()
                : mapped.event().parent();
        return new ParentOrder(
                number(parent.placer(), parent.placerIssuer()), number(parent.filler(), parent.fillerIssuer()));
    }

    static @Nullable OrderNumber number(String number, String issuer) {
        return number.isBlank() ? null : new OrderNumber(number, issuer);
    }
}
