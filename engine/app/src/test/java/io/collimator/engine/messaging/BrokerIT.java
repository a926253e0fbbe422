package io.collimator.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.engine.config.JmsSettings;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.QueueBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerIT {

    @TempDir
    private Path folder;

    @Test
    void a_taken_port_is_named_together_with_its_setting_and_the_folder_is_free_again() throws IOException {
        // given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            // when, then
            assertThatThrownBy(() -> start(taken.getLocalPort()))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("collimator.jms.port");
        }
        try (Broker broker = start(0)) {
            assertThat(broker.isEmbedded()).isTrue();
        }
    }

    @Test
    void a_second_broker_on_the_same_folder_is_refused_at_once() {
        try (Broker first = start(0)) {

            assertThatThrownBy(() -> start(0))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("used by another engine");
            assertThat(first.url()).startsWith("tcp://127.0.0.1:").doesNotEndWith(":0");
        }
    }

    @ParameterizedTest
    @CsvSource({"collimator,wrong", "nobody,secret", "ACTIVEMQ.CLUSTER.ADMIN.USER,CHANGE ME!!", ","})
    void only_the_one_user_gets_in(String user, String password) {
        try (Broker broker = start(0);
                ActiveMQConnectionFactory outside = new ActiveMQConnectionFactory(broker.url())) {

            assertThatThrownBy(() -> outside.createContext(user, password).close())
                    .isInstanceOf(JMSSecurityRuntimeException.class);
        }
    }

    @Test
    void a_program_makes_no_queues_and_manages_nothing() {
        try (Broker broker = start(0);
                ActiveMQConnectionFactory outside = new ActiveMQConnectionFactory(broker.url());
                JMSContext context = outside.createContext("collimator", BrokerSettings.PASSWORD)) {

            assertThatThrownBy(() -> context.createProducer().send(context.createQueue("collimator.mine"), "text"))
                    .isInstanceOf(JMSRuntimeException.class)
                    .hasMessageContaining("no queue");
            assertThatThrownBy(() -> context.createProducer().send(context.createQueue("activemq.management"), "text"))
                    .isInstanceOf(JMSRuntimeException.class);
        }
    }

    @Test
    void a_reader_takes_and_browses_and_never_writes() throws JMSException {
        JmsSettings settings = readBy("reader", "also secret");
        try (Broker broker = Broker.start(settings, BrokerSettings.PASSWORD, folder);
                JMSContext own = broker.connections().createContext();
                ActiveMQConnectionFactory outside = new ActiveMQConnectionFactory(broker.url());
                JMSContext reader = outside.createContext("reader", "also secret", JMSContext.SESSION_TRANSACTED)) {
            own.createProducer().send(own.createQueue(Queues.EVENTS), "text");

            try (QueueBrowser browser = reader.createBrowser(reader.createQueue(Queues.EVENTS))) {
                assertThat(browser.getEnumeration().hasMoreElements()).isTrue();
            }
            try (JMSConsumer consumer = reader.createConsumer(reader.createQueue(Queues.EVENTS))) {
                assertThat(consumer.receiveBody(String.class, 30_000)).isEqualTo("text");
                reader.commit();
            }
            for (String queue : Queues.ALL) {
                assertThatThrownBy(() -> {
                            reader.createProducer().send(reader.createQueue(queue), "forged");
                            reader.commit();
                        })
                        .as(queue)
                        .isInstanceOf(JMSRuntimeException.class);
            }
            assertThatThrownBy(() -> outside.createContext("reader", BrokerSettings.PASSWORD))
                    .isInstanceOf(JMSSecurityRuntimeException.class);
        }
    }

    private static JmsSettings readBy(String user, String password) {
        JmsSettings plain = BrokerSettings.embedded(0);
        return new JmsSettings(
                plain.bindAddress(),
                plain.port(),
                plain.url(),
                plain.user(),
                plain.password(),
                plain.embedded(),
                plain.relay(),
                List.of(),
                new JmsSettings.Reader(user, password));
    }

    @Test
    void an_external_broker_is_reached_by_its_url() {
        try (Broker embedded = start(0);
                Broker external = Broker.start(
                        BrokerSettings.external(embedded.url() + "?connectionTTL=60000"),
                        BrokerSettings.PASSWORD,
                        folder);
                JMSContext context = external.connections().createContext()) {

            context.createProducer().send(context.createQueue(Queues.EVENTS), "text");

            assertThat(context.createConsumer(context.createQueue(Queues.EVENTS))
                            .receiveBody(String.class, 10_000))
                    .isEqualTo("text");
            assertThat(external.isEmbedded()).isFalse();
            assertThat(URI.create(external.url()).getQuery()).isNull();
        }
    }

    private Broker start(int port) {
        return Broker.start(BrokerSettings.embedded(port), BrokerSettings.PASSWORD, folder);
    }
}
