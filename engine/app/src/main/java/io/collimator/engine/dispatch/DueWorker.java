package io.collimator.engine.dispatch;

import io.collimator.dicom.data.AeTitle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for due work when it is woken and at least once per poll interval. A piece begins as soon as there is room, whatever
 * becomes of those before it, and no peer takes much of the room: one that does not answer holds up its own work alone.
 */
final class DueWorker<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DueWorker.class);
    private static final int ROOM = 16;
    /** Most pieces that are claimed at once, and after which a peer is busy. */
    private static final int FOR_ONE_PEER = 2;

    private final DueWork<T> work;
    private final Duration poll;
    private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
    private final Map<AeTitle, Integer> inHand = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(ROOM);
    private final ExecutorService pool;
    private final Thread thread;
    private volatile boolean stopping;

    DueWorker(String name, DueWork<T> work, Duration poll) {
        this.work = work;
        this.poll = poll;
        this.pool = Executors.newFixedThreadPool(ROOM, task -> daemon(task, name + "-call"));
        this.thread = daemon(this::run, name);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        thread.start();
    }

    /** Something may be due. Never blocks. */
    void wake() {
        // a full queue means that a wake-up waits already
        boolean ignored = wakeUps.offer(Boolean.TRUE);
    }

    private void run() {
        try {
            while (!stopping) {
                boolean more = beginDue();
                if (!more) {
                    @Nullable Boolean woken = wakeUps.poll(poll.toMillis(), TimeUnit.MILLISECONDS);
                    LOG.trace("Looking for due work, woken: {}", woken);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Told to stop while waiting", e);
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there may be more that can begin now. */
    private boolean beginDue() {
        int free = Math.min(room.availablePermits(), FOR_ONE_PEER);
        if (free == 0) {
            return false;
        }
        try {
            List<T> due = work.claim(free, busy());
            due.forEach(this::begin);
            return !due.isEmpty();
        } catch (RuntimeException e) {
            LOG.error("Due work cannot be found now", e);
            return false;
        }
    }

    private Set<AeTitle> busy() {
        return inHand.entrySet().stream()
                .filter(peer -> peer.getValue() >= FOR_ONE_PEER)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void begin(T piece) {
        AeTitle peer = work.peerOf(piece);
        room.acquireUninterruptibly();
        inHand.merge(peer, 1, Integer::sum);
        pool.execute(() -> {
            try {
                work.carryOut(piece);
            } catch (RuntimeException e) {
                // it becomes due again by its own time-out
                LOG.error("Due work failed", e);
            } finally {
                inHand.computeIfPresent(peer, (title, count) -> count == 1 ? null : count - 1);
                room.release();
                wake();
            }
        });
    }

    /** Ends after the pieces in hand, within a bounded time. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
            thread.interrupt();
            pool.shutdown();
            if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
