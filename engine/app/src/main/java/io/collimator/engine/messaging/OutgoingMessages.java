package io.collimator.engine.messaging;

import io.collimator.engine.destination.Destination;
import io.collimator.engine.destination.Destinations;
import io.collimator.workflow.outbox.QueueLine;
import io.collimator.workflow.usecase.HeldLines;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What waits to go out, destination by destination, and what people do with it. */
public final class OutgoingMessages {

    private final Destinations destinations;
    private final RecordedDeliveries deliveries;
    private final HeldLines held;
    private final DeadLetters deadLetters;
    private final Function<Destination, Long> waiting;

    /** @param waiting how many messages wait for a destination; null when it is not known */
    public OutgoingMessages(
            Destinations destinations,
            RecordedDeliveries deliveries,
            HeldLines held,
            DeadLetters deadLetters,
            Function<Destination, Long> waiting) {
        this.destinations = destinations;
        this.deliveries = deliveries;
        this.held = held;
        this.deadLetters = deadLetters;
        this.waiting = waiting;
    }

    /**
     * A destination and what waits for it.
     *
     * @param queue "" of one that is no route
     * @param messages null when it is not known
     */
    public record Outgoing(
            Destination destination,
            String queue,
            @Nullable Long messages,
            List<HeldLines.Counted> held,
            List<DeadLetters.DeadLetter> deadLetters) {}

    /** What a person names. */
    public record Named(Destination destination, String queue) {}

    /** All of them, by name. */
    public List<Outgoing> all() {
        return destinations.all().stream()
                .map(destination -> {
                    String queue = destinations.queueOf(destination).orElse("");
                    return new Outgoing(
                            destination,
                            queue,
                            waiting.apply(destination),
                            queue.isEmpty() ? List.of() : held.of(queue),
                            queue.isEmpty() ? List.of() : deadLetters.of(queue));
                })
                .toList();
    }

    /** A destination that a route delivers, by its name or that of its queue, in full or after "collimator.". */
    public Optional<Named> named(String name) {
        return destinations.all().stream()
                .flatMap(destination ->
                        destinations.queueOf(destination).stream().map(queue -> new Named(destination, queue)))
                .filter(one -> one.destination().name().equals(name) || Queues.isNamed(one.queue(), name))
                .findFirst();
    }

    /** The names that {@link #named} knows. */
    public List<String> names() {
        return destinations.all().stream()
                .filter(destination -> destinations.queueOf(destination).isPresent())
                .map(Destination::name)
                .toList();
    }

    /**
     * Sends again now what waits aside.
     *
     * @param line null: all of the destination
     * @return how many accessions
     */
    public int retry(Named named, @Nullable String line) {
        deliveries.turns(named.queue()).tryNow();
        if (line != null) {
            return held.retry(new QueueLine(named.queue(), line)).isPresent() ? 1 : 0;
        }
        return (int) held.of(named.queue()).stream()
                .filter(one -> held.retry(one.line().line()).isPresent())
                .count();
    }

    /** Sends an accession no more until a person says so; false when nothing of it waits aside. */
    public boolean park(Named named, String line) {
        return held.park(new QueueLine(named.queue(), line), "A person has parked it:")
                .isPresent();
    }

    /** Drops the first message of an accession for good; false when nothing of it waits aside. */
    public boolean drop(Named named, String line, String reason) {
        return held.drop(new QueueLine(named.queue(), line), reason).isPresent();
    }

    /** Sends nothing there until it is resumed, also after a restart. */
    public void pause(Named named) {
        held.pause(named.queue());
        deliveries.turns(named.queue()).pause(true);
    }

    public void resume(Named named) {
        held.resume(named.queue());
        deliveries.turns(named.queue()).pause(false);
    }

    /** Moves dead letters back to the queue of the destination; returns how many. */
    public int moveBack(Named named, @Nullable String accessionNumber) {
        return deadLetters.moveBack(named.queue(), accessionNumber);
    }

    /** Drops dead letters for good; returns how many. */
    public int dropDeadLetters(Named named, @Nullable String accessionNumber, String reason) {
        return deadLetters.drop(
                named.queue(), accessionNumber, id -> held.deadLetterDropped(id, named.queue(), reason));
    }
}
