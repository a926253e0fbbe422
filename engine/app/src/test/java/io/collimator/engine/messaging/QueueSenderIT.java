package io.collimator.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.OutboxMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two relays at a time, one of which has been given up. */
class QueueSenderIT {

    private static final String NAME = "collimator-relay-of-a-test";
    private static final OutboxMessage NOTICE = new OutboxMessage(
            new UUID(7, 1), Queues.EVENTS, "order.scheduled", new AccessionNumber("ACC1"), Instant.EPOCH, "text");

    @TempDir
    private Path folder;

    private Broker broker;
    private ConnectionFactory connections;

    @BeforeEach
    void start() {
        broker = Broker.start(BrokerSettings.embedded(0), BrokerSettings.PASSWORD, folder);
        connections = broker.connections();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    /** The fact that the name is there for; when this fails, the broker has learned better and the name may go. */
    @Test
    void of_two_transactions_at_a_time_the_broker_takes_the_same_notice_twice() throws JMSException {
        try (JMSContext one = connections.createContext(JMSContext.SESSION_TRANSACTED);
                JMSContext other = connections.createContext(JMSContext.SESSION_TRANSACTED)) {
            for (JMSContext each : List.of(one, other)) {
                Message message = each.createTextMessage(NOTICE.body());
                message.setStringProperty("_AMQ_DUPL_ID", NOTICE.id().toString());
                each.createProducer().send(each.createQueue(NOTICE.queue()), message);
            }
            one.commit();
            other.commit();
        }

        assertThat(onQueue()).isEqualTo(2);
    }

    @Test
    void one_that_was_given_up_keeps_the_other_away_until_the_broker_has_let_it_go() throws JMSException {
        QueueSender givenUp = QueueSender.connect(connections, NAME, () -> {});
        assertThatThrownBy(() -> QueueSender.connect(connections, NAME, () -> {}))
                .isInstanceOf(InvalidClientIDException.class);
        try (QueueSender stranger = QueueSender.connect(connections, "another", () -> {})) {
            stranger.send(NOTICE);
        }
        givenUp.send(NOTICE);
        givenUp.close();

        try (QueueSender successor = QueueSender.connect(connections, NAME, () -> {})) {
            successor.send(NOTICE);
        }
        assertThat(onQueue()).isEqualTo(1);
    }

    private int onQueue() throws JMSException {
        try (JMSContext context = connections.createContext();
                QueueBrowser browser = context.createBrowser(context.createQueue(NOTICE.queue()))) {
            return Collections.list(browser.getEnumeration()).size();
        }
    }
}
