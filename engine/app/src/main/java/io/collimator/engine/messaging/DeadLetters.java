package io.collimator.engine.messaging;

import io.collimator.camel.delivery.OutboundMessages;
import io.collimator.workflow.outbox.SentNotice;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The messages of {@code collimator.dead-letters}: shown, moved back to their queue, or dropped. */
public final class DeadLetters {

    /** Shown, moved or dropped at a time. */
    public static final int MAX = 1_000;

    private static final long RECEIVE_MILLIS = 500;

    private final ConnectionFactory connections;
    private final UnaryOperator<String> receiverSaid;

    /** @param receiverSaid by outbox id, the receiver's own words to a notice that it refused; empty when it said nothing */
    public DeadLetters(ConnectionFactory connections, UnaryOperator<String> receiverSaid) {
        this.connections = connections;
        this.receiverSaid = receiverSaid;
    }

    /**
     * One of them.
     *
     * @param key the outbox id, else what the broker calls it
     * @param queue that it was taken from
     * @param reason why it was given up; empty when nobody said
     * @param receiverSays the receiver's own words; may hold patient data
     * @param sentAt when it was put into the dead letters
     */
    public record DeadLetter(
            String key,
            String queue,
            String accessionNumber,
            String eventType,
            String reason,
            String receiverSays,
            Instant sentAt) {}

    /**
     * Those of one queue, the oldest first, at most {@link #MAX}.
     *
     * @throws BrokerException when the broker does not answer
     */
    public List<DeadLetter> of(String queue) {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser =
                        session.createBrowser(session.createQueue(Queues.DEAD_LETTERS), selector(queue, null))) {
            connection.start();
            List<DeadLetter> found = new ArrayList<>();
            Enumeration<?> letters = browser.getEnumeration();
            while (found.size() < MAX && letters.hasMoreElements()) {
                if (letters.nextElement() instanceof Message letter) {
                    found.add(deadLetter(letter));
                }
            }
            return found;
        } catch (JMSException e) {
            throw away(e);
        }
    }

    private DeadLetter deadLetter(Message letter) throws JMSException {
        String key = key(letter);
        return new DeadLetter(
                key,
                text(letter, OutboundMessages.ORIGINAL_QUEUE),
                text(letter, "accessionNumber"),
                text(letter, "eventType"),
                text(letter, OutboundMessages.REASON),
                receiverSaid.apply(key),
                Instant.ofEpochMilli(letter.getJMSTimestamp()));
    }

    /**
     * Puts them back on the queue that they were taken from, in their order.
     *
     * @param accessionNumber null: all of the queue
     * @return how many
     * @throws BrokerException when the broker does not do it
     */
    public int moveBack(String queue, @Nullable String accessionNumber) {
        return take(queue, accessionNumber, true, dropped -> {});
    }

    /**
     * Takes them away for good.
     *
     * @param dropped is told the outbox id of each that has one, before it is gone
     * @return how many
     * @throws BrokerException when the broker does not do it
     */
    public int drop(String queue, @Nullable String accessionNumber, Consumer<UUID> dropped) {
        return take(queue, accessionNumber, false, dropped);
    }

    private int take(String queue, @Nullable String accessionNumber, boolean back, Consumer<UUID> dropped) {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageConsumer letters = session.createConsumer(
                        session.createQueue(Queues.DEAD_LETTERS), selector(queue, accessionNumber));
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            connection.start();
            int count = 0;
            for (Message letter = letters.receive(RECEIVE_MILLIS);
                    letter != null;
                    letter = count < MAX ? letters.receive(RECEIVE_MILLIS) : null) {
                count++;
                if (back) {
                    producer.send(copy(session, letter));
                } else {
                    outboxId(letter, dropped);
                }
            }
            session.commit();
            return count;
        } catch (JMSException e) {
            throw away(e);
        }
    }

    /** Without what was noted on it as a dead letter, and without its duplicate id, by which the broker would drop it. */
    private static Message copy(Session session, Message letter) throws JMSException {
        Message copy = content(session, letter);
        Enumeration<?> names = letter.getPropertyNames();
        while (names.hasMoreElements()) {
            String property = String.valueOf(names.nextElement());
            boolean isOurs =
                    property.equals("JMSXGroupID") || !(property.startsWith("JMS") || property.startsWith("_"));
            String value = letter.getStringProperty(property);
            if (isOurs
                    && value != null
                    && !property.equals(OutboundMessages.REASON)
                    && !property.equals(OutboundMessages.ATTEMPT)
                    && !property.equals(OutboundMessages.KEY)) {
                copy.setStringProperty(property, value);
            }
        }
        return copy;
    }

    private static Message content(Session session, Message letter) throws JMSException {
        if (letter instanceof BytesMessage bytes) {
            byte[] content = new byte[Math.toIntExact(bytes.getBodyLength())];
            bytes.readBytes(content);
            BytesMessage copy = session.createBytesMessage();
            copy.writeBytes(content);
            return copy;
        }
        return session.createTextMessage(letter instanceof TextMessage text ? text.getText() : "");
    }

    private static void outboxId(Message letter, Consumer<UUID> dropped) throws JMSException {
        SentNotice.idOf(key(letter)).ifPresent(dropped);
    }

    private static String selector(String queue, @Nullable String accessionNumber) {
        String own = OutboundMessages.ORIGINAL_QUEUE + " = " + quoted(queue);
        return accessionNumber == null ? own : own + " AND accessionNumber = " + quoted(accessionNumber);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Of a message that someone else put on our queue: its own id. */
    static String key(Message letter) throws JMSException {
        String outboxId = text(letter, OutboundMessages.OUTBOX_ID);
        return outboxId.isEmpty() ? String.valueOf(letter.getJMSMessageID()) : outboxId;
    }

    /** A property, "" when it is not there. */
    static String text(Message letter, String property) throws JMSException {
        String value = letter.getStringProperty(property);
        return value == null ? "" : value;
    }

    private static BrokerException away(JMSException e) {
        return new BrokerException(
                "The broker does not answer; check that it runs and collimator.jms.url, and ask again.", e);
    }
}
