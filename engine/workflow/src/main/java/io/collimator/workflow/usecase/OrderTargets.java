package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.List;

/** What of a known order a group speaks of: the step that it names, else the whole order. */
final class OrderTargets {

    /**
     * An accession of the order.
     *
     * @param steps those that are meant, never those of another order that shares the accession
     */
    record Target(AccessionDraft draft, List<ScheduledStep> steps) {

        Accession accession() {
            return draft.ordered().orElseThrow();
        }

        boolean isBegun() {
            return steps.stream().anyMatch(step -> step.status().isBegun());
        }

        /** Whether every step of the accession is meant. */
        boolean isWhole() {
            return steps.size() == draft.steps().size();
        }
    }

    private OrderTargets() {}

    /** One target for each accession of the order that is meant; refuses what is not known or of another patient. */
    static List<Target> of(AccessionDrafts drafts, OrderGroup group) {
        List<Target> targets = named(drafts, group).stream()
                .map(draft -> new Target(
                        draft,
                        draft.steps().stream()
                                .filter(step -> !group.isForeign(step))
                                .filter(step -> group.stepId().isEmpty()
                                        || step.stepId().equals(group.stepId()))
                                .toList()))
                .filter(target -> group.stepId().isEmpty() || !target.steps().isEmpty())
                .toList();
        if (targets.isEmpty()) {
            throw group.refusal(
                    OrderRefusedException.UNKNOWN_KEY,
                    OrderField.STEP_ID,
                    "The order with %s has no scheduled procedure step %s; check it, or name none to mean the whole order."
                            .formatted(group.orderNumber(), group.stepId()));
        }
        targets.forEach(target -> OrderScheduling.checkPatient(target.accession(), group));
        return targets;
    }

    private static List<AccessionDraft> named(AccessionDrafts drafts, OrderGroup group) {
        List<AccessionDraft> known = drafts.ofOrder(group);
        if (known.isEmpty()) {
            throw unknown(group);
        }
        AccessionNumber carried = group.accession();
        List<AccessionDraft> named = carried == null
                ? known
                : known.stream().filter(draft -> draft.number().equals(carried)).toList();
        if (named.isEmpty() && group.isAccessionTheFillerNumber()) {
            return known;
        }
        if (named.isEmpty()) {
            throw group.refusal(
                    OrderRefusedException.UNKNOWN_KEY,
                    OrderField.ACCESSION_NUMBER,
                    "The order with %s has no accession number %s; check it.".formatted(group.orderNumber(), carried));
        }
        return named;
    }

    static OrderRefusedException unknown(OrderGroup group) {
        return group.unknown("No order is known by %s, so %s has nothing to act on; check the number."
                .formatted(group.orderNumber(), group.control()));
    }
}
