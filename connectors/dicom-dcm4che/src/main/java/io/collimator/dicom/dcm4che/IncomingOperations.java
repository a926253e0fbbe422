package io.collimator.dicom.dcm4che;

import io.collimator.dicom.operation.Operation;
import io.collimator.dicom.operation.ServiceDispatcher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The peer's requests, begun in the order of arrival, as many at a time as were agreed on (PS3.7 §D.3.3.3). When too many wait,
 * the thread that reads from the peer waits as well. What we want to send ourselves goes when none is being answered.
 * Thread-safe.
 */
final class IncomingOperations {

    private static final int MAX_WAITING = 16;
    private static final long MAX_WAITING_BYTES = 4L * 1024 * 1024;
    private static final long LOOK_AROUND_MILLIS = 500;

    private final ServiceDispatcher dispatcher;
    private final LogLabels labels;
    private final ThreadPoolExecutor handlerThreads;
    private final int window;

    private final Deque<Operation> waiting = new ArrayDeque<>();
    private final Set<Operation> running = new HashSet<>();
    private final Set<Thread> answeringThreads = new HashSet<>();
    private final Queue<Runnable> onceDrained = new ArrayDeque<>();
    private long waitingBytes;
    private int wantingToSend;
    private boolean busySinceAsked;
    private boolean closing;
    private boolean over;

    /**
     * @param window how many are answered at a time
     */
    IncomingOperations(ServiceDispatcher dispatcher, LogLabels labels, ThreadPoolExecutor handlerThreads, int window) {
        this.dispatcher = dispatcher;
        this.labels = labels;
        this.handlerThreads = handlerThreads;
        this.window = window;
    }

    /** Takes a request that is complete; waits when too many are here already. For the reading thread. */
    void offer(Operation operation) throws IOException {
        if (isInUse(operation)) {
            dispatcher.refuseDuplicate(operation);
            return;
        }
        synchronized (this) {
            awaitWhile(() -> closing || waiting.size() >= MAX_WAITING || waitingBytes > MAX_WAITING_BYTES);
            checkNotOver();
            waiting.add(operation);
            waitingBytes += operation.dataSet().length;
        }
        proceed();
    }

    /** Answers a request whose data set is still to be read by the calling thread, when it is its turn. */
    void performHere(Operation operation, LogLabels.Task reading, LogLabels.Task refusing) throws IOException {
        synchronized (this) {
            awaitWhile(() -> closing || !waiting.isEmpty() || running.size() >= window || isSendersTurn());
            checkNotOver();
            begin(operation);
        }
        try (HandlerSlot slot = HandlerSlot.of(handlerThreads)) {
            if (slot.isTaken()) {
                labelled(reading);
            } else {
                refusing.run();
            }
        } finally {
            finish(operation);
        }
    }

    private void labelled(LogLabels.Task reading) throws IOException {
        synchronized (this) {
            answeringThreads.add(Thread.currentThread());
        }
        labels.run(reading);
    }

    private synchronized boolean isInUse(Operation operation) {
        int id = operation.request().messageId();
        return Stream.concat(running.stream(), waiting.stream())
                .anyMatch(other -> other.request().messageId() == id);
    }

    /** C-CANCEL; an unknown message ID is ignored, because the final response may have crossed it. */
    synchronized void cancel(int messageId) {
        Stream.concat(running.stream(), waiting.stream())
                .filter(operation -> operation.request().messageId() == messageId)
                .forEach(Operation::cancel);
    }

    /**
     * Waits until no operation is being answered; none is begun until {@link #endSending} is called.
     *
     * @return false when time is up; then there is nothing to end
     */
    synchronized boolean beginSending(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        wantingToSend++;
        while (!over && !running.isEmpty()) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                wantingToSend--;
                notifyAll();
                return false;
            }
            wait(millis);
        }
        return true;
    }

    void endSending() {
        synchronized (this) {
            wantingToSend--;
            notifyAll();
        }
        proceed();
    }

    /** Runs the task as soon as every operation is answered. */
    void onceDrained(Runnable task) {
        synchronized (this) {
            onceDrained.add(task);
        }
        runOnceDrained();
    }

    private void runOnceDrained() {
        Runnable task = whenDrained();
        while (task != null) {
            task.run();
            task = whenDrained();
        }
    }

    private synchronized @Nullable Runnable whenDrained() {
        return running.isEmpty() && waiting.isEmpty() ? onceDrained.poll() : null;
    }

    /** Waits until every operation is answered, at most so long. */
    synchronized boolean awaitDrained(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!over && !(running.isEmpty() && waiting.isEmpty())) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /** Takes no more requests; those that are here are answered. */
    synchronized void close() {
        closing = true;
    }

    /** Whether there was a request since this was asked last, or is one now. */
    synchronized boolean wasBusy() {
        boolean busy = busySinceAsked || !running.isEmpty() || !waiting.isEmpty();
        busySinceAsked = false;
        return busy;
    }

    /** Whether the calling thread is answering an operation of this association. */
    synchronized boolean isAnsweringThread() {
        return answeringThreads.contains(Thread.currentThread());
    }

    /** The association is over: nothing more begins, and what runs learns that it is no longer wanted. */
    synchronized void stop() {
        over = true;
        waiting.clear();
        running.forEach(Operation::cancel);
        notifyAll();
    }

    private void proceed() {
        Operation next = next();
        while (next != null) {
            start(next);
            next = next();
        }
    }

    private synchronized @Nullable Operation next() {
        if (running.size() >= window || isSendersTurn() || waiting.isEmpty()) {
            return null;
        }
        Operation operation = waiting.remove();
        waitingBytes -= operation.dataSet().length;
        begin(operation);
        notifyAll();
        return operation;
    }

    private void begin(Operation operation) {
        running.add(operation);
        busySinceAsked = true;
    }

    private synchronized boolean isSendersTurn() {
        return wantingToSend > 0;
    }

    private void start(Operation operation) {
        if (dispatcher.isImmediate(operation)) {
            answerAtOnce(operation, dispatcher::answer);
            return;
        }
        try {
            handlerThreads.execute(() -> run(operation));
        } catch (RejectedExecutionException allThreadsAndPlacesTaken) {
            answerAtOnce(operation, dispatcher::refuseBusy);
        }
    }

    private void answerAtOnce(Operation operation, Consumer<Operation> answer) {
        try {
            answer.accept(operation);
        } finally {
            finish(operation);
        }
    }

    private void run(Operation operation) {
        synchronized (this) {
            answeringThreads.add(Thread.currentThread());
        }
        try {
            labels.run(() -> dispatcher.answer(operation));
        } catch (IOException e) {
            throw new IllegalStateException("Answering reads nothing, so it cannot fail to.", e);
        } finally {
            finish(operation);
            proceed();
        }
    }

    private void finish(Operation operation) {
        synchronized (this) {
            running.remove(operation);
            answeringThreads.remove(Thread.currentThread());
            notifyAll();
        }
        runOnceDrained();
    }

    private synchronized void awaitWhile(BooleanSupplier reason) throws IOException {
        try {
            while (!over && reason.getAsBoolean()) {
                wait(LOOK_AROUND_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The thread that reads from the peer was interrupted.", e);
        }
    }

    private void checkNotOver() throws IOException {
        if (over) {
            throw new IOException("The association is over.");
        }
    }
}
