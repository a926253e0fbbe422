package io.collimator.engine.config;

import io.collimator.engine.config.SettingsReader.Range;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The broker that notices go to.
 *
 * @param url empty: the embedded broker
 * @param password empty: generated into {@code data/jms.password}
 * @param queues names of further ones, beside those of the contract
 * @param reader who may take messages and not send any; of the embedded broker
 */
public record JmsSettings(
        String bindAddress,
        int port,
        String url,
        String user,
        String password,
        Embedded embedded,
        Relay relay,
        List<String> queues,
        Reader reader) {

    /** What is safe in a URI, a selector and a metric; the broker keeps names that begin with activemq for itself. */
    private static final Pattern QUEUE = Pattern.compile("(?!(?i:activemq))[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public JmsSettings {
        queues = List.copyOf(queues);
    }

    /** With the queues of the contract alone. */
    public JmsSettings(
            String bindAddress, int port, String url, String user, String password, Embedded embedded, Relay relay) {
        this(bindAddress, port, url, user, password, embedded, relay, List.of());
    }

    /** Without a reader. */
    public JmsSettings(
            String bindAddress,
            int port,
            String url,
            String user,
            String password,
            Embedded embedded,
            Relay relay,
            List<String> queues) {
        this(bindAddress, port, url, user, password, embedded, relay, queues, new Reader("", ""));
    }

    /**
     * For programs that only read queues.
     *
     * @param user empty: there is none
     * @param password empty: generated into {@code data/jms-reader.password}
     */
    public record Reader(String user, String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return "Reader[" + user + "]";
        }
    }

    /**
     * The embedded broker.
     *
     * @param maxQueueMemoryBytes a queue that holds more pages to disk
     * @param maxDiskUsagePercent producers wait when the disk is fuller than this
     * @param maxDeliveryAttempts then a message goes to the dead letters
     */
    public record Embedded(int maxQueueMemoryBytes, int maxDiskUsagePercent, int maxDeliveryAttempts) {}

    /**
     * The relay from the outbox to the broker.
     *
     * @param batch notices in one transaction of the broker
     * @param gather how long it waits for more after a commit
     * @param poll longest time between two looks at the outbox
     * @param firstBackOff wait after a failure; doubles each time
     * @param maxBackOff longest wait between two attempts
     * @param limit an attempt that waits longer for an answer is given up; a relay that fails for longer is down
     */
    public record Relay(
            int batch, Duration gather, Duration poll, Duration firstBackOff, Duration maxBackOff, Duration limit) {}

    static JmsSettings read(SettingsReader in) {
        in.section("JMS");
        String user =
                in.text("collimator.jms.user", "collimator", "User of the broker, who may send, take and browse.");
        return new JmsSettings(
                in.parsed(
                        "collimator.jms.bind-address",
                        "127.0.0.1",
                        Addresses.HOST,
                        Addresses::host,
                        "Address of the embedded broker's acceptor."),
                in.port("collimator.jms.port", 61_616, "Port of the embedded broker's acceptor."),
                in.parsed(
                        "collimator.jms.url",
                        "",
                        Addresses.BROKER_URL,
                        Addresses::brokerUrl,
                        "URL of an external ActiveMQ Artemis, for instance tcp://broker:61616; empty: the embedded broker."),
                user,
                in.text(
                        "collimator.jms.password",
                        "",
                        "Password of that user; empty: generated into data/jms.password. Better set by COLLIMATOR_JMS_PASSWORD than here."),
                embedded(in),
                relay(in),
                queues(in),
                reader(in, user));
    }

    private static Reader reader(SettingsReader in, String user) {
        return new Reader(
                in.parsed(
                        "collimator.jms.reader-user",
                        "collimator-reader",
                        "another name than collimator.jms.user",
                        name -> name.equals(user) ? Optional.empty() : Optional.of(name),
                        "A second user of the embedded broker, for programs that only read: may take messages from the queues and browse them, not send."),
                in.text(
                        "collimator.jms.reader-password",
                        "",
                        "Password of that user; empty: generated into data/jms-reader.password. Better set by COLLIMATOR_JMS_READER_PASSWORD than here."));
    }

    private static List<String> queues(SettingsReader in) {
        return in
                .list(
                        "collimator.jms.queues",
                        "",
                        "names of letters, digits, dot, dash and underscore",
                        text -> text.isEmpty() || QUEUE.matcher(text).matches() ? Optional.of(text) : Optional.empty(),
                        "Further queues for routes, beside those of docs/reference/queues.md: the embedded broker makes them; an external one has to have them.")
                .stream()
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static Embedded embedded(SettingsReader in) {
        return new Embedded(
                in.integer(
                        "collimator.jms.max-queue-memory-bytes",
                        10_485_760,
                        new Range(1_048_576, 1_073_741_824, "bytes"),
                        "A queue that holds more than this pages to disk."),
                in.integer(
                        "collimator.jms.max-disk-usage-percent",
                        90,
                        new Range(10, 100, "percent"),
                        "Above this use of the disk the broker takes no messages; they wait in the outbox."),
                in.integer(
                        "collimator.jms.max-delivery-attempts",
                        1_000,
                        new Range(1, 1_000_000, "deliveries"),
                        "After so many failed deliveries a message goes to collimator.dead-letters and its accession goes on. They follow one another without a wait, for order: a receiver that fails waits by itself."));
    }

    private static Relay relay(SettingsReader in) {
        return new Relay(
                in.integer(
                        "collimator.relay.batch-messages",
                        100,
                        new Range(1, 1_000, "messages"),
                        "Notices that the relay sends in one transaction of the broker."),
                in.duration(
                        "collimator.relay.gather-millis",
                        25,
                        1_000,
                        "How long the relay waits for more notices after a commit."),
                in.duration("collimator.relay.poll-seconds", 5, 300, "Longest time between two looks at the outbox."),
                in.duration(
                        "collimator.relay.first-back-off-millis",
                        500,
                        60_000,
                        "Wait after the broker failed; doubles each time."),
                in.duration(
                        "collimator.relay.max-back-off-seconds",
                        10,
                        3_600,
                        "Longest wait between two attempts to reach the broker."),
                in.duration(
                        "collimator.relay.limit-seconds",
                        30,
                        3_600,
                        "An attempt that waits longer for broker or database is given up and made again on new connections; a relay that fails for longer is DOWN in /health/ready."));
    }

    public JmsSettings withPort(int realPort) {
        return new JmsSettings(bindAddress, realPort, url, user, password, embedded, relay, queues, reader);
    }

    /** With more queues. */
    JmsSettings withQueues(Collection<String> more) {
        List<String> all =
                Stream.concat(queues.stream(), more.stream()).distinct().toList();
        return new JmsSettings(bindAddress, port, url, user, password, embedded, relay, all, reader);
    }

    public JmsSettings withReaderPassword(String secret) {
        return new JmsSettings(
                bindAddress, port, url, user, password, embedded, relay, queues, new Reader(reader.user(), secret));
    }

    public boolean isEmbedded() {
        return url.isEmpty();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "JmsSettings[" + (isEmbedded() ? bindAddress + ":" + port : url) + "]";
    }
}
