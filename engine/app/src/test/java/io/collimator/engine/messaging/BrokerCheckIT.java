package io.collimator.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.engine.config.JmsSettings;
import io.collimator.engine.console.HealthState.Level;
import io.collimator.engine.health.BrokerProbe;
import io.collimator.engine.metrics.QueueDepth;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the broker says of its queues. */
@Timeout(60)
class BrokerCheckIT {

    @TempDir
    private Path folder;

    private static JmsSettings withQueue(String name) {
        JmsSettings settings = BrokerSettings.embedded(0);
        return new JmsSettings(
                settings.bindAddress(),
                0,
                "",
                settings.user(),
                settings.password(),
                settings.embedded(),
                settings.relay(),
                List.of(name));
    }

    @Test
    void a_further_queue_is_there_one_that_nobody_made_is_missing_and_a_message_in_hand_has_an_age() throws Exception {
        try (Broker broker = Broker.start(withQueue("site.copies"), BrokerSettings.PASSWORD, folder)) {
            ConnectionFactory connections = broker.connections();
            try (Connection connection = connections.createConnection()) {
                connection.start();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                session.createProducer(session.createQueue("site.copies")).send(session.createTextMessage("one"));
                session.commit();
                MessageConsumer consumer = session.createConsumer(session.createQueue("site.copies"));
                Message inHand = consumer.receive(10_000);

                assertThat(inHand).isNotNull();
                assertThat(broker.depths())
                        .filteredOn(depth -> depth.queue().equals("site.copies"))
                        .singleElement()
                        .satisfies(depth -> {
                            assertThat(depth.messages()).isEqualTo(1);
                            assertThat(depth.oldest()).isNotNull();
                        });
                assertThat(broker.depths())
                        .extracting(QueueDepth::queue)
                        .contains("collimator.status", "collimator.dead-letters");
                BrokerCheck check = new BrokerCheck(connections, Set.of("collimator.status", "site.copies", "nowhere"));
                assertThat(check.look())
                        .containsEntry("site.copies", 1L)
                        .containsEntry("collimator.status", 0L)
                        .containsEntry("nowhere", BrokerCheck.MISSING);
                assertThat(new BrokerProbe(check, () -> false).get()).satisfies(state -> {
                    assertThat(state.level()).isEqualTo(Level.DEGRADED);
                    assertThat(state.detail()).contains("nowhere", "collimator.jms.queues");
                });
            }
            BrokerCheck check = new BrokerCheck(connections, Set.of("collimator.status"));
            assertThat(new BrokerProbe(check, () -> false).get().level()).isEqualTo(Level.UP);
            assertThat(new BrokerProbe(check, () -> true).get().detail()).contains("max-disk-usage-percent");
        }
    }

    @Test
    void a_broker_that_is_away_is_degraded_and_says_where_notices_wait() {
        try (Broker broker =
                Broker.start(BrokerSettings.external("tcp://127.0.0.1:1"), BrokerSettings.PASSWORD, folder)) {
            assertThat(new BrokerProbe(new BrokerCheck(broker.connections(), Set.of("collimator.status")), () -> false)
                            .get())
                    .satisfies(state -> {
                        assertThat(state.level()).isEqualTo(Level.DEGRADED);
                        assertThat(state.detail()).contains("outbox");
                    });
        }
    }
}
