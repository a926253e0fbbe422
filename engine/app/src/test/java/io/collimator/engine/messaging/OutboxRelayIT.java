package io.collimator.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.engine.config.JmsSettings;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.OutboxMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxRelayIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int BATCH = 10;

    @TempDir
    Path folder;

    private final InMemoryOutbox outbox = new InMemoryOutbox();
    private Broker broker;

    @BeforeEach
    void start_the_broker() {
        broker = startBroker();
    }

    @AfterEach
    void stop_the_broker() {
        broker.close();
    }

    @Test
    void notices_reach_their_queues_in_order_with_their_properties() throws JMSException {
        List<OutboxMessage> notices = notices(25);
        notices.forEach(outbox::add);

        relay();

        List<Message> received = receiveAll(Queues.EVENTS);
        assertThat(bodies(received)).containsExactlyElementsOf(bodiesOf(notices));
        Message first = received.get(0);
        assertThat(first.getStringProperty("accessionNumber")).isEqualTo("ACC1");
        assertThat(first.getStringProperty("JMSXGroupID")).isEqualTo("ACC1");
        assertThat(first.getStringProperty("eventType")).isEqualTo("procedure.started");
        assertThat(first.getStringProperty("outboxId"))
                .isEqualTo(notices.get(0).id().toString());
    }

    @Test
    void what_was_sent_and_not_marked_is_on_the_queue_once_also_after_a_restart_of_the_broker() {
        List<OutboxMessage> notices = notices(15);
        notices.forEach(outbox::add);
        relay();
        outbox.resend();
        OutboxMessage later = notice(99);
        outbox.add(later);
        broker.close();
        broker = startBroker();

        relay();

        List<String> expected = new ArrayList<>(bodiesOf(notices));
        expected.add(later.body());
        assertThat(bodies(receiveAll(Queues.EVENTS))).containsExactlyElementsOf(expected);
    }

    @Test
    void a_broker_that_lost_everything_is_refilled_from_the_outbox() {
        List<OutboxMessage> notices = notices(12);
        notices.forEach(outbox::add);
        relay();
        broker.close();
        folder = folder.resolve("new-disk");
        broker = startBroker();
        outbox.resend();

        relay();

        assertThat(bodies(receiveAll(Queues.EVENTS))).containsExactlyElementsOf(bodiesOf(notices));
    }

    @Test
    void a_wake_up_sends_at_once() {
        try (OutboxRelay relay = newRelay()) {
            relay.start();
            outbox.add(notice(1));

            relay.wake();

            await().atMost(Duration.ofMinutes(1)).until(() -> outbox.countPending() == 0);
        }
    }

    @Test
    void while_the_broker_is_away_notices_wait_and_the_status_says_so() {
        outbox.add(notice(1));
        try (OutboxRelay relay = newRelay()) {
            broker.close();
            relay.start();

            await().atMost(PATIENCE).until(() -> !relay.status().isWorking());
        }

        assertThat(outbox.countPending()).isEqualTo(1);
        broker = startBroker();
        relay();
        assertThat(receiveAll(Queues.EVENTS)).hasSize(1);
    }

    @Test
    void what_cannot_be_delivered_ends_in_the_dead_letters() {
        outbox.add(notice(1));
        relay();

        try (JMSContext context = consumer(JMSContext.SESSION_TRANSACTED)) {
            var events = context.createConsumer(context.createQueue(Queues.EVENTS));
            for (int delivery = 1; delivery <= 3; delivery++) {
                assertThat(events.receive(PATIENCE.toMillis())).isNotNull();
                context.rollback();
            }
        }

        assertThat(bodies(receiveAll(Queues.DEAD_LETTERS))).hasSize(1);
    }

    @Test
    void a_wrong_password_is_refused() {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());

        assertThatThrownBy(() -> factory.createContext("collimator", "wrong").close())
                .isInstanceOf(JMSSecurityRuntimeException.class);
        factory.close();
    }

    private Broker startBroker() {
        return Broker.start(settings(), "secret", folder);
    }

    private static JmsSettings settings() {
        return new JmsSettings(
                "127.0.0.1", 0, "", "collimator", "secret", new JmsSettings.Embedded(1 << 20, 99, 3), relaySettings());
    }

    private static JmsSettings.Relay relaySettings() {
        return new JmsSettings.Relay(
                BATCH,
                Duration.ofMillis(5),
                Duration.ofSeconds(60),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
    }

    private OutboxRelay newRelay() {
        return new OutboxRelay(outbox, broker.connections(), UUID.randomUUID(), relaySettings(), Clock.systemUTC());
    }

    private void relay() {
        try (OutboxRelay relay = newRelay()) {
            relay.start();
            await().atMost(PATIENCE).until(() -> outbox.countPending() == 0);
        }
    }

    private JMSContext consumer(int mode) {
        return new ActiveMQConnectionFactory(broker.url()).createContext("collimator", "secret", mode);
    }

    private List<Message> receiveAll(String queue) {
        List<Message> received = new ArrayList<>();
        try (JMSContext context = consumer(JMSContext.AUTO_ACKNOWLEDGE)) {
            var messages = context.createConsumer(context.createQueue(queue));
            for (Message message = messages.receive(2_000); message != null; message = messages.receive(300)) {
                received.add(message);
            }
        }
        return received;
    }

    private static List<String> bodies(List<Message> messages) {
        return messages.stream()
                .map(message -> {
                    try {
                        return ((TextMessage) message).getText();
                    } catch (JMSException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static List<String> bodiesOf(List<OutboxMessage> notices) {
        return notices.stream().map(OutboxMessage::body).toList();
    }

    private static List<OutboxMessage> notices(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(OutboxRelayIT::notice).toList();
    }

    private static OutboxMessage notice(int number) {
        return new OutboxMessage(
                new UUID(7, number),
                Queues.EVENTS,
                "procedure.started",
                new AccessionNumber("ACC" + number % 3),
                Instant.EPOCH,
                "body " + number);
    }
}
