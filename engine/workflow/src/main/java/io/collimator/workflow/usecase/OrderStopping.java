package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.usecase.OrderTargets.Target;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.List;

/**
 * Stops an order (HL7 v2.5.1 §4.5.1.1, table 0119): a request to cancel or replace is refused once something has begun, a
 * fact is not; to discontinue cancels what has not begun and flags the rest. What a modality reported stays as it is.
 */
final class OrderStopping {

    private OrderStopping() {}

    static void stop(List<Target> targets, OrderGroup group, OrderAction action) {
        targets.forEach(target -> refuseWhatCannotStop(target, group, action));
        for (Target target : targets) {
            String verb = action == OrderAction.REPLACED ? "replaced" : "cancelled";
            for (ScheduledStep step : target.steps()) {
                if (step.status().isOpen() || step.status() == StepStatus.CLOSED) {
                    target.draft()
                            .put(
                                    step.withStatus(StepStatus.CANCELLED),
                                    new AccessionDraft.Note(
                                            "order." + verb,
                                            "Step %s %s by %s".formatted(step.stepId(), verb, group.control())));
                }
            }
            setOrderStatus(target, group, action);
        }
    }

    private static void refuseWhatCannotStop(Target target, OrderGroup group, OrderAction action) {
        Accession accession = target.accession();
        boolean isRequest = action == OrderAction.CANCEL_REQUEST || action == OrderAction.REPLACED;
        boolean allEnded =
                target.steps().stream().allMatch(step -> step.status().isEnded());
        if (isRequest && target.isBegun() && allEnded) {
            throw group.locked("Accession %s has ended at the modality; there is nothing left to be %s."
                    .formatted(accession.number(), action == OrderAction.REPLACED ? "replaced" : "cancelled"));
        }
        if (isRequest && target.isBegun()) {
            throw group.locked(
                    "Accession %s has begun at the modality and can no longer be %s; send DC to discontinue it."
                            .formatted(accession.number(), action == OrderAction.REPLACED ? "replaced" : "cancelled"));
        }
        OrderStatus status = accession.orderStatus();
        boolean isStopped = status == OrderStatus.DISCONTINUED || (status != null && status.isWithdrawn());
        if (action == OrderAction.DISCONTINUE_REQUEST && target.isBegun() && allEnded && !isStopped) {
            throw group.locked("Accession %s has ended at the modality; there is nothing left to discontinue."
                    .formatted(accession.number()));
        }
    }

    private static void setOrderStatus(Target target, OrderGroup group, OrderAction action) {
        AccessionDraft draft = target.draft();
        OrderStatus old = target.accession().orderStatus();
        boolean isDiscontinued = action == OrderAction.DISCONTINUE_REQUEST || action == OrderAction.DISCONTINUED;
        if (action == OrderAction.REPLACED && target.isWhole()) {
            draft.change(OrderStatus.REPLACED, "order.replaced", "Order replaced by " + group.control());
        } else if (old == OrderStatus.REPLACED) {
            return;
        } else if (draft.isWhollyCancelled() || (action == OrderAction.CANCELLED && target.isWhole())) {
            draft.change(OrderStatus.CANCELLED, "order.cancelled", "Order cancelled by " + group.control());
        } else if (isDiscontinued && old != OrderStatus.CANCELLED && target.isBegun()) {
            draft.change(
                    OrderStatus.DISCONTINUED,
                    "order.discontinued",
                    "Order discontinued by %s; what is in progress stays until the modality ends it"
                            .formatted(group.control()));
        }
    }
}
