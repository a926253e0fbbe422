package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An accession, its row locked, while the groups of one message change it. Lives inside one transaction. */
final class AccessionDraft {

    /** A line for the timeline. */
    record Note(String kind, String summary) {}

    private final AccessionNumber number;
    private final @Nullable Accession before;
    private final Map<String, ScheduledStep> steps = new TreeMap<>();
    private final Map<String, ScheduledStep> changed = new LinkedHashMap<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<String> withoutStation = new ArrayList<>();
    private @Nullable Accession current;
    private boolean reinstated;
    private int unnamedGroups;

    AccessionDraft(AccessionNumber number, @Nullable Accession before, List<ScheduledStep> steps) {
        this.number = number;
        this.before = before;
        this.current = before;
        steps.forEach(step -> this.steps.put(step.stepId(), step));
    }

    AccessionNumber number() {
        return number;
    }

    Optional<Accession> before() {
        return Optional.ofNullable(before);
    }

    Optional<Accession> current() {
        return Optional.ofNullable(current);
    }

    /** The accession of an order, there already or brought by an earlier group of the message. */
    Optional<Accession> ordered() {
        return current().filter(Accession::isOrdered);
    }

    boolean wasOrderedBefore() {
        return before != null && before.isOrdered();
    }

    List<ScheduledStep> steps() {
        return steps.values().stream()
                .sorted(Comparator.comparingInt(ScheduledStep::ordinal))
                .toList();
    }

    Optional<ScheduledStep> step(String stepId) {
        return Optional.ofNullable(steps.get(stepId));
    }

    boolean isBegun() {
        return steps.values().stream().anyMatch(step -> step.status().isBegun());
    }

    boolean isWhollyCancelled() {
        return steps.values().stream().allMatch(step -> step.status() == StepStatus.CANCELLED);
    }

    int nextOrdinal() {
        return steps.values().stream().mapToInt(ScheduledStep::ordinal).max().orElse(0) + 1;
    }

    /** Counts the groups of the message that name no step, from 1. */
    int nextUnnamedGroup() {
        return ++unnamedGroups;
    }

    void put(ScheduledStep step, Note note) {
        steps.put(step.stepId(), step);
        changed.put(step.stepId(), step);
        notes.add(note);
    }

    void put(Accession accession) {
        current = accession;
    }

    void reinstate() {
        reinstated = true;
    }

    void note(Note note) {
        notes.add(note);
    }

    void lacksStation(String stepId) {
        withoutStation.add(stepId);
    }

    List<ScheduledStep> changedSteps() {
        return List.copyOf(changed.values());
    }

    List<Note> notes() {
        return List.copyOf(notes);
    }

    List<String> stepsWithoutStation() {
        return List.copyOf(withoutStation);
    }

    boolean isChanged() {
        return !changed.isEmpty() || !Objects.equals(current, before);
    }

    /** What the order's side did to the accession, taken together. */
    EventType event() {
        OrderStatus status = current == null ? null : current.orderStatus();
        if (status == OrderStatus.CANCELLED && (before == null || before.orderStatus() != OrderStatus.CANCELLED)) {
            return EventType.ORDER_CANCELLED;
        }
        return reinstated || !wasOrderedBefore() ? EventType.ORDER_SCHEDULED : EventType.ORDER_UPDATED;
    }
}
