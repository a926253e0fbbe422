package io.collimator.dicom.net.association;

import io.collimator.dicom.operation.Reply;
import io.collimator.dicom.service.AssociationException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A request of ours and the responses to it. The event loop fills it, the requesting thread takes from it. */
final class Exchange {

    /** What comes back. */
    sealed interface Outcome {

        record Received(Reply reply) implements Outcome {}

        record Failed(AssociationException reason) implements Outcome {}
    }

    private enum Phase {
        WAITING,
        SENT,
        ABANDONED
    }

    /** Responses that may wait before reading is held. */
    private static final int MAX_WAITING = 64;

    private final int messageId;
    private final ReadingBrake brake;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final CountDownLatch sent = new CountDownLatch(1);
    private final BlockingQueue<Outcome> replies = new LinkedBlockingQueue<>();
    private boolean ended;

    Exchange(int messageId, ReadingBrake brake) {
        this.messageId = messageId;
        this.brake = brake;
    }

    int messageId() {
        return messageId;
    }

    /** Runs the task that sends the request, unless the requesting thread has given up. */
    void send(Runnable sending) {
        if (phase.compareAndSet(Phase.WAITING, Phase.SENT)) {
            sending.run();
            sent.countDown();
        }
    }

    /** Waits for the request to go out; false when it did not in this time, and now never will. */
    boolean awaitSent(Duration timeout) throws InterruptedException {
        return sent.await(timeout.toMillis(), TimeUnit.MILLISECONDS)
                || !phase.compareAndSet(Phase.WAITING, Phase.ABANDONED);
    }

    void received(Reply reply) {
        replies.add(new Outcome.Received(reply));
        brake();
    }

    void failed(AssociationException reason) {
        replies.add(new Outcome.Failed(reason));
        sent.countDown();
    }

    /** The next reply, empty when none came in this time. */
    Optional<Outcome> take(Duration timeout) throws InterruptedException {
        Optional<Outcome> reply = Optional.ofNullable(replies.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
        brake();
        return reply;
    }

    /** Counts and brakes in one step: of two threads, the last to come here has the count that is true. */
    private synchronized void brake() {
        brake.set(this, !ended && replies.size() >= MAX_WAITING);
    }

    synchronized void end() {
        ended = true;
        brake();
    }

    /** True for the one who is to send C-CANCEL: once, and only when the request went out. */
    boolean mayCancel() {
        return phase.get() == Phase.SENT && cancelled.compareAndSet(false, true);
    }
}
