package io.collimator.dicom.net.association;

import io.collimator.dicom.operation.Operation;
import io.collimator.dicom.operation.ServiceDispatcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The peer's requests, begun in the order of arrival, as many at a time as were agreed on (PS3.7 §D.3.3.3); more wait. What we
 * want to send ourselves goes when none is being answered. Thread-safe; nothing of it blocks.
 */
final class IncomingOperations {

    private static final int MAX_WAITING = 16;
    private static final long MAX_WAITING_BYTES = 4L * 1024 * 1024;

    private final ServiceDispatcher dispatcher;
    private final Executor handlerThreads;
    private final ReadingBrake brake;
    private final int window;

    private final Deque<Operation> waiting = new ArrayDeque<>();
    private final Queue<Runnable> betweenOperations = new ArrayDeque<>();
    private final Queue<Runnable> onceDrained = new ArrayDeque<>();
    private long waitingBytes;
    private final Set<Operation> running = new HashSet<>();
    private final Set<Thread> answeringThreads = new HashSet<>();
    private boolean busySinceAsked;
    private boolean over;

    /**
     * @param window how many are answered at a time
     */
    IncomingOperations(ServiceDispatcher dispatcher, Executor handlerThreads, ReadingBrake brake, int window) {
        this.dispatcher = dispatcher;
        this.handlerThreads = handlerThreads;
        this.brake = brake;
        this.window = window;
    }

    ReadingBrake brake() {
        return brake;
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
                brakeWhenFull();
            }
        }
        if (duplicate) {
            onceDiscarded(operation, () -> dispatcher.refuseDuplicate(operation));
        } else {
            proceed();
        }
    }

    private boolean isInUse(int messageId) {
        return Stream.concat(running.stream(), waiting.stream())
                .anyMatch(other -> other.request().messageId() == messageId);
    }

    /** C-CANCEL; an unknown message ID is ignored, because the final response may have crossed it. */
    synchronized void cancel(int messageId) {
        Stream.concat(running.stream(), waiting.stream())
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
        return !running.isEmpty() || !waiting.isEmpty();
    }

    /** Whether there was a request since this was asked last, or is one now. */
    synchronized boolean wasBusy() {
        boolean busy = busySinceAsked || isBusy();
        busySinceAsked = false;
        return busy;
    }

    /** Whether the calling thread is answering an operation of this association. */
    synchronized boolean isAnsweringThread() {
        return answeringThreads.contains(Thread.currentThread());
    }

    /** The association is over: nothing more begins, and what runs learns that it is no longer wanted. */
    void stop() {
        synchronized (this) {
            over = true;
            waiting.clear();
            betweenOperations.clear();
            running.forEach(Operation::cancel);
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
        if (!betweenOperations.isEmpty()) {
            return running.isEmpty() ? betweenOperations.poll() : null;
        }
        if (running.size() >= window) {
            return null;
        }
        Operation operation = waiting.poll();
        if (operation == null) {
            return running.isEmpty() ? onceDrained.poll() : null;
        }
        waitingBytes -= operation.dataSet().length;
        running.add(operation);
        busySinceAsked = true;
        brakeWhenFull();
        return () -> begin(operation);
    }

    private void begin(Operation operation) {
        if (dispatcher.isImmediate(operation)) {
            refuse(operation, dispatcher::answer);
            return;
        }
        try {
            handlerThreads.execute(() -> run(operation));
        } catch (RejectedExecutionException allThreadsAndPlacesTaken) {
            refuse(operation, dispatcher::refuseBusy);
        }
    }

    /** An answer never overtakes its request: one with a stream is read to the end first. */
    private void refuse(Operation operation, Consumer<Operation> answer) {
        onceDiscarded(operation, () -> {
            answer.accept(operation);
            finish(operation);
            proceed();
        });
    }

    /** Runs the task once the whole request is here; what it has of a data set is thrown away. */
    private static void onceDiscarded(Operation operation, Runnable task) {
        if (operation.arriving() instanceof IncomingDataSet dataSet) {
            dataSet.discard();
            dataSet.onceArrived(task);
        } else {
            task.run();
        }
    }

    private void run(Operation operation) {
        synchronized (this) {
            answeringThreads.add(Thread.currentThread());
        }
        try {
            dispatcher.answer(operation);
        } finally {
            finish(operation);
            proceed();
        }
    }

    private synchronized void finish(Operation operation) {
        running.remove(operation);
        answeringThreads.remove(Thread.currentThread());
    }

    private void brakeWhenFull() {
        brake.set(ReadingBrake.Reason.REQUESTS, waiting.size() >= MAX_WAITING || waitingBytes > MAX_WAITING_BYTES);
    }
}
