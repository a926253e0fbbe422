package io.collimator.engine.messaging;

import io.collimator.camel.delivery.OutboundMessages;
import io.collimator.camel.delivery.OutgoingMessage;
import io.collimator.engine.destination.DeliveryFailure;
import io.collimator.engine.destination.Destination;
import io.collimator.engine.destination.Destinations;
import io.collimator.engine.schedule.EverySecond;
import io.collimator.workflow.outbox.HeldLine;
import io.collimator.workflow.outbox.HeldMessage;
import io.collimator.workflow.usecase.HeldLines;
import io.collimator.workflow.usecase.HeldLines.Due;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second at what is kept aside: puts the first message of each accession on its queue again when its time has
 * come, where the route takes it like any other; parks an accession that its receiver does not take though it took others; and
 * tells the destinations what waits.
 */
public final class Resending implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Resending.class);
    private static final int MAX_AT_A_TIME = 100;

    private final HeldLines held;
    private final RecordedDeliveries deliveries;
    private final Destinations destinations;
    private final ConnectionFactory connections;
    private final Function<String, Duration> parkAfter;
    private final Clock clock;
    private final EverySecond looks;

    /** Queues without a route that the log knows; used by one thread. */
    private final Set<String> told = new HashSet<>();

    /** @param parkAfter by the name of a destination, how long an accession waits aside before it waits for a person */
    public Resending(
            HeldLines held,
            RecordedDeliveries deliveries,
            Destinations destinations,
            ConnectionFactory connections,
            Function<String, Duration> parkAfter,
            Clock clock) {
        this.held = held;
        this.deliveries = deliveries;
        this.destinations = destinations;
        this.connections = connections;
        this.parkAfter = parkAfter;
        this.clock = clock;
        this.looks = new EverySecond("resending", "What is kept aside", this::look);
    }

    public void start() {
        looks.start();
    }

    private void look() {
        Map<Destination, Long> changes = new HashMap<>();
        destinations.all().forEach(one -> changes.put(one, one.asideChanges()));
        Map<String, Instant> paused = held.paused();
        Set<String> withLines = new TreeSet<>(held.counts().keySet());
        changes.forEach((destination, before) -> destinations
                .queueOf(destination)
                .ifPresent(queue -> {
                    List<HeldLine> lines = withLines.remove(queue) ? held.lines(queue) : List.of();
                    tell(destination, lines, before);
                    destination.pausedSince(paused.get(queue));
                    deliveries.turns(queue).pause(paused.containsKey(queue));
                    lines.stream()
                            .filter(this::isToBeParked)
                            .forEach(line -> held.park(line.line(), "The receiver takes others, but not this one:"));
                    if (!lines.isEmpty() && !paused.containsKey(queue)) {
                        sendDue(queue);
                    }
                }));
        withLines.stream()
                .filter(told::add)
                .forEach(queue -> LOG.warn(
                        "What waits aside of queue {} is not sent again: no route takes from it any more. Bring back its route, or its row in config/receivers.yaml.",
                        queue));
    }

    private void sendDue(String queue) {
        List<Due> due = held.due(queue, MAX_AT_A_TIME);
        if (!due.isEmpty()) {
            try {
                send(due);
            } catch (JMSException e) {
                LOG.debug("What is kept aside cannot be sent now", e);
            }
        }
    }

    private static void tell(Destination destination, List<HeldLine> lines, long changes) {
        Map<String, Destination.Waiting> waiting = new HashMap<>();
        lines.stream()
                .filter(line -> !line.isParked())
                .forEach(line -> waiting.put(
                        line.line().name(), new Destination.Waiting(line.since(), DeliveryFailure.of(line.reason()))));
        destination.isAside(waiting, lines.size() - waiting.size(), changes);
    }

    private boolean isToBeParked(HeldLine line) {
        Duration limit = destinations
                .ofQueue(line.line().queue())
                .map(Destination::name)
                .map(parkAfter)
                .orElse(Duration.ofDays(1));
        return !line.isParked()
                && line.attempts() > 1
                && deliveries
                        .turns(line.line().queue())
                        .othersGetThrough(line.since())
                        .filter(since -> !since.plus(limit).isAfter(clock.instant()))
                        .isPresent();
    }

    private void send(List<Due> due) throws JMSException {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            for (Due one : due) {
                try (MessageProducer producer = session.createProducer(
                        session.createQueue(one.line().line().queue()))) {
                    producer.setDeliveryMode(DeliveryMode.PERSISTENT);
                    producer.send(message(session, one));
                }
            }
            session.commit();
        }
        due.forEach(held::sent);
    }

    private static Message message(Session session, Due due) throws JMSException {
        HeldMessage first = due.first();
        Message message;
        if (first.properties().containsKey(OutboundMessages.BYTES)) {
            BytesMessage bytes = session.createBytesMessage();
            bytes.writeBytes(OutgoingMessage.bytes(first.body()));
            message = bytes;
        } else {
            message = session.createTextMessage(first.body());
        }
        for (Map.Entry<String, String> property : first.properties().entrySet()) {
            message.setStringProperty(property.getKey(), property.getValue());
        }
        // the broker calls this copy something else
        message.setStringProperty(OutboundMessages.KEY, first.key());
        message.setIntProperty(OutboundMessages.ATTEMPT, due.line().attempts() + 1);
        return message;
    }

    @Override
    public void close() {
        looks.close();
    }
}
