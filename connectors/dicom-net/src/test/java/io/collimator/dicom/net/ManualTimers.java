package io.collimator.dicom.net;

import io.collimator.dicom.net.transport.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Timers that run when the test says so. */
final class ManualTimers implements Timers {

    private record Waiting(Duration delay, Runnable task) {}

    private final List<Waiting> waiting = new CopyOnWriteArrayList<>();

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Waiting entry = new Waiting(delay, task);
        waiting.add(entry);
        return () -> waiting.remove(entry);
    }

    /** How many timers of this delay wait. */
    long waiting(Duration delay) {
        return waiting.stream().filter(entry -> entry.delay().equals(delay)).count();
    }

    /** Lets every timer of this delay that waits now run. */
    void expire(Duration delay) {
        List<Waiting> due =
                waiting.stream().filter(entry -> entry.delay().equals(delay)).toList();
        waiting.removeAll(due);
        due.forEach(entry -> entry.task().run());
    }
}
