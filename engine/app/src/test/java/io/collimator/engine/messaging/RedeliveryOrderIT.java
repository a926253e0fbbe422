package io.collimator.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Home;
import io.collimator.engine.config.JmsSettings;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.OutboxMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;
import org.apache.activemq.artemis.core.client.impl.ClientSessionFactoryInternal;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker as it is shipped, and receivers that fail: the notices of one accession stay in order. */
@Timeout(120)
class RedeliveryOrderIT {

    private static final int NOTICES = 4;
    private static final List<Integer> IN_ORDER = List.of(1, 2, 3, 4);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long RECEIVE_MILLIS = 200;

    /** Some forty notices; all of them go back with the one that is rolled back. */
    private static final int FEW = 16_384;

    /** The client's default: more than these tests send. */
    private static final int ALL = 1_048_576;

    @TempDir
    private static Path folder;

    private static Broker broker;

    private final InMemoryOutbox outbox = new InMemoryOutbox();

    /** Numbers of the notices of each accession, in the order in which they were processed. */
    private final Map<String, List<Integer>> processed = new ConcurrentHashMap<>();

    private final AtomicInteger left = new AtomicInteger();
    private int prefetchBytes = FEW;

    @BeforeAll
    static void start_the_broker() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        JmsSettings shipped = EngineSettings.load(new Home(folder), Map.of(), Map.of("collimator.jms.port", "0"))
                .jms();
        broker = Broker.start(shipped, BrokerSettings.PASSWORD, folder.resolve("broker"));
    }

    @AfterAll
    static void stop_the_broker() {
        broker.close();
    }

    @Test
    void one_in_five_is_rolled_back() throws JMSException {
        send("A", 1_000);

        consume(new Random(1), 0.2, Lost.NEVER);

        assertInOrder(1_000);
    }

    @Test
    void the_connection_is_closed_in_the_middle_and_opened_again() throws JMSException {
        send("B", 100);

        consume(new Random(2), 0.05, Lost.CLOSED);

        assertInOrder(100);
    }

    @Test
    void the_connection_breaks_in_the_middle() throws JMSException {
        send("C", 100);

        consume(new Random(3), 0.05, Lost.CUT);

        assertInOrder(100);
    }

    @Test
    void two_receivers_compete_and_roll_back() {
        send("D", 200);

        compete(0.2, Lost.NEVER);

        assertInOrder(200);
    }

    @Test
    void two_receivers_compete_and_their_connections_break() {
        send("E", 400);

        compete(0.03, Lost.CUT);

        assertInOrder(400);
    }

    @Test
    void two_receivers_compete_and_close_their_connections() {
        send("F", 400);

        compete(0.03, Lost.CLOSED);

        assertInOrder(400);
    }

    @Test
    void a_notice_that_is_rolled_back_a_hundred_times_is_still_the_first() throws JMSException {
        send("G", 1);

        try (ActiveMQConnectionFactory factory = factory();
                Connection connection = factory.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            MessageConsumer consumer = consumer(connection, session);
            for (int delivery = 1; delivery <= 100; delivery++) {
                assertThat(consumer.receive(PATIENCE.toMillis()).getIntProperty("JMSXDeliveryCount"))
                        .isEqualTo(delivery);
                session.rollback();
            }
        }
        consume(new Random(4), 0, Lost.NEVER);

        assertInOrder(1);
    }

    /** How a connection ends when it is not used any more. */
    private enum Lost {
        NEVER,
        CLOSED,
        CUT
    }

    private void compete(double failures, Lost lost) {
        prefetchBytes = ALL;
        CompletableFuture.allOf(IntStream.of(5, 6)
                        .mapToObj(seed -> CompletableFuture.runAsync(() -> {
                            try {
                                consume(new Random(seed), failures, lost);
                            } catch (JMSException e) {
                                throw new AssertionError(e);
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Takes notices until none is left, each in a transaction; connects again where the connection was lost. */
    private void consume(Random random, double failures, Lost lost) throws JMSException {
        try (ActiveMQConnectionFactory factory = factory()) {
            while (left.get() > 0) {
                try (Connection connection = factory.createConnection()) {
                    consume(connection, random, failures, lost);
                }
            }
        }
    }

    private void consume(Connection connection, Random random, double failures, Lost lost) throws JMSException {
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageConsumer consumer = consumer(connection, session);
        while (left.get() > 0) {
            Message message = consumer.receive(RECEIVE_MILLIS);
            if (message == null) {
                continue;
            }
            if (random.nextDouble() >= failures) {
                session.commit();
                processed
                        .computeIfAbsent(
                                message.getStringProperty("accessionNumber"), any -> new CopyOnWriteArrayList<>())
                        .add(Integer.valueOf(message.getBody(String.class)));
                left.decrementAndGet();
            } else if (lost == Lost.NEVER) {
                session.rollback();
            } else {
                if (lost == Lost.CUT) {
                    cut(connection);
                }
                return;
            }
        }
    }

    /** As when the process of the receiver is killed: the socket ends, nothing else is said. */
    private static void cut(Connection connection) {
        RemotingConnection remoting =
                ((ClientSessionFactoryInternal) ((ActiveMQConnection) connection).getSessionFactory()).getConnection();
        remoting.getTransportConnection().forceClose();
        remoting.fail(new ActiveMQNotConnectedException("cut by the test"));
    }

    private static MessageConsumer consumer(Connection connection, Session session) throws JMSException {
        MessageConsumer consumer = session.createConsumer(session.createQueue(Queues.STATUS));
        connection.start();
        return consumer;
    }

    private ActiveMQConnectionFactory factory() {
        ActiveMQConnectionFactory factory =
                new ActiveMQConnectionFactory(broker.url(), "collimator", BrokerSettings.PASSWORD);
        factory.setReconnectAttempts(0);
        factory.setConsumerWindowSize(prefetchBytes);
        return factory;
    }

    /** Puts the notices of so many accessions on the queue, the first of each, then the second of each. */
    private void send(String name, int accessions) {
        left.set(accessions * NOTICES);
        for (int number = 1; number <= NOTICES; number++) {
            for (int accession = 0; accession < accessions; accession++) {
                outbox.add(new OutboxMessage(
                        UUID.nameUUIDFromBytes((name + accession + "/" + number).getBytes(StandardCharsets.UTF_8)),
                        Queues.STATUS,
                        "status.scheduled",
                        new AccessionNumber(name + accession),
                        Instant.EPOCH,
                        String.valueOf(number)));
            }
        }
        try (OutboxRelay relay = new OutboxRelay(
                outbox, broker.connections(), UUID.randomUUID(), BrokerSettings.relay(200), Clock.systemUTC())) {
            relay.start();
            await().atMost(PATIENCE).until(() -> outbox.countPending() == 0);
        }
    }

    private void assertInOrder(int accessions) {
        assertThat(processed).hasSize(accessions);
        assertThat(processed)
                .allSatisfy((accession, numbers) ->
                        assertThat(numbers).as(accession).isEqualTo(IN_ORDER));
    }
}
