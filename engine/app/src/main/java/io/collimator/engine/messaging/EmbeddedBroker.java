package io.collimator.engine.messaging;

import io.collimator.engine.config.JmsSettings;
import io.collimator.engine.metrics.QueueDepth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ActiveMQ Artemis in this process: our own connections stay in the process, others come over TCP with a password. */
final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    /** Artemis' code; the cause below it is another class on each platform. */
    private static final String CANNOT_BIND = "AMQ229230";

    private final ActiveMQServer server;
    private final FolderLock lock;
    private final int inVmId;
    private final String bindAddress;
    private final boolean hasNewJournal;
    private final Set<String> names;

    private EmbeddedBroker(
            ActiveMQServer server, FolderLock lock, int inVmId, JmsSettings settings, boolean hasNewJournal) {
        this.server = server;
        this.lock = lock;
        this.inVmId = inVmId;
        this.bindAddress = settings.bindAddress();
        this.names = Queues.of(settings);
        this.hasNewJournal = hasNewJournal;
    }

    static EmbeddedBroker start(JmsSettings settings, String password, Path folder) {
        FolderLock lock = FolderLock.acquire(folder);
        boolean hasNewJournal = !Files.exists(folder.resolve(EmbeddedBrokerConfiguration.JOURNAL));
        // a folder has one broker at a time, so that its path tells the brokers of a process apart
        int inVmId = folder.toAbsolutePath().normalize().hashCode() & Integer.MAX_VALUE;
        ActiveMQServer server = new ActiveMQServerImpl(
                EmbeddedBrokerConfiguration.of(settings, folder, inVmId), security(settings, password));
        server.registerBrokerPlugin(new OrderAtClose());
        try {
            activate(server, settings);
        } catch (BrokerException e) {
            stop(server);
            lock.close();
            throw e;
        }
        return new EmbeddedBroker(server, lock, inVmId, settings, hasNewJournal);
    }

    private static ActiveMQJAASSecurityManager security(JmsSettings settings, String password) {
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser(settings.user(), password);
        users.addRole(settings.user(), EmbeddedBrokerConfiguration.ROLE);
        JmsSettings.Reader reader = settings.reader();
        if (!reader.user().isEmpty() && !reader.password().isEmpty()) {
            users.addUser(reader.user(), reader.password());
            users.addRole(reader.user(), EmbeddedBrokerConfiguration.READER_ROLE);
        }
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users);
    }

    private static void activate(ActiveMQServer server, JmsSettings settings) {
        // start() returns as if nothing were wrong; what went wrong is told here alone
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        server.registerActivationFailureListener(failure::set);
        try {
            bounded("broker-start", START_TIMEOUT, () -> {
                server.start();
                return Boolean.TRUE;
            });
        } catch (ExecutionException e) {
            failure.compareAndSet(null, e.getCause() instanceof Exception cause ? cause : e);
        } catch (TimeoutException e) {
            throw new BrokerException(
                    "The embedded broker did not start within %d s; look at its folder and disk."
                            .formatted(START_TIMEOUT.toSeconds()),
                    e);
        }
        Exception cause = failure.get();
        if (cause != null) {
            throw explained(cause, settings);
        }
        if (!server.isActive()) {
            throw new BrokerException("The embedded broker did not become active; the log says why.");
        }
    }

    private static BrokerException explained(Exception cause, JmsSettings settings) {
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (String.valueOf(reason.getMessage()).startsWith(CANNOT_BIND)) {
                return new BrokerException(
                        "The embedded broker cannot listen on %s:%d: the port is taken or the address is not ours. Set collimator.jms.port or collimator.jms.bind-address."
                                .formatted(settings.bindAddress(), settings.port()),
                        cause);
            }
        }
        return new BrokerException(
                "The embedded broker cannot start; the cause says why. If its files are damaged, move the broker folder away, start, and run \"collimator out refill\".",
                cause);
    }

    /** Whether it takes no messages because its disk is full. */
    boolean isDiskFull() {
        return server.getPagingManager() != null && server.getPagingManager().isDiskFull();
    }

    /** What waits on each queue, also in the hands of a receiver. */
    List<QueueDepth> depths() {
        List<QueueDepth> depths = new ArrayList<>();
        for (String name : names) {
            Queue queue = server.locateQueue(name);
            if (queue != null) {
                depths.add(new QueueDepth(name, queue.getMessageCount(), oldest(queue)));
            }
        }
        return depths;
    }

    /** What waits on queues that the settings know no more. */
    List<QueueDepth> leftBehind() {
        return Arrays.stream(server.getActiveMQServerControl().getQueueNames())
                .filter(name -> !names.contains(name))
                .map(server::locateQueue)
                .filter(queue -> queue != null && !queue.isInternalQueue() && queue.getMessageCount() > 0)
                .map(queue -> new QueueDepth(queue.getName().toString(), queue.getMessageCount(), oldest(queue)))
                .toList();
    }

    /** What it calls itself; new with a new journal. */
    String nodeId() {
        return server.getNodeID().toString();
    }

    /** Whether there was no journal when it started. */
    boolean hasNewJournal() {
        return hasNewJournal;
    }

    /** Of those that wait the first one is the oldest; receivers hold what they fetched, in any order. */
    private static @Nullable Instant oldest(Queue queue) {
        MessageReference first = queue.peekFirstMessage();
        return Stream.concat(
                        Stream.ofNullable(first),
                        queue.getDeliveringMessages().values().stream().flatMap(List::stream))
                .map(reference -> Instant.ofEpochMilli(reference.getMessage().getTimestamp()))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    String inVmUrl() {
        return "vm://" + inVmId;
    }

    String tcpUrl() {
        String host = bindAddress.contains(":") ? "[" + bindAddress + "]" : bindAddress;
        int port = server.getRemotingService()
                .getAcceptor(EmbeddedBrokerConfiguration.TCP_ACCEPTOR)
                .getActualPort();
        return "tcp://" + host + ":" + port;
    }

    @Override
    public void close() {
        stop(server);
        lock.close();
    }

    private static void stop(ActiveMQServer server) {
        try {
            bounded("broker-stop", STOP_TIMEOUT, () -> {
                server.stop();
                return Boolean.TRUE;
            });
        } catch (ExecutionException | TimeoutException | BrokerException e) {
            // what was committed is in the journal, whether or not the stop was clean
            LOG.warn("The embedded broker did not stop cleanly; its journal is read again at the next start.", e);
        }
    }

    private static void bounded(String name, Duration timeout, Callable<Boolean> work)
            throws ExecutionException, TimeoutException {
        FutureTask<Boolean> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("The start or stop of the embedded broker was interrupted; start again.", e);
        }
    }
}
