package io.collimator.engine.messaging;

import io.collimator.engine.config.JmsSettings;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread of the relay with one connection to the broker at a time, until it is abandoned. What an abandoned run still has
 * under way ends, one way or the other, before its successor has a connection: the broker lets one connection have the name of
 * the relay. The successor sends the same notices once more, and the broker drops by their ids what it has. An abandoned run
 * begins nothing more.
 */
final class RelayRun {

    private static final Logger LOG = LoggerFactory.getLogger(RelayRun.class);

    private final Transactions transactions;
    private final ConnectionFactory connections;
    private final String name;
    private final JmsSettings.Relay settings;
    private final Clock clock;
    private final RelayProgress progress;
    private final RelaySignals signals;
    private final Thread thread;
    private volatile boolean connectionLost;
    private volatile boolean isAbandoned;
    private volatile long attemptBegan;
    private @Nullable QueueSender sender;

    /** Guards the two: a thread that works in the database must not be interrupted, a file of H2 would be closed under all. */
    private final Object phase = new Object();

    private boolean isAtBroker;

    RelayRun(OutboxRelay.Parts parts, RelayProgress progress, RelaySignals signals) {
        this.transactions = parts.transactions();
        this.connections = parts.connections();
        this.name = parts.name();
        this.settings = parts.settings();
        this.clock = parts.clock();
        this.progress = progress;
        this.signals = signals;
        this.thread = new Thread(this::run, "outbox-relay");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** How long the attempt under way has been waiting for an answer; zero when there is none. */
    Duration waiting() {
        long began = attemptBegan;
        return began == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - began);
    }

    /** It tells nothing from now on, and ends as soon as the call that it is in does. */
    void abandon() {
        isAbandoned = true;
        synchronized (phase) {
            if (isAtBroker) {
                thread.interrupt();
            }
        }
    }

    boolean join(Duration longest) throws InterruptedException {
        thread.join(longest.toMillis());
        return !thread.isAlive();
    }

    private void run() {
        Duration backOff = settings.firstBackOff();
        try {
            while (!signals.isStopping() && !isAbandoned) {
                if (attempt()) {
                    backOff = settings.firstBackOff();
                    signals.awaitWork(settings);
                } else {
                    signals.pause(backOff);
                    backOff = shorter(backOff.multipliedBy(2), settings.maxBackOff());
                }
            }
            if (progress.isWorking() && !isAbandoned) {
                attempt();
            }
        } catch (InterruptedException e) {
            LOG.debug("A run of the relay was interrupted.", e);
        } finally {
            if (isAbandoned) {
                leaveConnection();
            } else {
                disconnect();
                progress.failed("The relay has ended.");
            }
        }
    }

    /** Whether everything that waited was sent. */
    private boolean attempt() {
        attemptBegan = System.nanoTime();
        try {
            drain(connected());
            if (!isAbandoned) {
                progress.worked();
            }
            return true;
        } catch (InvalidClientIDException e) {
            failed("The broker still holds a connection that the relay has given up, and lets it go before long.", e);
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
        if (isAbandoned) {
            LOG.debug("An abandoned attempt of the relay ended.", cause);
            return;
        }
        leaveConnection();
        if (progress.failed(why)) {
            LOG.warn("{} Notices wait in the outbox; the relay tries again.", why, cause);
        } else {
            LOG.debug("The relay still fails.", cause);
        }
    }

    private QueueSender connected() throws JMSException {
        if (connectionLost) {
            connectionLost = false;
            leaveConnection();
        }
        QueueSender current = sender;
        if (current == null) {
            current = atBroker(() -> QueueSender.connect(connections, name, this::onConnectionLost));
            sender = current;
        }
        return current;
    }

    private void onConnectionLost() {
        connectionLost = true;
        signals.wake();
    }

    private void disconnect() {
        QueueSender current = sender;
        sender = null;
        if (current != null) {
            close(current);
        }
    }

    /** A connection that failed may take its time to close, and nobody needs to wait for that. */
    private void leaveConnection() {
        QueueSender current = sender;
        sender = null;
        if (current != null) {
            Thread closing = new Thread(() -> close(current), "outbox-relay-close");
            closing.setDaemon(true);
            closing.start();
        }
    }

    private static void close(QueueSender sender) {
        try {
            sender.close();
        } catch (JMSException | RuntimeException e) {
            LOG.debug("The connection to the broker was not closed cleanly.", e);
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
        return isAbandoned
                ? List.of()
                : transactions.read(session -> session.outbox().pending(settings.batch()));
    }

    private void deliver(QueueSender to, List<OutboxMessage> batch) throws JMSException {
        try {
            atBroker(() -> {
                to.sendTogether(batch);
                return Boolean.TRUE;
            });
        } catch (JMSException e) {
            if (QueueSender.isSilence(e)) {
                throw e;
            }
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
                if (isAbandoned) {
                    return;
                }
                send(to, notice);
                sent.add(notice.id());
            }
        } finally {
            markSent(sent);
        }
    }

    private void send(QueueSender to, OutboxMessage notice) throws JMSException {
        try {
            atBroker(() -> {
                to.send(notice);
                return Boolean.TRUE;
            });
        } catch (JMSException e) {
            LOG.error(
                    "Notice {} ({}) is not taken by queue {}; it and all after it wait.",
                    notice.id(),
                    notice.eventType(),
                    notice.queue());
            throw e;
        }
    }

    /** An abandoned run leaves it to its successor, which is told by the broker what it has. */
    private void markSent(List<UUID> ids) {
        if (!ids.isEmpty() && !isAbandoned) {
            transactions.run(session -> session.outbox().markSent(ids, clock.instant()));
        }
    }

    /** Something that only the broker can hold up, and that may be interrupted. */
    @FunctionalInterface
    private interface BrokerCall<T> {
        T call() throws JMSException;
    }

    private <T> T atBroker(BrokerCall<T> call) throws JMSException {
        synchronized (phase) {
            if (isAbandoned) {
                throw new JMSException("This attempt was given up.");
            }
            isAtBroker = true;
        }
        try {
            return call.call();
        } finally {
            synchronized (phase) {
                isAtBroker = false;
                if (Thread.interrupted()) {
                    LOG.debug("The relay no longer waits for the broker.");
                }
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
