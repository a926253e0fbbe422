package io.collimator.workflow.usecase;

import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of an accession that the groups of a message mean which name none: by what is to be done, by position only
 * where that tells nothing and there are as many of either.
 */
final class MeantSteps {

    private final AccessionDraft draft;
    private final List<ScheduledStep> stored;
    private final List<ScheduledStep> free;
    private final List<Claim> told = new ArrayList<>();
    private final Map<Integer, String> meant = new HashMap<>();
    private final Set<Integer> untold = new HashSet<>();

    /** @param groups all of the message that bring or change steps of the accession, in their order */
    MeantSteps(AccessionDraft draft, List<OrderGroup> groups) {
        this.draft = draft;
        this.stored = draft.currentSteps().stream().filter(draft::wasStored).toList();
        this.free = new ArrayList<>(stored);
        groups.forEach(group -> draft.latest(group.stepId()).ifPresent(free::remove));
        List<OrderGroup> unnamed =
                groups.stream().filter(group -> group.stepId().isEmpty()).toList();
        unnamed.stream()
                .map(group -> new Claim(group, toldBy(group)))
                .filter(claim -> !claim.steps().isEmpty())
                .sorted(Comparator.comparingInt(claim -> claim.steps().size()))
                .forEach(told::add);
        claimTold();
        claimUntold(unnamed);
    }

    /** The steps of which a group may mean one. */
    private record Claim(OrderGroup group, List<ScheduledStep> steps) {}

    /**
     * The step that the group changes; empty when it brings one.
     *
     * @throws OrderRefusedException 101 when it cannot be told
     */
    Optional<ScheduledStep> stepOf(OrderGroup group) {
        int number = group.place().number();
        if (untold.contains(number)) {
            throw group.refusal(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    OrderField.STEP_ID,
                    "Which step is meant cannot be told; send the scheduled procedure step ID: accession %s has %d steps, and the procedure that the message names is not that of one of them alone."
                            .formatted(draft.number(), stored.size()));
        }
        return Optional.ofNullable(meant.get(number)).flatMap(draft::step);
    }

    /** Whether the group may mean a step that is there. */
    boolean mayMeanStored(OrderGroup group) {
        int number = group.place().number();
        return untold.contains(number) || meant.containsKey(number);
    }

    /** Gives each group the step that its procedure tells, the surest first. */
    private void claimTold() {
        for (int i = 0; i < told.size(); i++) {
            Claim claim = told.get(i);
            List<ScheduledStep> steps = free(claim.steps());
            int peers = (int) told.subList(i, told.size()).stream()
                    .filter(other -> free(other.steps()).equals(steps))
                    .count();
            boolean isOver = steps.stream().allMatch(step -> step.status().isEnded());
            if (steps.size() > peers && !isOver) {
                untold.add(claim.group().place().number());
            } else if (!steps.isEmpty()) {
                claim(claim.group(), steps.get(Math.max(0, steps.size() - peers)));
            }
        }
    }

    /** A group whose procedure tells no step: the only step, or by position where nothing is said of procedures. */
    private void claimUntold(List<OrderGroup> unnamed) {
        List<Claim> claims = unnamed.stream()
                .filter(group -> told.stream().noneMatch(claim -> claim.group().equals(group)))
                .map(group -> new Claim(group, ofOrder(group, free)))
                .toList();
        for (Claim claim : claims) {
            OrderGroup group = claim.group();
            List<OrderGroup> silent = claims.stream()
                    .filter(other -> isSilent(other.group()) && other.steps().equals(claim.steps()))
                    .map(Claim::group)
                    .toList();
            boolean isOnly = unnamed.size() == 1 && ofOrder(group, stored).size() == 1;
            if (isOnly && !claim.steps().isEmpty()) {
                claim(group, claim.steps().get(0));
            } else if (isSilent(group) && silent.size() == claim.steps().size()) {
                claim(group, claim.steps().get(silent.indexOf(group)));
            } else if (!isWithdrawn(claim.steps())) {
                untold.add(group.place().number());
            }
        }
    }

    /** What the procedure of the group tells: steps that have not ended, else those that have. */
    private List<ScheduledStep> toldBy(OrderGroup group) {
        List<ScheduledStep> told = OrderedProcedure.of(group.attributes())
                .meant(ofOrder(group, free), step -> OrderedProcedure.of(step.dataSet()));
        List<ScheduledStep> lasting =
                told.stream().filter(step -> !step.status().isEnded()).toList();
        return lasting.isEmpty() ? told : lasting;
    }

    /** The steps of the group's own order; a replacement may take those of the replaced one. */
    private static List<ScheduledStep> ofOrder(OrderGroup group, List<ScheduledStep> steps) {
        return steps.stream()
                .filter(step -> group.action() == OrderAction.REPLACEMENT || !group.isForeign(step))
                .toList();
    }

    private List<ScheduledStep> free(List<ScheduledStep> steps) {
        return steps.stream().filter(free::contains).toList();
    }

    private void claim(OrderGroup group, ScheduledStep step) {
        meant.put(group.place().number(), step.stepId());
        free.remove(step);
    }

    private static boolean isSilent(OrderGroup group) {
        return OrderedProcedure.of(group.attributes()).isSilent();
    }

    private static boolean isWithdrawn(List<ScheduledStep> steps) {
        return steps.stream().allMatch(step -> step.status() == StepStatus.CANCELLED);
    }
}
