package io.collimator.acceptance.engine;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;

/** A plain JMS client over TCP that takes what comes on the four queues. */
public final class QueueReader implements AutoCloseable {

    /**
     * A message as it came.
     *
     * @param orderer {@code sendingApplication} and {@code sendingFacility} with a bar between them
     */
    public record Taken(
            String queue,
            String eventType,
            String accession,
            String outboxId,
            String group,
            String orderer,
            String body) {}

    public static final String STATUS = "collimator.status";
    public static final String EVENTS = "collimator.events";
    public static final String EXCEPTIONS = "collimator.exceptions";
    public static final String RESULTS = "collimator.results";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ActiveMQConnectionFactory factory;
    private final List<JMSContext> contexts = new ArrayList<>();
    private final List<Taken> taken = new CopyOnWriteArrayList<>();

    public QueueReader(InetSocketAddress broker, String password) {
        this.factory = new ActiveMQConnectionFactory(
                "tcp://" + broker.getHostString() + ":" + broker.getPort(), "collimator", password);
        List.of(STATUS, EVENTS, EXCEPTIONS, RESULTS).forEach(this::listen);
    }

    private void listen(String queue) {
        JMSContext context = factory.createContext(JMSContext.AUTO_ACKNOWLEDGE);
        contexts.add(context);
        JMSConsumer consumer = context.createConsumer(context.createQueue(queue));
        consumer.setMessageListener(message -> take(queue, message));
    }

    private void take(String queue, Message message) {
        try {
            taken.add(new Taken(
                    queue,
                    message.getStringProperty("eventType"),
                    String.valueOf(message.getStringProperty("accessionNumber")),
                    message.getStringProperty("outboxId"),
                    String.valueOf(message.getStringProperty("JMSXGroupID")),
                    message.getStringProperty("sendingApplication") + "|"
                            + message.getStringProperty("sendingFacility"),
                    message.getBody(String.class)));
        } catch (JMSException e) {
            throw new IllegalStateException("A message on " + queue + " is no text message.", e);
        }
    }

    public List<Taken> on(String queue, String accession) {
        return taken.stream()
                .filter(message ->
                        message.queue().equals(queue) && message.accession().equals(accession))
                .toList();
    }

    public List<Taken> all() {
        return List.copyOf(taken);
    }

    /** Event types of an accession, in the order of their coming. */
    public List<String> types(String queue, String accession) {
        return on(queue, accession).stream().map(Taken::eventType).toList();
    }

    private List<String> orderStatuses(String accession) {
        return on(STATUS, accession).stream()
                .map(message -> message.body()
                        .lines()
                        .flatMap(line -> List.of(line.split("\r")).stream())
                        .filter(segment -> segment.startsWith("ORC|"))
                        .findFirst()
                        .map(orc -> orc.split("\\|", -1)[5])
                        .orElse("?"))
                .toList();
    }

    /** Waits for these, ORC-5 of each status message of an accession, in the order of their coming. */
    public void awaitOrderStatuses(String accession, String... statuses) {
        Awaitility.await(STATUS + " of " + accession)
                .atMost(PATIENCE)
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(orderStatuses(accession))
                        .containsExactly(statuses));
    }

    public void awaitTypes(String queue, String accession, String... types) {
        Awaitility.await(queue + " of " + accession)
                .atMost(PATIENCE)
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(types(queue, accession))
                        .containsExactly(types));
    }

    @Override
    public void close() {
        contexts.forEach(JMSContext::close);
        factory.close();
    }
}
