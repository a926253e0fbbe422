package io.collimator.engine.messaging;

import io.collimator.engine.config.JmsSettings;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what stands in the outbox to its queues, in the order in which it committed, and marks what was sent. One thread.
 *
 * <p>It may die between send and mark: then the notice is sent again, and the broker drops it by its id. When the broker
 * takes a notice for no reason whatsoever, that notice and all after it wait, and {@link #status} says so: overtaking would
 * tell the RIS a wrong state.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(1);
    private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(2);

    /** An attempt that takes longer than this hangs: twice the client's own time limit for a call. */
    private static final Duration STUCK_AFTER = Duration.ofSeconds(60);

    private final Transactions transactions;
    private final ConnectionFactory connections;
    private final JmsSettings.Relay settings;
    private final Clock clock;

    /** Holds one signal at most: many commits wake it once. */
    private final BlockingQueue<Boolean> signals = new ArrayBlockingQueue<>(1);

    private final AtomicBoolean connectionLost = new AtomicBoolean();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "outbox-relay");
    private volatile @Nullable Instant failingSince;
    private volatile String reason = "";
    private volatile long pending;
    private volatile long attemptBegan;
    private long counted = System.nanoTime() - COUNT_EVERY.toNanos();
    private @Nullable QueueSender sender;

    public OutboxRelay(
            Transactions transactions, ConnectionFactory connections, JmsSettings.Relay settings, Clock clock) {
        this.transactions = transactions;
        this.connections = connections;
        this.settings = settings;
        this.clock = clock;
        this.failingSince = clock.instant();
        this.reason = "The relay has not reached the broker yet.";
        thread.setDaemon(true);
    }

    /** Begins to send; once. */
    public void start() {
        thread.start();
    }

    /** Says that something committed; returns at once. */
    public void wake() {
        signals.offer(Boolean.TRUE);
    }

    /** Not working until it has reached broker and outbox for the first time. */
    public RelayStatus status() {
        Instant since = failingSince;
        long began = attemptBegan;
        if (since == null && began != 0 && System.nanoTime() - began > STUCK_AFTER.toNanos()) {
            return new RelayStatus(
                    clock.instant().minus(STUCK_AFTER),
                    "The broker or the database has not answered for a minute.",
                    pending);
        }
        return new RelayStatus(since, since == null ? "" : reason, pending);
    }

    /** Sends what is left, for 10 s at most; what is not sent then waits in the outbox for the next start. */
    @Override
    public void close() {
        stop.countDown();
        wake();
        try {
            thread.join(FLUSH_TIMEOUT.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(INTERRUPT_TIMEOUT.toMillis());
            }
            if (thread.isAlive()) {
                LOG.warn("The relay hangs in a call to the broker or the database and is left behind.");
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration backOff = settings.firstBackOff();
        try {
            while (!isStopping()) {
                if (attempt()) {
                    backOff = settings.firstBackOff();
                    awaitWork();
                } else {
                    pause(backOff);
                    backOff = min(backOff.multipliedBy(2), settings.maxBackOff());
                }
            }
            if (failingSince == null) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
            failing("The relay has ended.");
        }
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Waits for a commit or for the next look, then lets more commits gather. */
    private void awaitWork() throws InterruptedException {
        if (signals.poll(settings.poll().toMillis(), TimeUnit.MILLISECONDS) != null) {
            pause(settings.gather());
        }
        signals.clear();
    }

    /** Ends early when the relay stops; a commit does not shorten it. */
    private void pause(Duration duration) throws InterruptedException {
        if (stop.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("The relay stops.");
        }
    }

    /** Whether everything that waited was sent. */
    private boolean attempt() {
        attemptBegan = System.nanoTime();
        try {
            drain(connected());
            pending = 0;
            if (failingSince != null) {
                LOG.info("The relay sends notices.");
                failingSince = null;
            }
            return true;
        } catch (JMSException e) {
            failed("The broker does not take notices; check that it runs, its disk and collimator.jms.*.", e);
        } catch (StorageException e) {
            failed("The outbox cannot be read or marked; check the database.", e);
        } catch (RuntimeException e) {
            failed("The relay failed; the log names the cause.", e);
        } finally {
            attemptBegan = 0;
        }
        return false;
    }

    private void failed(String why, Exception cause) {
        disconnect();
        if (failingSince == null || !why.equals(reason)) {
            LOG.warn("{} Notices wait in the outbox; the relay tries again.", why, cause);
        } else {
            LOG.debug("The relay still fails.", cause);
        }
        failing(why);
    }

    private void failing(String why) {
        reason = why;
        if (failingSince == null) {
            failingSince = clock.instant();
        }
    }

    private QueueSender connected() throws JMSException {
        if (connectionLost.getAndSet(false)) {
            disconnect();
        }
        QueueSender current = sender;
        if (current == null) {
            current = QueueSender.connect(connections, this::onConnectionLost);
            sender = current;
        }
        return current;
    }

    private void onConnectionLost() {
        connectionLost.set(true);
        wake();
    }

    private void disconnect() {
        QueueSender current = sender;
        sender = null;
        if (current != null) {
            try {
                current.close();
            } catch (JMSException | RuntimeException e) {
                LOG.debug("The connection to the broker was not closed cleanly.", e);
            }
        }
    }

    private void drain(QueueSender to) throws JMSException {
        List<OutboxMessage> batch = nextBatch();
        while (!batch.isEmpty()) {
            deliver(to, batch);
            attemptBegan = System.nanoTime();
            // what committed meanwhile has left its signal
            batch = batch.size() < settings.batch() ? List.of() : nextBatch();
        }
    }

    private List<OutboxMessage> nextBatch() {
        return transactions.read(session -> {
            List<OutboxMessage> batch = session.outbox().pending(settings.batch());
            noteWaiting(session, batch.size());
            return batch;
        });
    }

    /** Counting is dear when much waits, so that in between what was sent is subtracted. */
    private void noteWaiting(Session session, int found) {
        if (found < settings.batch()) {
            pending = found;
        } else if (System.nanoTime() - counted > COUNT_EVERY.toNanos()) {
            pending = session.outbox().countPending();
            counted = System.nanoTime();
        } else {
            pending = Math.max(found, pending - settings.batch());
        }
    }

    private void deliver(QueueSender to, List<OutboxMessage> batch) throws JMSException {
        try {
            to.sendTogether(batch);
        } catch (JMSException e) {
            LOG.info("The broker refused {} notices together, so that each is sent by itself.", batch.size());
            LOG.debug("The refusal.", e);
            deliverSingly(to, batch);
            return;
        }
        markSent(batch.stream().map(OutboxMessage::id).toList());
    }

    /** Stops at the first one that the broker does not take: none may overtake it. */
    private void deliverSingly(QueueSender to, List<OutboxMessage> batch) throws JMSException {
        List<UUID> sent = new ArrayList<>();
        try {
            for (OutboxMessage notice : batch) {
                send(to, notice);
                sent.add(notice.id());
            }
        } finally {
            markSent(sent);
        }
    }

    private static void send(QueueSender to, OutboxMessage notice) throws JMSException {
        try {
            to.send(notice);
        } catch (JMSException e) {
            LOG.error(
                    "Notice {} ({}) is not taken by queue {}; it and all after it wait.",
                    notice.id(),
                    notice.eventType(),
                    notice.queue());
            throw e;
        }
    }

    private void markSent(List<UUID> ids) {
        if (!ids.isEmpty()) {
            transactions.run(session -> session.outbox().markSent(ids, clock.instant()));
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
