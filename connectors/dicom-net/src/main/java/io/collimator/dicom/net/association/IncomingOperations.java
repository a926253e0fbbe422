package io.collimator.dicom.net.association;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The peer's requests, answered one at a time in the order of arrival. What we want to send ourselves goes between two of
 * them. Thread-safe; nothing of it blocks.
 */
final class IncomingOperations {

    /** How operations are answered. */
    interface Answering {

        /** Whether the answer needs no handler and is given at once. */
        boolean isImmediate(Operation operation);

        /** Answers; must not throw. */
        void answer(Operation operation);

        /** Answers that there is no thread for it. */
        void refuseBusy(Operation operation);

        /** Answers that the message ID is in use. */
        void refuseDuplicate(Operation operation);
    }

    private static final int MAX_WAITING = 16;
    private static final long MAX_WAITING_BYTES = 4L * 1024 * 1024;

    private final Answering answering;
    private final Executor handlerThreads;
    private final ReadingBrake brake;

    private final Deque<Operation> waiting = new ArrayDeque<>();
    private final Queue<Runnable> betweenOperations = new ArrayDeque<>();
    private final Queue<Runnable> onceDrained = new ArrayDeque<>();
    private long waitingBytes;
    private @Nullable Operation current;
    private @Nullable Thread currentThread;
    private boolean over;

    IncomingOperations(Answering answering, Executor handlerThreads, ReadingBrake brake) {
        this.answering = answering;
        this.handlerThreads = handlerThreads;
        this.brake = brake;
    }

    void offer(Operation operation) {
        boolean duplicate;
        synchronized (this) {
            if (over) {
                return;
            }
            duplicate = isInUse(operation.request().messageId());
            if (!duplicate) {
                waiting.add(operation);
                waitingBytes += operation.dataSet().length;
                brake();
            }
        }
        if (duplicate) {
            answering.refuseDuplicate(operation);
        } else {
            proceed();
        }
    }

    private boolean isInUse(int messageId) {
        Operation running = current;
        return (running != null && running.request().messageId() == messageId)
                || waiting.stream().anyMatch(other -> other.request().messageId() == messageId);
    }

    /** C-CANCEL; an unknown message ID is ignored, because the final response may have crossed it. */
    synchronized void cancel(int messageId) {
        Operation running = current;
        if (running != null && running.request().messageId() == messageId) {
            running.cancel();
        }
        waiting.stream()
                .filter(operation -> operation.request().messageId() == messageId)
                .forEach(Operation::cancel);
    }

    /** Runs the task as soon as no operation is being answered, before the next one begins. */
    void betweenOperations(Runnable task) {
        synchronized (this) {
            betweenOperations.add(task);
        }
        proceed();
    }

    /** Runs the task as soon as every operation is answered. */
    void onceDrained(Runnable task) {
        synchronized (this) {
            onceDrained.add(task);
        }
        proceed();
    }

    synchronized boolean isBusy() {
        return current != null || !waiting.isEmpty();
    }

    /** Whether the calling thread is answering an operation of this association. */
    synchronized boolean isAnsweringThread() {
        return currentThread == Thread.currentThread();
    }

    /** The association is over: nothing more begins, and what runs learns that it is no longer wanted. */
    void stop() {
        synchronized (this) {
            over = true;
            waiting.clear();
            betweenOperations.clear();
            Operation running = current;
            if (running != null) {
                running.cancel();
            }
        }
        proceed();
    }

    private void proceed() {
        Runnable next = next();
        while (next != null) {
            next.run();
            next = next();
        }
    }

    private synchronized @Nullable Runnable next() {
        if (current != null) {
            return null;
        }
        Runnable task = betweenOperations.poll();
        if (task != null) {
            return task;
        }
        Operation operation = waiting.poll();
        if (operation == null) {
            return onceDrained.poll();
        }
        waitingBytes -= operation.dataSet().length;
        current = operation;
        brake();
        return () -> begin(operation);
    }

    private void begin(Operation operation) {
        if (answering.isImmediate(operation)) {
            answering.answer(operation);
            finish();
            return;
        }
        try {
            handlerThreads.execute(() -> run(operation));
        } catch (RejectedExecutionException allThreadsAndPlacesTaken) {
            answering.refuseBusy(operation);
            finish();
        }
    }

    private void run(Operation operation) {
        synchronized (this) {
            currentThread = Thread.currentThread();
        }
        try {
            answering.answer(operation);
        } finally {
            finish();
            proceed();
        }
    }

    private synchronized void finish() {
        current = null;
        currentThread = null;
    }

    private void brake() {
        brake.set(ReadingBrake.Reason.REQUESTS, waiting.size() >= MAX_WAITING || waitingBytes > MAX_WAITING_BYTES);
    }
}
