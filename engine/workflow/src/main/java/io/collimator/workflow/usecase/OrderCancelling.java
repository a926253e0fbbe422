package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderControl;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.List;

/**
 * CA, OC and DC (HL7 v2.5.1 §4.5.1.1, table 0119): CA asks and is refused once something has begun, OC tells a fact, DC
 * cancels what has not begun and flags the rest. A group that names a step speaks of that step, else of the whole order.
 */
final class OrderCancelling {

    void apply(AccessionDrafts drafts, OrderGroup group) {
        for (AccessionDraft draft : accessionsOf(drafts, group)) {
            Accession accession = draft.ordered().orElseThrow();
            OrderScheduling.checkPatient(accession, group);
            List<ScheduledStep> steps = draft.steps().stream()
                    .filter(step -> group.stepId().isEmpty() || step.stepId().equals(group.stepId()))
                    .toList();
            refuseWhatCannotStop(steps, accession, group);
            for (ScheduledStep step : steps) {
                if (!step.status().isBegun() && !step.status().isEnded()) {
                    draft.put(
                            step.withStatus(StepStatus.CANCELLED),
                            new AccessionDraft.Note(
                                    "order.cancelled",
                                    "Step %s cancelled by %s".formatted(step.stepId(), group.control())));
                }
            }
            setOrderStatus(draft, accession, steps, group);
        }
    }

    private static List<AccessionDraft> accessionsOf(AccessionDrafts drafts, OrderGroup group) {
        List<AccessionDraft> known = drafts.ofOrder(group);
        if (known.isEmpty()) {
            throw group.refusal(
                    OrderRefusedException.UNKNOWN_KEY,
                    group.orderNumberField(),
                    "No order is known by %s, so there is nothing to stop; check the number."
                            .formatted(group.orderNumber()));
        }
        AccessionNumber carried = group.accession();
        List<AccessionDraft> named = carried == null
                ? known
                : known.stream().filter(draft -> draft.number().equals(carried)).toList();
        if (named.isEmpty() && group.isAccessionTheFillerNumber()) {
            named = known;
        }
        if (named.isEmpty()) {
            throw group.refusal(
                    OrderRefusedException.UNKNOWN_KEY,
                    OrderField.ACCESSION_NUMBER,
                    "The order with %s has no accession number %s; check it.".formatted(group.orderNumber(), carried));
        }
        if (group.stepId().isEmpty()) {
            return named;
        }
        List<AccessionDraft> withStep = named.stream()
                .filter(draft -> draft.step(group.stepId()).isPresent())
                .toList();
        if (withStep.isEmpty()) {
            throw group.refusal(
                    OrderRefusedException.UNKNOWN_KEY,
                    OrderField.STEP_ID,
                    "The order with %s has no scheduled procedure step %s; check it, or name none to stop the whole order."
                            .formatted(group.orderNumber(), group.stepId()));
        }
        return withStep;
    }

    private static void refuseWhatCannotStop(List<ScheduledStep> steps, Accession accession, OrderGroup group) {
        boolean begun = steps.stream().anyMatch(step -> step.status().isBegun());
        boolean allEnded = steps.stream().allMatch(step -> step.status().isEnded());
        if (group.control() == OrderControl.CA && begun) {
            throw group.refusal(
                    OrderRefusedException.RECORD_LOCKED,
                    OrderField.ORDER_CONTROL,
                    "Accession %s has begun at the modality and can no longer be cancelled; send DC to discontinue it."
                            .formatted(accession.number()));
        }
        if (group.control() == OrderControl.DC
                && begun
                && allEnded
                && accession.orderStatus() == OrderStatus.SCHEDULED) {
            throw group.refusal(
                    OrderRefusedException.RECORD_LOCKED,
                    OrderField.ORDER_CONTROL,
                    "Accession %s has ended at the modality; there is nothing left to discontinue."
                            .formatted(accession.number()));
        }
    }

    private static void setOrderStatus(
            AccessionDraft draft, Accession accession, List<ScheduledStep> stepsBefore, OrderGroup group) {
        OrderStatus old = accession.orderStatus();
        if (draft.isWhollyCancelled()
                || (group.control() == OrderControl.OC && group.stepId().isEmpty())) {
            change(draft, accession, OrderStatus.CANCELLED, "order.cancelled", "Order cancelled by " + group.control());
        } else if (group.control() == OrderControl.DC
                && old != OrderStatus.CANCELLED
                && stepsBefore.stream().anyMatch(step -> step.status().isBegun())) {
            change(
                    draft,
                    accession,
                    OrderStatus.DISCONTINUED,
                    "order.discontinued",
                    "Order discontinued by DC; what is in progress stays until the modality ends it");
        }
    }

    private static void change(
            AccessionDraft draft, Accession accession, OrderStatus status, String kind, String summary) {
        if (accession.orderStatus() != status) {
            draft.put(accession.withOrderStatus(status));
            draft.note(new AccessionDraft.Note(kind, summary));
        }
    }
}
