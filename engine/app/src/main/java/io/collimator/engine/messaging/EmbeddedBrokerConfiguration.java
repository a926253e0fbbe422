package io.collimator.engine.messaging;

import io.collimator.engine.config.JmsSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.DiskFullMessagePolicy;

/** How the embedded broker is set up. */
final class EmbeddedBrokerConfiguration {

    static final String TCP_ACCEPTOR = "tcp";
    static final String ROLE = "collimator";
    static final String READER_ROLE = "reader";

    /** Folder of the journal, in that of the broker. */
    static final String JOURNAL = "journal";

    /** Group commit of the journal; 7 times the single sends of the default 3.3 ms. */
    private static final int JOURNAL_BUFFER_TIMEOUT_NANOS = 100_000;

    /** Remembered duplicate-detection ids an address: far more than the relay has in flight. */
    private static final int ID_CACHE_SIZE = 50_000;

    /** Less than the smallest memory that a queue may be given. */
    private static final int PAGE_BYTES = 524_288;

    private static final int CONNECTIONS = 256;
    private static final Duration JOURNAL_LOCK_WAIT = Duration.ofSeconds(5);

    /** Bounds what a queue remembers of its groups: an accession stays with one consumer, by hash. */
    private static final int GROUP_BUCKETS = 1_024;

    private static final int CLUSTER_SECRET_BYTES = 24;

    private EmbeddedBrokerConfiguration() {}

    static Configuration of(JmsSettings settings, Path folder, int inVmId) {
        Configuration configuration = new ConfigurationImpl()
                .setName("collimator")
                .setPersistenceEnabled(true)
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NANOS)
                .setJournalDirectory(folder.resolve(JOURNAL).toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setIDCacheSize(ID_CACHE_SIZE)
                .setPersistIDCache(true)
                .setMaxDiskUsage(settings.embedded().maxDiskUsagePercent())
                .setThreadPoolMaxSize(16)
                .setScheduledThreadPoolMaxSize(2)
                .addAddressSetting("#", addressSettings(settings.embedded()))
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(),
                        Map.of(
                                TransportConstants.HOST_PROP_NAME,
                                settings.bindAddress(),
                                TransportConstants.PORT_PROP_NAME,
                                settings.port(),
                                TransportConstants.PROTOCOLS_PROP_NAME,
                                "CORE",
                                TransportConstants.CONNECTIONS_ALLOWED,
                                CONNECTIONS,
                                TransportConstants.REMOTING_THREADS_PROPNAME,
                                4),
                        TCP_ACCEPTOR))
                .addAcceptorConfiguration(new TransportConfiguration(
                        InVMAcceptorFactory.class.getName(),
                        Map.of(
                                org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants
                                        .SERVER_ID_PROP_NAME,
                                inVmId),
                        "vm"))
                .setJournalLockAcquisitionTimeout(JOURNAL_LOCK_WAIT.toMillis());
        // the cluster's user passes every check, and its default password is known to everyone
        configuration.setClusterUser(unguessable()).setClusterPassword(unguessable());
        configuration.putSecurityRoles("#", Set.of(role()));
        for (String queue : Queues.of(settings)) {
            configuration.putSecurityRoles(queue, Set.of(role(), readerRole()));
            configuration.addAddressConfiguration(new CoreAddressConfiguration()
                    .setName(queue)
                    .addRoutingType(RoutingType.ANYCAST)
                    .addQueueConfiguration(QueueConfiguration.of(queue)
                            .setAddress(queue)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(true)));
        }
        return configuration;
    }

    private static AddressSettings addressSettings(JmsSettings.Embedded settings) {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of(Queues.DEAD_LETTERS))
                .setExpiryAddress(SimpleString.of(Queues.DEAD_LETTERS))
                .setMaxDeliveryAttempts(settings.maxDeliveryAttempts())
                // a message that waits is overtaken by the next ones of its accession
                .setRedeliveryDelay(0)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(settings.maxQueueMemoryBytes())
                .setPageSizeBytes(PAGE_BYTES)
                // a relay that is refused can say so; one that is blocked cannot
                .setDiskFullMessagePolicy(DiskFullMessagePolicy.FAIL)
                .setDefaultGroupBuckets(GROUP_BUCKETS)
                .setAutoCreateAddresses(false)
                .setAutoCreateQueues(false)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false)
                .setIDCacheSize(ID_CACHE_SIZE);
    }

    /** Whoever has the password may send, consume and browse; only configuration makes queues. */
    private static Role role() {
        return new Role(ROLE, true, true, false, false, false, false, false, true, false, false, false, false);
    }

    /** Takes and browses, of our queues alone. */
    private static Role readerRole() {
        return new Role(READER_ROLE, false, true, false, false, false, false, false, true, false, false, false, false);
    }

    private static String unguessable() {
        byte[] bytes = new byte[CLUSTER_SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
