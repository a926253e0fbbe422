package io.collimator.engine.messaging;

import io.collimator.workflow.outbox.OutboxMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQConnectionTimedOutException;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;

/**
 * One connection to the broker. Sends many notices in one transaction of the broker, or one by one: a batch that holds a
 * notice which the broker already has is refused as a whole, whereas a single one is taken and dropped. Used by one thread.
 *
 * <p>What a transaction holds the broker knows as its own only from the commit on, so that of two transactions at a time with
 * the same notices it would take both. Therefore the connection has a name, and the broker has one of a name at a time: while
 * it still holds what an earlier one left behind, {@link #connect} fails.
 */
final class QueueSender implements AutoCloseable {

    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private final Connection connection;
    private final Lane together;
    private final Lane single;

    private QueueSender(Connection connection) throws JMSException {
        this.connection = connection;
        this.together = new Lane(connection.createSession(true, Session.SESSION_TRANSACTED));
        this.single = new Lane(connection.createSession(false, Session.AUTO_ACKNOWLEDGE));
    }

    /**
     * Connects.
     *
     * @param name that the broker lets one connection have
     * @param onLost run by a thread of the broker's client when the connection is lost
     * @throws InvalidClientIDException while another one has the name
     */
    static QueueSender connect(ConnectionFactory factory, String name, Runnable onLost) throws JMSException {
        Connection connection = factory.createConnection();
        try {
            connection.setClientID(name);
            connection.setExceptionListener(lost -> onLost.run());
            return new QueueSender(connection);
        } catch (JMSException e) {
            connection.close();
            throw e;
        }
    }

    /** All or none. */
    void sendTogether(List<OutboxMessage> notices) throws JMSException {
        try {
            for (OutboxMessage notice : notices) {
                together.send(notice);
            }
            together.session.commit();
        } catch (JMSException e) {
            if (!isSilence(e)) {
                rollBack(e);
            }
            throw e;
        }
    }

    /** Whether the broker did not answer, or is gone: to ask it once more on the same connection is to wait once more. */
    static boolean isSilence(JMSException failure) {
        return failure.getCause() instanceof ActiveMQConnectionTimedOutException
                || failure.getCause() instanceof ActiveMQNotConnectedException;
    }

    private void rollBack(JMSException reason) {
        try {
            together.session.rollback();
        } catch (JMSException e) {
            reason.addSuppressed(e);
        }
    }

    /** Returns when the broker has it, whether now or from before. */
    void send(OutboxMessage notice) throws JMSException {
        single.send(notice);
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }

    /** A session with its producers; one producer a queue, since a producer without a queue looks it up at each send. */
    private static final class Lane {

        private final Session session;
        private final Map<String, MessageProducer> producers = new HashMap<>();

        Lane(Session session) {
            this.session = session;
        }

        void send(OutboxMessage notice) throws JMSException {
            producer(notice.queue()).send(message(notice));
        }

        private MessageProducer producer(String queue) throws JMSException {
            MessageProducer known = producers.get(queue);
            if (known != null) {
                return known;
            }
            MessageProducer producer = session.createProducer(session.createQueue(queue));
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            producers.put(queue, producer);
            return producer;
        }

        private TextMessage message(OutboxMessage notice) throws JMSException {
            TextMessage message = session.createTextMessage(notice.body());
            message.setStringProperty("eventType", notice.eventType());
            message.setStringProperty("outboxId", notice.id().toString());
            message.setStringProperty(DUPLICATE_ID, notice.id().toString());
            setOrNot(message, "sendingApplication", notice.orderer().application());
            setOrNot(message, "sendingFacility", notice.orderer().facility());
            if (notice.accession() != null) {
                message.setStringProperty("accessionNumber", notice.accession().value());
                message.setStringProperty("JMSXGroupID", notice.accession().value());
                if (notice.accession().issuer() != null) {
                    message.setStringProperty(
                            "accessionIssuer", notice.accession().issuer());
                }
            }
            return message;
        }

        private static void setOrNot(TextMessage message, String name, String value) throws JMSException {
            if (!value.isEmpty()) {
                message.setStringProperty(name, value);
            }
        }
    }
}
