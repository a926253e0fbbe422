package io.collimator.engine.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for due work when it is woken and at least once per poll interval, and carries out a few pieces at a time, so
 * that a peer that does not answer holds up little else.
 */
final class DueWorker<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DueWorker.class);
    private static final int PARALLEL = 4;

    private final DueWork<T> work;
    private final Duration poll;
    private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
    private final ExecutorService pool;
    private final Thread thread;
    private volatile boolean stopping;

    DueWorker(String name, DueWork<T> work, Duration poll) {
        this.work = work;
        this.poll = poll;
        this.pool = Executors.newFixedThreadPool(PARALLEL, task -> daemon(task, name + "-call"));
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
                boolean more = carryOutDue();
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

    /** Whether there may be more. */
    private boolean carryOutDue() throws InterruptedException {
        try {
            List<T> due = work.claim(PARALLEL);
            List<Future<?>> running = new ArrayList<>();
            due.forEach(piece -> running.add(pool.submit(() -> work.carryOut(piece))));
            for (Future<?> future : running) {
                future.get();
            }
            return due.size() == PARALLEL;
        } catch (ExecutionException e) {
            // it becomes due again by its own time-out
            LOG.error("Due work failed", e.getCause());
        } catch (RuntimeException e) {
            LOG.error("Due work cannot be found now", e);
        }
        return false;
    }

    /** Ends after the pieces in hand, within a bounded time. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
            pool.shutdownNow();
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
