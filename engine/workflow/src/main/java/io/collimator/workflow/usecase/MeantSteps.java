package io.collimator.workflow.usecase;

import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.usecase.OrderedProcedure.Candidate;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps of an accession that the groups of a message mean which name none: by what is to be done, by position only
 * where that tells nothing and there are as many of either.
 */
final class MeantSteps {

    private final AccessionDraft draft;
    private final List<Candidate> stored;
    /** Step IDs that no group has yet. */
    private final Set<String> free = new HashSet<>();

    private final Map<Integer, String> meant = new HashMap<>();
    private final Set<Integer> untold = new HashSet<>();

    /** @param groups all of the message that bring or change steps of the accession, in their order */
    MeantSteps(AccessionDraft draft, List<OrderGroup> groups) {
        this.draft = draft;
        this.stored = draft.currentSteps().stream()
                .filter(draft::wasStored)
                .map(step -> Candidate.of(draft, step))
                .toList();
        if (stored.isEmpty()) {
            return;
        }
        stored.forEach(candidate -> free.add(candidate.step().stepId()));
        groups.forEach(group -> draft.latest(group.stepId()).ifPresent(step -> free.remove(step.stepId())));
        List<OrderGroup> unnamed =
                groups.stream().filter(group -> group.stepId().isEmpty()).toList();
        Map<Boolean, List<Claim>> claims = unnamed.stream()
                .map(group -> new Claim(
                        group, ids(OrderedProcedure.of(group.attributes()).lastingMeant(freeOfOrder(group)))))
                .collect(Collectors.partitioningBy(claim -> claim.steps().isEmpty()));
        claimTold(claims.getOrDefault(false, List.of()));
        claimUntold(claims.getOrDefault(true, List.of()), unnamed.size() == 1);
    }

    /**
     * The steps of which a group may mean one.
     *
     * @param steps their IDs
     */
    private record Claim(OrderGroup group, List<String> steps) {}

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
    private void claimTold(List<Claim> told) {
        Map<List<String>, Integer> waiting = new HashMap<>();
        told.forEach(claim -> waiting.merge(claim.steps(), 1, Integer::sum));
        List<Claim> surestFirst = new ArrayList<>(told);
        surestFirst.sort(Comparator.comparingInt(claim -> claim.steps().size()));
        for (Claim claim : surestFirst) {
            List<String> steps = free(claim.steps());
            int peers = waiting.entrySet().stream()
                    .filter(other -> free(other.getKey()).equals(steps))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            if (steps.size() > peers && !all(steps, StepStatus::isEnded)) {
                untold.add(claim.group().place().number());
            } else if (!steps.isEmpty()) {
                claim(claim.group(), steps.get(Math.max(0, steps.size() - peers)));
            }
            waiting.computeIfPresent(claim.steps(), (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** A group whose procedure tells no step: the only step, or by position where nothing is said of procedures. */
    private void claimUntold(List<Claim> groups, boolean isOneGroup) {
        List<Claim> claims = groups.stream()
                .map(claim -> new Claim(claim.group(), ids(freeOfOrder(claim.group()))))
                .toList();
        Map<List<String>, List<OrderGroup>> silent = claims.stream()
                .filter(claim -> isSilent(claim.group()))
                .collect(Collectors.groupingBy(Claim::steps, Collectors.mapping(Claim::group, Collectors.toList())));
        for (Claim claim : claims) {
            OrderGroup group = claim.group();
            List<String> steps = claim.steps();
            List<OrderGroup> alike = silent.getOrDefault(steps, List.of());
            boolean isOnly = isOneGroup && ofOrder(group).count() == 1;
            if (isOnly && !steps.isEmpty()) {
                claim(group, steps.get(0));
            } else if (isSilent(group) && alike.size() == steps.size()) {
                claim(group, steps.get(alike.indexOf(group)));
            } else if (!all(steps, StepStatus.CANCELLED::equals)) {
                untold.add(group.place().number());
            }
        }
    }

    private List<Candidate> freeOfOrder(OrderGroup group) {
        return ofOrder(group)
                .filter(candidate -> free.contains(candidate.step().stepId()))
                .toList();
    }

    /** The steps of the group's own order; a replacement may take those of the replaced one. */
    private Stream<Candidate> ofOrder(OrderGroup group) {
        return stored.stream()
                .filter(candidate -> group.action() == OrderAction.REPLACEMENT || !group.isForeign(candidate.step()));
    }

    private static List<String> ids(List<Candidate> candidates) {
        return candidates.stream().map(candidate -> candidate.step().stepId()).toList();
    }

    private List<String> free(List<String> steps) {
        return steps.stream().filter(free::contains).toList();
    }

    private boolean all(List<String> steps, Predicate<StepStatus> status) {
        return steps.stream().flatMap(step -> draft.step(step).stream()).allMatch(step -> status.test(step.status()));
    }

    private void claim(OrderGroup group, String step) {
        meant.put(group.place().number(), step);
        free.remove(step);
    }

    private static boolean isSilent(OrderGroup group) {
        return OrderedProcedure.of(group.attributes()).isSilent();
    }
}
