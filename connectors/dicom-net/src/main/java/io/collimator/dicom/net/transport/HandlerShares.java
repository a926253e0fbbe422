package io.collimator.dicom.net.transport;

import io.collimator.dicom.data.AeTitle;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a quarter of the handler threads from any one calling AE title: a peer that reads its answers slowly, on many
 * associations, holds a thread for each, and others must be served meanwhile. Thread-safe.
 */
final class HandlerShares {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerShares.class);

    private final Executor threads;
    private final int share;
    private final int maxWaiting;

    /** Only of peers that have something to do. */
    private final Map<AeTitle, Share> shares = new HashMap<>();

    private int waiting;

    /**
     * @param threads refuses what is too much with {@link RejectedExecutionException}
     * @param count how many threads there are
     * @param maxWaiting tasks of all peers that may wait for their share
     */
    HandlerShares(Executor threads, int count, int maxWaiting) {
        this.threads = threads;
        this.share = count - count / 4;
        this.maxWaiting = maxWaiting;
    }

    private static final class Share {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    /** Runs the tasks of one peer; refuses with {@link RejectedExecutionException} as the threads do. */
    Executor of(AeTitle peer) {
        return task -> execute(peer, task);
    }

    /** Under the lock to the end, so that nobody waits behind a task that the threads then refuse. */
    private synchronized void execute(AeTitle peer, Runnable task) {
        Share own = shares.getOrDefault(peer, new Share());
        if (own.running < share) {
            threads.execute(() -> runAll(peer, task));
            own.running++;
            shares.put(peer, own);
        } else if (waiting < maxWaiting) {
            own.waiting.add(task);
            waiting++;
        } else {
            throw new RejectedExecutionException(
                    "%s has %d requests in work, and %d wait, which is the limit.".formatted(peer, share, waiting));
        }
    }

    /** The thread goes on with what waits of the same peer. */
    private void runAll(AeTitle peer, Runnable first) {
        @Nullable Runnable task = first;
        while (task != null) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A request of {} was not answered.", peer, e);
            }
            task = next(peer);
        }
    }

    /** What the place is for now; null when it was given back. */
    private synchronized @Nullable Runnable next(AeTitle peer) {
        Share own = Objects.requireNonNull(shares.get(peer), "the share of a peer with a request in work");
        Runnable task = own.waiting.poll();
        if (task != null) {
            waiting--;
            return task;
        }
        own.running--;
        if (own.running == 0) {
            shares.remove(peer);
        }
        return null;
    }
}
