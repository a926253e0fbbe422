package io.collimator.engine.messaging;

import io.collimator.camel.delivery.DeliveryRecord;
import io.collimator.camel.delivery.OutgoingMessage;
import io.collimator.camel.watch.StepFailure;
import io.collimator.engine.destination.DeliveryFailure;
import io.collimator.engine.destination.Destination;
import io.collimator.engine.destination.Destinations;
import io.collimator.engine.destination.EngineStopsException;
import io.collimator.engine.destination.SendingTurns;
import io.collimator.engine.destination.SendingTurns.Pauses;
import io.collimator.engine.metrics.DeliveryMeter;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.HeldLine;
import io.collimator.workflow.outbox.HeldMessage;
import io.collimator.workflow.outbox.QueueLine;
import io.collimator.workflow.outbox.TakenMessage;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.usecase.RecordDelivery;
import io.collimator.workflow.usecase.RecordDelivery.Verdict;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RecordedDeliveries as the database has them, one message of an accession at a time: what a receiver does not take is kept aside there,
 * and while it takes nothing at all the queue waits. What is not sent is counted and logged.
 */
public final class RecordedDeliveries implements DeliveryRecord, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedDeliveries.class);

    private final RecordDelivery useCase;
    private final DeliveryMeter meter;
    private final Destinations destinations;
    private final Pauses pauses;
    private final Clock clock;
    private final Map<String, SendingTurns> turns = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    public RecordedDeliveries(
            RecordDelivery useCase, DeliveryMeter meter, Destinations destinations, Pauses pauses, Clock clock) {
        this.useCase = useCase;
        this.meter = meter;
        this.destinations = destinations;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Who may send what comes from this queue. */
    public SendingTurns turns(String queue) {
        SendingTurns known = turns.computeIfAbsent(queue, any -> new SendingTurns(pauses, clock));
        if (isClosed) {
            known.close();
        }
        return known;
    }

    @Override
    public boolean mayBeSent(OutgoingMessage message) {
        TakenMessage taken = taken(message);
        Verdict verdict = useCase.judge(taken);
        if (verdict == Verdict.SEND && turns(message.queue()).take(message.key())) {
            verdict = useCase.judge(taken);
        }
        if (verdict == Verdict.SEND) {
            return true;
        }
        turns(message.queue()).leave(message.key());
        tell(message, verdict);
        return false;
    }

    private void tell(OutgoingMessage message, Verdict verdict) {
        switch (verdict) {
            case ACCEPTED_BEFORE ->
                LOG.info(
                        "Notice {} of {} is not sent: its receiver has accepted it before.",
                        message.key(),
                        message.queue());
            case OUTDATED ->
                LOG.warn(
                        "Notice {} of {} is not sent: its receiver has accepted a newer one of the accession.",
                        message.key(),
                        message.queue());
            case HELD ->
                LOG.info(
                        "Message {} of {} waits aside, behind one of its accession that was not taken.",
                        message.key(),
                        message.queue());
            default -> {
                LOG.debug("Message {} of {} waits aside already.", message.key(), message.queue());
                return;
            }
        }
        meter.skipped(message.queue(), verdict);
    }

    @Override
    public void accepted(OutgoingMessage message) {
        turns(message.queue()).gotThrough();
        useCase.accepted(taken(message));
    }

    @Override
    public void givenUp(OutgoingMessage message) {
        turns(message.queue()).gotThrough();
        try {
            useCase.givenUp(taken(message));
        } catch (StorageException e) {
            if (message.attempt() > 0) {
                throw e; // it would stay aside, and be sent and given up once more
            }
            LOG.info(
                    "Notice {} of {} is noted as given up when its dead letter is found.",
                    message.key(),
                    message.queue(),
                    e);
        }
    }

    @Override
    public Next failed(@Nullable OutgoingMessage message, StepFailure failure) {
        try {
            if (message == null || message.queue().isEmpty() || failure.thrown() instanceof StorageException) {
                turns("").rest();
                return Next.AGAIN;
            }
            SendingTurns own = turns(message.queue());
            own.failed(message.key(), failure.isUnreachable());
            if (failure.isUnreachable()) {
                own.take(message.key());
                return Next.AGAIN;
            }
            return keepAside(message, failure, own);
        } catch (EngineStopsException e) {
            LOG.debug("Message {} goes back to its queue.", message, e);
            return Next.BACK;
        }
    }

    private Next keepAside(OutgoingMessage message, StepFailure failure, SendingTurns own) {
        try {
            HeldLine line = useCase.hold(taken(message), pauses::aside, failure.reason());
            destinations
                    .ofQueue(message.queue())
                    .ifPresent(destination -> destination.keptAside(
                            message.line(), new Destination.Waiting(line.since(), DeliveryFailure.of(failure))));
            LOG.info(
                    "Message {} of {} was not taken and waits aside until {} (attempt {}): {}",
                    message.key(),
                    message.queue(),
                    line.nextAt(),
                    line.attempts(),
                    failure.reason());
            return Next.ASIDE;
        } catch (StorageException e) {
            LOG.debug("Message {} cannot be kept aside now", message, e);
            own.rest();
            own.take(message.key());
            return Next.AGAIN;
        }
    }

    @Override
    public void ended(OutgoingMessage message) {
        turns(message.queue()).leave(message.key());
    }

    /** Whoever waits for a turn goes away. */
    @Override
    public void close() {
        isClosed = true;
        turns.values().forEach(SendingTurns::close);
    }

    private static TakenMessage taken(OutgoingMessage message) {
        String issuer = message.properties().get("accessionIssuer");
        return new TakenMessage(
                new QueueLine(message.queue(), message.line()),
                message.outboxId().orElse(null),
                Optional.ofNullable(message.properties().get("accessionNumber"))
                        .flatMap(AccessionNumber::parse)
                        .map(number -> number.withIssuer(issuer))
                        .orElse(null),
                message.attempt(),
                new HeldMessage(message.key(), message.properties(), message.body()));
    }
}
