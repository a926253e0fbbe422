package io.collimator.engine.messaging;

import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.Accessions;
import io.collimator.workflow.port.Commitments;
import io.collimator.workflow.port.Deliveries;
import io.collimator.workflow.port.EarlyStops;
import io.collimator.workflow.port.Exceptions;
import io.collimator.workflow.port.HeldMessages;
import io.collimator.workflow.port.MappingVersions;
import io.collimator.workflow.port.Outbox;
import io.collimator.workflow.port.Patients;
import io.collimator.workflow.port.PerformedSteps;
import io.collimator.workflow.port.ReceivedMessages;
import io.collimator.workflow.port.Results;
import io.collimator.workflow.port.Retention;
import io.collimator.workflow.port.ScheduledSteps;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Timeline;
import io.collimator.workflow.port.Transactions;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** An outbox without a database, for the relay's tests. */
final class InMemoryOutbox extends Transactions implements Session, Outbox {

    private final Map<UUID, OutboxMessage> messages = new LinkedHashMap<>();
    private final Set<UUID> sent = new HashSet<>();

    @Override
    public synchronized <T> Committed<T> write(Function<Session, T> work) {
        return committed(work.apply(this), Instant.EPOCH);
    }

    @Override
    public synchronized <T> T read(Function<Session, T> work) {
        return work.apply(this);
    }

    @Override
    public synchronized void add(OutboxMessage message) {
        messages.put(message.id(), message);
    }

    @Override
    public synchronized List<OutboxMessage> pending(int max) {
        return messages.values().stream()
                .filter(message -> !sent.contains(message.id()))
                .limit(max)
                .toList();
    }

    @Override
    public synchronized void markSent(Collection<UUID> ids, Instant at) {
        sent.addAll(ids);
    }

    /** Everything is to be sent again. */
    synchronized void resend() {
        sent.clear();
    }

    @Override
    public synchronized long countPending() {
        return messages.size() - (long) sent.size();
    }

    @Override
    public Outbox outbox() {
        return this;
    }

    @Override
    public Deliveries deliveries() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public HeldMessages heldMessages() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public Patients patients() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public Results results() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public Accessions accessions() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public ScheduledSteps scheduledSteps() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public PerformedSteps performedSteps() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public Commitments commitments() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public MappingVersions mappingVersions() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public Retention retention() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public ReceivedMessages receivedMessages() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public Exceptions exceptions() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public EarlyStops earlyStops() {
        throw new UnsupportedOperationException("outbox only");
    }

    @Override
    public Timeline timeline() {
        throw new UnsupportedOperationException("outbox only");
    }
}
