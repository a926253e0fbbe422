package io.collimator.workflow.usecase;

import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.usecase.OrderTargets.Target;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.List;

/** Hold and release (HL7 v2.5.1 §4.5.1.1, table 0119: HD, OH, RL, OE): a held step is kept, off the worklist. */
final class OrderHolding {

    private OrderHolding() {}

    static void hold(List<Target> targets, OrderGroup group) {
        for (Target target : targets) {
            refuseWithdrawn(target, group);
            boolean closed = target.steps().stream().anyMatch(step -> step.status() == StepStatus.CLOSED);
            if (target.isBegun() || closed) {
                throw group.locked("Accession %s has %s and can no longer be put on hold; send DC to discontinue it."
                        .formatted(target.draft().number(), closed ? "been completed" : "begun at the modality"));
            }
        }
        targets.forEach(target -> hold(target, group.control()));
    }

    static void hold(Target target, String control) {
        for (ScheduledStep step : target.steps()) {
            if (step.status().isOpen() && step.status() != StepStatus.ON_HOLD) {
                target.draft()
                        .put(
                                step.withStatus(StepStatus.ON_HOLD),
                                new AccessionDraft.Note(
                                        "order.held", "Step %s put on hold by %s".formatted(step.stepId(), control)));
            }
        }
        if (isHeld(target.draft()) && target.accession().orderStatus() == OrderStatus.SCHEDULED) {
            target.draft().change(OrderStatus.ON_HOLD, "order.held", "Order put on hold by " + control);
        }
    }

    static void release(List<Target> targets, OrderGroup group) {
        targets.forEach(target -> refuseWithdrawn(target, group));
        for (Target target : targets) {
            for (ScheduledStep step : target.steps()) {
                if (step.status() == StepStatus.ON_HOLD) {
                    target.draft()
                            .put(
                                    step.withStatus(StepStatus.SCHEDULED),
                                    new AccessionDraft.Note(
                                            "order.released",
                                            "Step %s released by %s".formatted(step.stepId(), group.control())));
                }
            }
            released(target.draft(), group.control());
        }
    }

    static void released(AccessionDraft draft, String control) {
        boolean wasHeld = draft.ordered()
                .filter(accession -> accession.orderStatus() == OrderStatus.ON_HOLD)
                .isPresent();
        if (wasHeld && !isHeld(draft)) {
            draft.change(OrderStatus.SCHEDULED, "order.released", "Order released by " + control);
        }
    }

    /** Whether all that is left to do is on hold. */
    private static boolean isHeld(AccessionDraft draft) {
        List<ScheduledStep> open =
                draft.steps().stream().filter(step -> step.status().isOpen()).toList();
        return !open.isEmpty() && open.stream().allMatch(step -> step.status() == StepStatus.ON_HOLD);
    }

    static void refuseWithdrawn(Target target, OrderGroup group) {
        OrderStatus status = target.accession().orderStatus();
        boolean allCancelled = !target.steps().isEmpty()
                && target.steps().stream().allMatch(step -> step.status() == StepStatus.CANCELLED);
        if (allCancelled || (status != null && status.isWithdrawn())) {
            throw group.unknown(
                    "The order of accession %s is cancelled, so %s can do nothing for it; send NW to reinstate it."
                            .formatted(target.draft().number(), group.control()));
        }
    }
}
