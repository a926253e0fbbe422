package io.collimator.engine.destination;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one destination, and whether it gets there. Something waits from its first attempt until it is
 * delivered or given up: while one attempt has failed, or the receiver keeps silent for as long as the alarm takes.
 * Thread-safe.
 */
public final class Destination {

    private final String name;
    private final Duration alarmAfter;
    private final Clock clock;
    private final Map<String, Attempt> inHand = new HashMap<>();
    private final Map<String, Waiting> aside = new HashMap<>();
    private int parked;
    private long asideChanges;
    private @Nullable Attempt givenBack;
    private @Nullable Instant lastDelivered;
    private @Nullable Instant pausedSince;

    /** @param alarmAfter how long something may wait before a person is told */
    public Destination(String name, Duration alarmAfter, Clock clock) {
        this.name = name;
        this.alarmAfter = alarmAfter;
        this.clock = clock;
    }

    private record Attempt(Instant begun, @Nullable DeliveryFailure failure) {}

    /**
     * What waits.
     *
     * @param since when the first of it was first sent
     */
    public record Waiting(Instant since, DeliveryFailure failure) {}

    public String name() {
        return name;
    }

    /** A message is about to be sent. */
    public synchronized void begun(String message) {
        inHand.putIfAbsent(message, new Attempt(clock.instant(), null));
    }

    /** An attempt to send it failed; it is tried again. */
    public synchronized void failed(String message, DeliveryFailure failure) {
        inHand.computeIfPresent(message, (id, attempt) -> new Attempt(attempt.begun(), failure));
    }

    /** It was accepted. */
    public synchronized void delivered(String message) {
        inHand.remove(message);
        givenBack = null;
        lastDelivered = clock.instant();
    }

    /** It is on its way no more, and that says nothing of the receiver. */
    public synchronized void dropped(String message) {
        inHand.remove(message);
    }

    /** It goes back to where it waits, to be sent again as something new. */
    public synchronized void givenBack(String message, DeliveryFailure failure) {
        Attempt attempt = inHand.remove(message);
        Attempt before = givenBack;
        Instant begun = before != null ? before.begun() : attempt == null ? clock.instant() : attempt.begun();
        givenBack = new Attempt(begun, failure);
    }

    /** A message was not taken and is kept aside, to be sent again; by what keeps its order. */
    public synchronized void keptAside(String line, Waiting waiting) {
        aside.put(line, waiting);
        asideChanges++;
    }

    /** Says how many times something was {@linkplain #keptAside kept aside}; to be asked before the store is read. */
    public synchronized long asideChanges() {
        return asideChanges;
    }

    /**
     * What the store says is kept aside; nothing when more was kept aside meanwhile.
     *
     * @param lines those that are sent again, by what keeps their order
     * @param parkedLines how many wait for a person
     * @param changes as they were before the store was read
     */
    public synchronized void isAside(Map<String, Waiting> lines, int parkedLines, long changes) {
        if (changes == asideChanges) {
            Map<String, Waiting> told = Map.copyOf(aside);
            aside.clear();
            // the store has not the receiver's own words
            lines.forEach((line, waiting) -> aside.put(
                    line,
                    new Waiting(
                            waiting.since(), told.getOrDefault(line, waiting).failure())));
            parked = parkedLines;
        }
    }

    /** Accessions that wait aside and are sent again. */
    public synchronized int held() {
        return aside.size();
    }

    /** Accessions that wait aside for a person. */
    public synchronized int parked() {
        return parked;
    }

    /** @param since null: it goes on */
    public synchronized void pausedSince(@Nullable Instant since) {
        pausedSince = since;
    }

    /** Since when a person has stopped it. */
    public synchronized Optional<Instant> pausedSince() {
        return Optional.ofNullable(pausedSince);
    }

    /** Whether what waits is not in hand, but where it goes back to. */
    synchronized boolean hasGivenBack() {
        return givenBack != null && inHand.isEmpty();
    }

    /** Nothing waits there any more, whoever took it. */
    synchronized void emptied() {
        givenBack = null;
    }

    public synchronized Optional<Instant> lastDelivered() {
        return Optional.ofNullable(lastDelivered);
    }

    /** What waits now; empty while it delivers or has nothing to deliver. */
    public synchronized Optional<Waiting> waiting() {
        Instant silentSince = clock.instant().minus(alarmAfter);
        Optional<Attempt> first = inHand.values().stream()
                .filter(attempt -> attempt.failure() != null || !attempt.begun().isAfter(silentSince))
                .min(Comparator.comparing(Attempt::begun));
        Attempt back = givenBack;
        if (back != null && (first.isEmpty() || !first.get().begun().isBefore(back.begun()))) {
            first = Optional.of(back);
        }
        return Stream.concat(
                        first.map(attempt -> new Waiting(attempt.begun(), reason(attempt))).stream(),
                        aside.values().stream())
                .min(Comparator.comparing(Waiting::since));
    }

    /** Whether that is longer than it may be. */
    public boolean isAlarming() {
        return waiting()
                .filter(waiting -> !waiting.since().plus(alarmAfter).isAfter(clock.instant()))
                .isPresent();
    }

    /** The last thing that is known of it: a later message may know more than the first one. */
    private DeliveryFailure reason(Attempt first) {
        DeliveryFailure own = first.failure();
        if (own != null) {
            return own;
        }
        return inHand.values().stream()
                .flatMap(attempt -> Stream.ofNullable(attempt.failure()))
                .findFirst()
                .orElseGet(() -> DeliveryFailure.of("The receiver has not answered yet."));
    }
}
