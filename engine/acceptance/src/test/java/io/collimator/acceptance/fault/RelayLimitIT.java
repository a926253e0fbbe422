package io.collimator.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.acceptance.peer.FreePort;
import io.collimator.engine.config.JmsSettings;
import io.collimator.engine.messaging.Broker;
import io.collimator.engine.messaging.OutboxRelay;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.OutboxMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay before a broker that says nothing any more, and whose client would wait much longer than the relay may. */
class RelayLimitIT {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String QUEUE = "collimator.events";
    private static final String PASSWORD = "secret";

    @TempDir
    private Path folder;

    private Database database;
    private Broker broker;
    private FaultProxy network;
    private Broker throughTheNetwork;
    private OutboxRelay relay;

    @BeforeEach
    void start() {
        database = Database.open(
                DatabaseSettings.of("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", () -> ""),
                Clock.systemUTC());
        int port = FreePort.choose();
        broker = Broker.start(settings(port, ""), PASSWORD, folder);
        network = FaultProxy.to(port);
        throughTheNetwork = Broker.start(
                settings(
                        0,
                        "tcp://127.0.0.1:" + network.port()
                                + "?callTimeout=4000&clientFailureCheckPeriod=3000&connectionTTL=6000"),
                PASSWORD,
                folder);
        ConnectionFactory connections = throughTheNetwork.connections();
        relay = new OutboxRelay(database.transactions(), connections, UUID.randomUUID(), relay(), Clock.systemUTC());
        relay.start();
        add(1, 5);
        await().atMost(PATIENCE).until(() -> pending() == 0 && relay.status().isWorking());
    }

    @AfterEach
    void stop() {
        network.close();
        relay.close();
        throughTheNetwork.close();
        broker.close();
        database.close();
    }

    @Test
    void an_attempt_that_hangs_is_given_up_and_its_successor_sends_all_of_it_once_in_order() throws JMSException {
        // given new connections hang too, so that the limit is seen to be over
        network.swallowAll();

        // when
        add(6, 25);

        // then
        await().atMost(PATIENCE).until(() -> relay.status().isOverLimit());
        network.pass();
        await().atMost(PATIENCE).until(() -> pending() == 0);
        await().atMost(PATIENCE).until(() -> relay.status().isWorking());
        assertThat(onQueue())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 30)
                        .mapToObj(RelayLimitIT::body)
                        .toList());
    }

    @Test
    void what_a_late_attempt_brings_is_there_once_and_nothing_overtakes() throws JMSException {
        // given every packet of the connection is late, each of its answers later than the limit
        network.delay(LIMIT.multipliedBy(2));

        // when
        add(6, 25);

        // then
        await().atMost(PATIENCE).until(() -> pending() == 0);
        add(31, 5);
        await().atMost(PATIENCE).until(() -> pending() == 0);
        assertThat(onQueue())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 35)
                        .mapToObj(RelayLimitIT::body)
                        .toList());
    }

    @Test
    void a_broker_that_is_away_is_over_the_limit_only_after_it() {
        // when
        network.reset();
        add(6, 1);

        // then
        await().atMost(PATIENCE).until(() -> !relay.status().isWorking());
        Instant since = relay.status().failingSince();
        await().atMost(PATIENCE).until(() -> relay.status().isOverLimit());
        assertThat(Duration.between(since, Instant.now())).isGreaterThanOrEqualTo(LIMIT.minusMillis(100));
        assertThat(relay.status().failingSince()).isEqualTo(since);
        network.pass();
        await().atMost(PATIENCE).until(() -> pending() == 0 && relay.status().isWorking());
    }

    private static JmsSettings settings(int port, String url) {
        return new JmsSettings(
                "127.0.0.1", port, url, "collimator", PASSWORD, new JmsSettings.Embedded(1 << 20, 99, 1_000), relay());
    }

    private static JmsSettings.Relay relay() {
        return new JmsSettings.Relay(
                10, Duration.ofMillis(5), Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofMillis(200), LIMIT);
    }

    private void add(int first, int count) {
        for (int number = first; number < first + count; number++) {
            OutboxMessage notice = new OutboxMessage(
                    new UUID(7, number),
                    QUEUE,
                    "order.scheduled",
                    new AccessionNumber("ACC1"),
                    Instant.EPOCH,
                    body(number));
            database.transactions().run(session -> session.outbox().add(notice));
        }
        relay.wake();
    }

    private static String body(int number) {
        return "body " + number;
    }

    private long pending() {
        return database.transactions().<Long>read(session -> session.outbox().countPending());
    }

    private List<String> onQueue() throws JMSException {
        List<String> bodies = new ArrayList<>();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());
                JMSContext context = factory.createContext("collimator", PASSWORD);
                QueueBrowser browser = context.createBrowser(context.createQueue(QUEUE))) {
            context.start();
            Enumeration<?> messages = browser.getEnumeration();
            for (Object message : Collections.list(messages)) {
                bodies.add(((TextMessage) message).getText());
            }
        }
        return bodies;
    }
}
