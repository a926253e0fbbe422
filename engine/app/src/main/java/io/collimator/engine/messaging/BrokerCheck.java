package io.collimator.engine.messaging;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/** Asks the broker, whichever it is, for its queues, each time on a connection of its own. */
public final class BrokerCheck {

    /** Of a queue that is not there. */
    public static final long MISSING = -1;

    private final ConnectionFactory connections;
    private final Set<String> queues;

    /** @param queues that there should be */
    public BrokerCheck(ConnectionFactory connections, Set<String> queues) {
        this.connections = connections;
        this.queues = Set.copyOf(queues);
    }

    /**
     * How many messages each queue holds, also in the hands of receivers, or {@link #MISSING}; empty when the broker is no
     * Artemis. May block for as long as a call to the broker may.
     *
     * @throws BrokerException when it does not answer
     */
    public Map<String, Long> look() {
        Map<String, Long> found = new TreeMap<>();
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            if (session instanceof ActiveMQSession artemis) {
                for (String queue : queues) {
                    ClientSession.QueueQuery answer = artemis.getCoreSession().queueQuery(SimpleString.of(queue));
                    found.put(queue, answer.isExists() ? answer.getMessageCount() : MISSING);
                }
            }
            return found;
        } catch (JMSException | ActiveMQException e) {
            throw new BrokerException("The broker does not answer; check that it runs and collimator.jms.url.", e);
        }
    }
}
