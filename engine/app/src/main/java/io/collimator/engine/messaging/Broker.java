package io.collimator.engine.messaging;

import io.collimator.engine.config.JmsSettings;
import io.collimator.engine.metrics.QueueDepth;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/** The broker that notices go to: embedded, or an external one that is only connected to. */
public final class Broker implements AutoCloseable {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** How soon a connection that a firewall has swallowed is known to be dead: here, and at the broker. */
    private static final Duration DEAD_FOR_US = Duration.ofSeconds(10);

    private static final Duration DEAD_FOR_BROKER = Duration.ofSeconds(20);

    private final String url;
    private final ActiveMQConnectionFactory connections;
    private final @Nullable EmbeddedBroker embedded;

    private Broker(String url, ActiveMQConnectionFactory connections, @Nullable EmbeddedBroker embedded) {
        this.url = url;
        this.connections = connections;
        this.embedded = embedded;
    }

    /**
     * Starts the embedded broker, or points at the external one without asking whether it is there.
     *
     * @param password of {@code collimator.jms.user}
     * @param folder of the embedded broker's journal; nobody else may use it
     * @throws BrokerException when the embedded broker does not start: folder in use, port taken, journal damaged
     */
    public static Broker start(JmsSettings settings, String password, Path folder) {
        if (!settings.isEmbedded()) {
            return new Broker(withoutParameters(settings.url()), factory(settings.url(), settings, password), null);
        }
        EmbeddedBroker embedded = EmbeddedBroker.start(settings, password, folder);
        return new Broker(embedded.tcpUrl(), factory(embedded.inVmUrl(), settings, password), embedded);
    }

    private static ActiveMQConnectionFactory factory(String url, JmsSettings settings, String password) {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url, settings.user(), password);
        // whoever uses a connection is told of its loss and decides when to try again
        factory.setReconnectAttempts(0);
        unlessSaid(url, "callTimeout", () -> factory.setCallTimeout(CALL_TIMEOUT.toMillis()));
        if (!settings.isEmbedded()) {
            unlessSaid(
                    url, "clientFailureCheckPeriod", () -> factory.setClientFailureCheckPeriod(DEAD_FOR_US.toMillis()));
            unlessSaid(url, "connectionTTL", () -> factory.setConnectionTTL(DEAD_FOR_BROKER.toMillis()));
        }
        return factory;
    }

    private static void unlessSaid(String url, String parameter, Runnable setting) {
        if (!url.contains(parameter + "=")) {
            setting.run();
        }
    }

    /** They may hold a secret. */
    private static String withoutParameters(String url) {
        return url.split("\\?", 2)[0];
    }

    /** Where programs connect to; with the real port. */
    public String url() {
        return url;
    }

    public boolean isEmbedded() {
        return embedded != null;
    }

    /**
     * Who an embedded broker is.
     *
     * @param nodeId what it calls itself; new with a new journal
     * @param hasNewJournal whether there was no journal when it started
     */
    public record Identity(String nodeId, boolean hasNewJournal) {}

    /** Empty for an external broker: one of several that stand for each other would be taken for a new one. */
    public Optional<Identity> identity() {
        return Optional.ofNullable(embedded).map(own -> new Identity(own.nodeId(), own.hasNewJournal()));
    }

    /** What waits on the queues of the embedded broker; nothing of an external one, which has metrics of its own. */
    public List<QueueDepth> depths() {
        return embedded == null ? List.of() : embedded.depths();
    }

    /** What waits on queues of the embedded broker that the settings know no more. */
    public List<QueueDepth> leftBehind() {
        return embedded == null ? List.of() : embedded.leftBehind();
    }

    /** Whether the embedded broker takes no messages because its disk is full; of another one the relay finds out. */
    public boolean isDiskFull() {
        return embedded != null && embedded.isDiskFull();
    }

    /** Connections with the engine's own user. */
    public ConnectionFactory connections() {
        return connections;
    }

    /** Ends in bounded time; what was committed is on disk. */
    @Override
    public void close() {
        connections.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
