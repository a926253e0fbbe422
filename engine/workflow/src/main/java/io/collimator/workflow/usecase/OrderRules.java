package io.collimator.workflow.usecase;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.EarlyStop;
import io.collimator.workflow.order.GroupResult.Verdict;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.StatedStatus;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.usecase.OrderTargets.Target;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each action does (HL7 v2.5.1 §4.5.1.1). */
final class OrderRules {

    private static final Set<StatedStatus> TO_BE_DONE =
            Set.of(StatedStatus.SCHEDULED, StatedStatus.ARRIVED, StatedStatus.READY);

    private final OrderScheduling scheduling;

    OrderRules(OrderScheduling scheduling) {
        this.scheduling = scheduling;
    }

    /**
     * What a group did.
     *
     * @param accession null when it left no trace at any
     * @param stepId empty when it was not about one step
     */
    record Effect(Verdict verdict, @Nullable AccessionNumber accession, String stepId) {

        private static final Effect NONE = new Effect(Verdict.UNCHANGED, null, "");
    }

    /**
     * One message's work.
     *
     * @param remembered what stops unknown orders is in the store already
     */
    record Work(Session session, AccessionDrafts drafts, Instant receivedAt, boolean remembered) {}

    Effect apply(Work work, OrderGroup group) {
        return switch (group.action()) {
            case NEW, UPDATE, REPLACEMENT, CHILD -> bring(work, group);
            case PARENT, NOTE -> Effect.NONE;
            case CANCEL_REQUEST, CANCELLED, DISCONTINUE_REQUEST, DISCONTINUED -> stop(work, group);
            case HOLD, RELEASE, REPLACED, STATUS, NUMBER_ASSIGNED -> act(work, group);
        };
    }

    private Effect bring(Work work, OrderGroup group) {
        OrderScheduling.Place place = scheduling.placeOf(work.drafts(), group);
        AccessionDraft draft = place.draft();
        if (place.isOutdated(group)) {
            noteOutdated(draft, group);
            return new Effect(Verdict.STALE, draft.number(), group.stepId());
        }
        int before = work.drafts().changes();
        List<AccessionDraft> replaced =
                group.action() == OrderAction.REPLACEMENT ? work.drafts().replacedBy(group) : List.of();
        Optional<ScheduledStep> stored = place.stored(group);
        ScheduledStep step = scheduling.apply(work, place, group);
        draft.hear(group.word());
        OrderLinks.link(draft, group, replaced);
        Optional<EarlyStop> early = work.drafts().earlyStop(group, draft, step.stepId());
        if (early.isPresent()) {
            stopEarly(draft, step, early.get());
            return new Effect(Verdict.CANCELLED_BEFORE, draft.number(), step.stepId());
        }
        Target target = new Target(draft, List.of(draft.step(step.stepId()).orElseThrow()));
        OrderStating.stateOfBrought(target, group);
        flagNoEffect(target, stored, group);
        return new Effect(verdict(work, before), draft.number(), step.stepId());
    }

    /** A group that schedules a stored step, and by its own word does not end or hold it, is to be seen on the worklist. */
    private static void flagNoEffect(Target target, Optional<ScheduledStep> stored, OrderGroup group) {
        StatedStatus stated = group.instruction().stepStatus();
        boolean isToBeSeen = stated == null || TO_BE_DONE.contains(stated);
        boolean isScheduled = group.action() != OrderAction.UPDATE
                || stored.filter(step -> step.isMovedBy(group.attributes())).isPresent();
        ScheduledStep step = target.draft().step(target.steps().get(0).stepId()).orElseThrow();
        if (stored.isPresent() && isToBeSeen && isScheduled && !step.status().isToBeDone()) {
            target.draft().hasNoEffect(NoEffect.of(group.control(), step));
        }
    }

    private Effect stop(Work work, OrderGroup group) {
        if (!work.drafts().ofOrder(group).isEmpty()) {
            return act(work, group);
        }
        if (!work.remembered()) {
            throw new UnknownOrderStoppedException();
        }
        if (group.policies().unknownCancel() == OrderPolicies.UnknownCancel.REFUSE) {
            throw OrderTargets.unknown(group);
        }
        return new Effect(Verdict.REMEMBERED, null, group.stepId());
    }

    private static Effect act(Work work, OrderGroup group) {
        List<Target> targets = OrderTargets.of(work.drafts(), group);
        List<Target> current = new ArrayList<>();
        for (Target target : targets) {
            if (target.draft().isOutdated(group.word())) {
                noteOutdated(target.draft(), group);
            } else {
                current.add(target);
            }
        }
        AccessionNumber first = targets.get(0).draft().number();
        if (current.isEmpty()) {
            return new Effect(Verdict.STALE, first, group.stepId());
        }
        int before = work.drafts().changes();
        act(work, group, current);
        current.forEach(target -> target.draft().hear(group.word()));
        return new Effect(verdict(work, before), first, group.stepId());
    }

    private static void act(Work work, OrderGroup group, List<Target> targets) {
        switch (group.action()) {
            case HOLD -> OrderHolding.hold(targets, group);
            case RELEASE -> OrderHolding.release(targets, group);
            case STATUS -> OrderStating.state(targets, group);
            case NUMBER_ASSIGNED -> NumberAssignment.assign(work.session(), targets, group);
            case REPLACED -> {
                OrderStopping.stop(targets, group, OrderAction.REPLACED);
                work.drafts().setReplaced(targets.stream().map(Target::draft).toList());
            }
            default -> OrderStopping.stop(targets, group, group.action());
        }
    }

    private static void stopEarly(AccessionDraft draft, ScheduledStep step, EarlyStop early) {
        draft.put(step.withStatus(StepStatus.CANCELLED));
        draft.hasNoEffect(new AccessionDraft.Note(
                "order.cancelled-before",
                "Step %s is not shown: %s from %s was received before its order, at %s; send a newer order (NW) if it is to be done"
                        .formatted(step.stepId(), early.control(), early.word().sender(), early.receivedAt())));
        if (draft.isWhollyCancelled()) {
            draft.change(OrderStatus.CANCELLED, "order.cancelled", "Order cancelled by " + early.control());
        }
        draft.hear(early.word());
    }

    private static void noteOutdated(AccessionDraft draft, OrderGroup group) {
        draft.note(new AccessionDraft.Note(
                "order.stale",
                "%s ignored: it is older than what %s said before"
                        .formatted(group.control(), group.word().sender())));
    }

    private static Verdict verdict(Work work, int changesBefore) {
        return work.drafts().changes() == changesBefore ? Verdict.UNCHANGED : Verdict.APPLIED;
    }
}
