package io.collimator.engine.console;

import io.collimator.engine.destination.Destinations;
import io.collimator.engine.destination.SendingTurns.Pauses;
import io.collimator.engine.messaging.DeadLetters;
import io.collimator.engine.messaging.OutgoingMessages;
import io.collimator.engine.messaging.RecordedDeliveries;
import io.collimator.engine.metrics.Metrics;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.HeldLines;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.usecase.RecordDelivery;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** An engine without destinations. */
final class NothingOutgoing {

    private NothingOutgoing() {}

    /** Of a store that is away. */
    static AcceptOrder.Context context() {
        return new AcceptOrder.Context(
                new DownTransactions(),
                Clock.systemUTC(),
                UUID::randomUUID,
                new Notices(Clock.systemUTC(), UUID::randomUUID, (id, at, notice) -> ""));
    }

    static OutgoingMessages sources() {
        AcceptOrder.Context context = context();
        Destinations none = new Destinations(name -> Duration.ofSeconds(30), context.clock());
        return new OutgoingMessages(
                none,
                new RecordedDeliveries(
                        new RecordDelivery(context.transactions(), context.notices(), context.clock()),
                        new Metrics().deliveries(),
                        none,
                        new Pauses(Duration.ofSeconds(2), Duration.ofSeconds(15)),
                        context.clock()),
                new HeldLines(context),
                new DeadLetters(new ActiveMQConnectionFactory(), id -> ""),
                any -> null);
    }
}
