package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.LastWord;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An accession, its row locked, while the groups of one message change it. Lives inside one transaction. */
final class AccessionDraft {

    /** A line for the timeline. */
    record Note(String kind, String summary) {

        private static final int MOST_SHOWN = 20;

        /** Warnings of a mapping in one line; not for none. */
        static Note ofWarnings(String kind, List<String> warnings) {
            List<String> shown = warnings.subList(0, Math.min(MOST_SHOWN, warnings.size()));
            String more = warnings.size() > MOST_SHOWN ? " and %d more".formatted(warnings.size() - MOST_SHOWN) : "";
            return new Note(kind, "Put right or left out of the message: " + String.join(" · ", shown) + more);
        }
    }

    /** What is known of an accession besides its state. */
    record History(Optional<LastWord> lastWord, Optional<OrderedStep.ParentOrder> parent, SentFields sent) {}

    private final AccessionNumber number;
    private final @Nullable Accession before;
    private final Map<String, ScheduledStep> steps = new TreeMap<>();
    private final Map<String, ScheduledStep> changed = new LinkedHashMap<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<String> withoutStation = new ArrayList<>();
    private final List<String> withoutEffect = new ArrayList<>();
    private final Set<String> stored;
    private @Nullable Accession current;
    private OrderedStep.@Nullable ParentOrder parent;
    private final @Nullable LastWord lastWord;
    private @Nullable LastWord heard;
    private SentFields sent = SentFields.NONE;
    private boolean sentChanged;
    private boolean reinstated;
    private boolean adopted;
    private int changes;

    /** An accession that is not there yet. */
    AccessionDraft(AccessionNumber number) {
        this.number = number;
        this.before = null;
        this.lastWord = null;
        this.stored = Set.of();
    }

    AccessionDraft(Accession before, List<ScheduledStep> steps, History history) {
        this.number = before.number();
        this.before = before;
        this.lastWord = history.lastWord().orElse(null);
        this.parent = history.parent().orElse(null);
        this.sent = history.sent();
        this.current = before;
        steps.forEach(step -> this.steps.put(step.stepId(), step));
        this.stored = Set.copyOf(this.steps.keySet());
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

    /** Without those that another step does again, which stay as the modality reported them. */
    List<ScheduledStep> currentSteps() {
        Set<String> repeated = steps.values().stream()
                .map(ScheduledStep::repeats)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return steps().stream()
                .filter(step -> !repeated.contains(step.stepId()))
                .toList();
    }

    /** The step that does it again now, where it was discontinued. */
    Optional<ScheduledStep> latest(String stepId) {
        Optional<ScheduledStep> latest = step(stepId);
        for (Optional<ScheduledStep> next = latest; next.isPresent(); ) {
            latest = next;
            next = repetitionOf(next.get().stepId());
        }
        return latest;
    }

    private Optional<ScheduledStep> repetitionOf(String stepId) {
        return steps.values().stream()
                .filter(step -> stepId.equals(step.repeats()))
                .findFirst();
    }

    boolean isBegun() {
        return currentSteps().stream().anyMatch(step -> step.status().isBegun());
    }

    boolean isWhollyCancelled() {
        return currentSteps().stream().allMatch(step -> step.status() == StepStatus.CANCELLED);
    }

    int nextOrdinal() {
        return steps.values().stream().mapToInt(ScheduledStep::ordinal).max().orElse(0) + 1;
    }

    /** Whether the step was there before the message. */
    boolean wasStored(ScheduledStep step) {
        return stored.contains(step.stepId());
    }

    void put(ScheduledStep step, Note note) {
        put(step);
        notes.add(note);
    }

    void put(ScheduledStep step) {
        steps.put(step.stepId(), step);
        changed.put(step.stepId(), step);
        changes++;
    }

    void put(Accession accession) {
        if (!accession.equals(current)) {
            current = accession;
            changes++;
        }
    }

    /** Gives the order another status, unless it has it already. */
    void change(OrderStatus status, String kind, String summary) {
        Accession accession = ordered().orElseThrow();
        if (accession.orderStatus() != status) {
            put(accession.withOrderStatus(status));
            note(new Note(kind, summary));
        }
    }

    /** How often something was changed so far. */
    int changes() {
        return changes;
    }

    /** Whether the word is older than the last one before this message; what the message itself says never is. */
    boolean isOutdated(LastWord word) {
        return lastWord != null && word.isOlderThan(lastWord);
    }

    void hear(LastWord word) {
        LastWord last = heard != null ? heard : lastWord;
        heard = last != null && word.isOlderThan(last) ? last : word.after(last);
    }

    /** What to keep as the last word. */
    Optional<LastWord> heard() {
        return Optional.ofNullable(heard);
    }

    /** The order above it, null when it has none. */
    OrderedStep.@Nullable ParentOrder parent() {
        return parent;
    }

    void setParent(OrderedStep.ParentOrder above) {
        parent = above;
        adopted = true;
    }

    boolean isAdopted() {
        return adopted;
    }

    /** What a group of the message carries of the order for statuses to repeat. */
    void repeat(SentFields fields) {
        sentChanged |= !fields.equals(sent);
        sent = fields;
    }

    /** What statuses repeat of the order. */
    SentFields sent() {
        return sent;
    }

    boolean isSentChanged() {
        return sentChanged;
    }

    void reinstate() {
        reinstated = true;
    }

    void note(Note note) {
        notes.add(note);
    }

    /** @param text what was asked for and is shown nowhere, for people */
    void hasNoEffect(String text) {
        hasNoEffect(new Note("message.no-effect", text));
    }

    /** @param note says what was asked for and is shown nowhere */
    void hasNoEffect(Note note) {
        withoutEffect.add(note.summary());
        notes.add(note);
    }

    List<String> withoutEffect() {
        return List.copyOf(withoutEffect);
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
        return withoutStation.stream()
                .filter(stepId ->
                        step(stepId).filter(step -> !step.status().isEnded()).isPresent())
                .toList();
    }

    boolean isChanged() {
        return !changed.isEmpty() || !Objects.equals(current, before);
    }

    /** What the order's side did to the accession, taken together. */
    EventType event() {
        OrderStatus status = current == null ? null : current.orderStatus();
        OrderStatus old = before == null ? null : before.orderStatus();
        if (status != null && status.isWithdrawn() && (old == null || !old.isWithdrawn())) {
            return EventType.ORDER_CANCELLED;
        }
        return reinstated || !wasOrderedBefore() ? EventType.ORDER_SCHEDULED : EventType.ORDER_UPDATED;
    }
}
