package io.collimator.engine.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.io.IOCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConsumerPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a group in order when its receiver goes. The broker gives the group to another receiver as soon as the first one is
 * closed, whereas what that one had not acknowledged is back on the queue only after a write to the journal; what came later
 * would go first. So the queue delivers nothing in between. Thread-safe.
 */
final class OrderAtClose implements ActiveMQServerConsumerPlugin {

    /** When closing failed half way, the queue goes on after this. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Map<Queue, Set<ServerConsumer>> closing = new HashMap<>();
    private @Nullable ActiveMQServer server;

    @Override
    public synchronized void registered(ActiveMQServer registeredAt) {
        server = registeredAt;
    }

    @Override
    public synchronized void beforeCloseConsumer(ServerConsumer consumer, boolean failed) {
        ActiveMQServer broker = server;
        if (consumer.isBrowseOnly() || broker == null) {
            return;
        }
        Queue queue = consumer.getQueue();
        Set<ServerConsumer> ofQueue = closing.computeIfAbsent(queue, any -> new HashSet<>());
        if (ofQueue.isEmpty()) {
            queue.pause();
        }
        ofQueue.add(consumer);
        ScheduledFuture<?> unused = broker.getScheduledPool()
                .schedule(() -> closed(queue, consumer), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void afterCloseConsumer(ServerConsumer consumer, boolean failed) {
        ActiveMQServer broker = server;
        if (broker == null) {
            return;
        }
        Queue queue = consumer.getQueue();
        broker.getStorageManager().afterCompleteOperations(new IOCallback() {
            @Override
            public void done() {
                closed(queue, consumer);
            }

            @Override
            public void onError(int errorCode, String errorMessage) {
                closed(queue, consumer);
            }
        });
    }

    private synchronized void closed(Queue queue, ServerConsumer consumer) {
        Set<ServerConsumer> ofQueue = closing.get(queue);
        if (ofQueue != null && ofQueue.remove(consumer) && ofQueue.isEmpty()) {
            closing.remove(queue);
            queue.resume();
        }
    }
}
