package io.collimator.simulators;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What a simulator saw, in order; the oldest go when there are more than {@value #CAPACITY}. Thread-safe.
 *
 * @param <E> the kind of event
 */
public final class EventLog<E> {

    private static final int CAPACITY = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Deque<E> events = new ArrayDeque<>();

    public void add(E event) {
        lock.lock();
        try {
            if (events.size() == CAPACITY) {
                events.removeFirst();
            }
            events.addLast(event);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A copy. */
    public List<E> all() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** The events of one kind, in order. */
    public <T extends E> List<T> all(Class<T> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * The first event of a kind that fits, waited for if need be.
     *
     * @param atMost how long; empty when it does not come in this time or the thread is interrupted
     */
    public <T extends E> Optional<T> await(Class<T> kind, Predicate<T> fits, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            Optional<T> found = find(kind, fits);
            while (found.isEmpty() && left > 0) {
                left = added.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(60)));
                found = find(kind, fits);
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private <T extends E> Optional<T> find(Class<T> kind, Predicate<T> fits) {
        return events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(fits)
                .findFirst();
    }
}
