package io.collimator.workflow.usecase;

import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.StatedStatus;
import io.collimator.workflow.usecase.OrderTargets.Target;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.List;

/**
 * The order's side states a status (HL7 v2.5.1 §4.5.1.5, ORC-5). It moves what no modality has begun; what a modality
 * reported is never overwritten, and "in progress" is the modality's to say, so that a step stays on the worklist until
 * then.
 */
final class OrderStating {

    private OrderStating() {}

    static void state(List<Target> targets, OrderGroup group) {
        StatedStatus stated = group.instruction().stepStatus();
        if (stated == StatedStatus.CANCELLED || stated == StatedStatus.DISCONTINUED) {
            OrderStopping.stop(targets, group, factOf(stated));
            return;
        }
        targets.forEach(target -> OrderHolding.refuseWithdrawn(target, group));
        for (Target target : targets) {
            if (stated == null || stated == StatedStatus.IN_PROGRESS) {
                target.draft()
                        .note(new AccessionDraft.Note(
                                "order.status",
                                "%s tells %s; the step's status stays what the modality says"
                                        .formatted(
                                                group.control(),
                                                stated == null ? "no status" : "that it is in progress")));
            } else {
                state(target, group.control(), stated);
            }
        }
    }

    /** What a group that brings a step states of it, beyond what a new step is. */
    static void stateOfBrought(Target target, OrderGroup group) {
        StatedStatus stated = group.instruction().stepStatus();
        if (stated == StatedStatus.CANCELLED || stated == StatedStatus.DISCONTINUED) {
            OrderStopping.stop(List.of(target), group, factOf(stated));
        } else if (stated == StatedStatus.COMPLETED || stated == StatedStatus.ON_HOLD) {
            state(target, group.control(), stated);
        }
    }

    private static OrderAction factOf(StatedStatus stated) {
        return stated == StatedStatus.CANCELLED ? OrderAction.CANCELLED : OrderAction.DISCONTINUED;
    }

    private static void state(Target target, String control, StatedStatus stated) {
        switch (stated) {
            case ON_HOLD -> OrderHolding.hold(target, control);
            case COMPLETED -> complete(target, control);
            case ARRIVED -> move(target, control, StepStatus.ARRIVED);
            case READY -> move(target, control, StepStatus.READY);
            default -> move(target, control, StepStatus.SCHEDULED);
        }
    }

    private static void move(Target target, String control, StepStatus status) {
        for (ScheduledStep step : target.steps()) {
            boolean movable = step.status().isOpen() || step.status() == StepStatus.CLOSED;
            if (movable && step.status() != status) {
                target.draft()
                        .put(
                                step.withStatus(status),
                                new AccessionDraft.Note(
                                        "order.status",
                                        "Step %s is %s, says %s".formatted(step.stepId(), status, control)));
            }
        }
        OrderHolding.released(target.draft(), control);
        boolean reopened = target.accession().orderStatus() == OrderStatus.COMPLETED
                && target.draft().steps().stream()
                        .anyMatch(step -> step.status().isOpen());
        if (reopened) {
            target.draft().change(OrderStatus.SCHEDULED, "order.status", "Order is scheduled again, says " + control);
        }
    }

    private static void complete(Target target, String control) {
        for (ScheduledStep step : target.steps()) {
            if (step.status().isOpen()) {
                target.draft()
                        .put(
                                step.withStatus(StepStatus.CLOSED),
                                new AccessionDraft.Note(
                                        "order.closed",
                                        "Step %s is completed, says %s; no modality has reported it, and it leaves the worklist"
                                                .formatted(step.stepId(), control)));
            }
        }
        boolean nothingOpen =
                target.draft().steps().stream().noneMatch(step -> step.status().isOpen());
        OrderStatus old = target.accession().orderStatus();
        if (nothingOpen && (old == OrderStatus.SCHEDULED || old == OrderStatus.ON_HOLD)) {
            target.draft().change(OrderStatus.COMPLETED, "order.closed", "Order is completed, says " + control);
        }
    }
}
