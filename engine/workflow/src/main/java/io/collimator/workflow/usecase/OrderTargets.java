package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.usecase.OrderedProcedure.Candidate;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
            return steps.size() == draft.currentSteps().size();
        }
    }

    private OrderTargets() {}

    /** One target for each accession of the order that is meant; refuses what is not known or of another patient. */
    static List<Target> of(AccessionDrafts drafts, OrderGroup group) {
        List<AccessionDraft> named = named(drafts, group);
        List<ScheduledStep> meant = OrderedProcedure.of(group.attributes())
                .withoutIds()
                .meant(named.stream()
                        .flatMap(draft -> ownSteps(draft, group).map(step -> Candidate.of(draft, step)))
                        .toList())
                .stream()
                .map(Candidate::step)
                .toList();
        List<Target> targets = new ArrayList<>();
        for (AccessionDraft draft : named) {
            List<ScheduledStep> own = ownSteps(draft, group)
                    .filter(step -> group.stepId().isEmpty()
                            ? meant.isEmpty() || meant.contains(step)
                            : draft.latest(group.stepId()).filter(step::equals).isPresent())
                    .toList();
            boolean isNarrowed = !group.stepId().isEmpty() || !meant.isEmpty();
            if (!isNarrowed || !own.isEmpty()) {
                targets.add(new Target(draft, own));
            }
        }
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

    private static Stream<ScheduledStep> ownSteps(AccessionDraft draft, OrderGroup group) {
        return draft.currentSteps().stream().filter(step -> !group.isForeign(step));
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
