package io.collimator.dicom.service;

import java.util.ArrayList;
import java.util.List;

/** Lets another thread end a C-FIND, C-MOVE or C-GET of ours early: C-CANCEL is sent at once. Thread-safe. */
public final class CancelSignal implements Cancellation {

    private final List<Runnable> listeners = new ArrayList<>();
    private boolean cancelled;

    /** Ends the operations that were given this signal; a second time it does nothing. */
    public void cancel() {
        List<Runnable> told;
        synchronized (this) {
            cancelled = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Runs the task once on cancelling, at once when that was before. For providers. */
    public void onCancel(Runnable task) {
        synchronized (this) {
            if (!cancelled) {
                listeners.add(task);
                return;
            }
        }
        task.run();
    }

    /** The task is not wanted any more. For providers. */
    public synchronized void forget(Runnable task) {
        listeners.remove(task);
    }
}
