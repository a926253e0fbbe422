package io.collimator.engine.cli.demo;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A plain JMS client over TCP that takes what comes on one queue. */
final class QueueWatch implements AutoCloseable {

    /** What came. */
    record Seen(String eventType, String accessionNumber, String body) {}

    private final String queue;
    private final ActiveMQConnectionFactory factory;
    private final JMSContext context;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    QueueWatch(InetSocketAddress broker, String password, String queue) {
        this.queue = queue;
        this.factory = new ActiveMQConnectionFactory(
                "tcp://" + broker.getHostString() + ":" + broker.getPort(), "collimator", password);
        ConnectionFactory jms = factory;
        this.context = jms.createContext(JMSContext.AUTO_ACKNOWLEDGE);
        JMSConsumer consumer = context.createConsumer(context.createQueue(queue));
        consumer.setMessageListener(this::take);
    }

    private void take(Message message) {
        try {
            seen.add(new Seen(
                    String.valueOf(message.getStringProperty("eventType")),
                    String.valueOf(message.getStringProperty("accessionNumber")),
                    message.getBody(String.class)));
        } catch (JMSException e) {
            throw new IllegalStateException("A message on " + queue + " is no text message.", e);
        }
    }

    /** The first message of this type whose body holds the text. */
    Seen await(String eventType, String text) {
        return Watch.until("%s with \"%s\" on %s".formatted(eventType, text, queue), () -> find(eventType, text));
    }

    private Optional<Seen> find(String eventType, String text) {
        return seen.stream()
                .filter(message ->
                        message.eventType().equals(eventType) && message.body().contains(text))
                .findFirst();
    }

    /** Types of all messages, in order. */
    List<String> types() {
        return seen.stream().map(Seen::eventType).toList();
    }

    @Override
    public void close() {
        context.close();
        factory.close();
    }
}
