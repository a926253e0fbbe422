package io.collimator.engine.schedule;

import io.collimator.workflow.port.StorageException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something once a second, on a thread of its own. A look that fails does not end them; that the database is
 * away is told by others.
 */
public final class EverySecond implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EverySecond.class);

    private final String what;
    private final Runnable look;
    private final ScheduledExecutorService scheduler;

    /**
     * Does nothing before {@link #start}.
     *
     * @param thread its name
     * @param what is looked at, as the beginning of a sentence
     */
    public EverySecond(String thread, String what, Runnable look) {
        this.what = what;
        this.look = look;
        this.scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread own = new Thread(task, thread);
            own.setDaemon(true);
            return own;
        });
    }

    /** Begins, in a second; once. */
    public void start() {
        var unused = scheduler.scheduleWithFixedDelay(this::lookSafely, 1, 1, TimeUnit.SECONDS);
    }

    private void lookSafely() {
        try {
            look.run();
        } catch (StorageException e) {
            LOG.debug("{} could not be looked at: the database does not answer", what, e);
        } catch (RuntimeException e) {
            LOG.error("{} could not be looked at", what, e);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
