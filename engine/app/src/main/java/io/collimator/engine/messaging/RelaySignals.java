package io.collimator.engine.messaging;

import io.collimator.engine.config.JmsSettings;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run of the relay waits for: something that committed, or its end. Thread-safe. */
final class RelaySignals {

    private static final Logger LOG = LoggerFactory.getLogger(RelaySignals.class);

    /** Holds one signal at most: many commits wake it once. */
    private final BlockingQueue<Boolean> committed = new ArrayBlockingQueue<>(1);

    private final CountDownLatch stop = new CountDownLatch(1);

    void wake() {
        committed.offer(Boolean.TRUE);
    }

    void stop() {
        stop.countDown();
        wake();
    }

    boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Waits for a commit or for the next look, then lets more commits gather. */
    void awaitWork(JmsSettings.Relay settings) throws InterruptedException {
        if (committed.poll(settings.poll().toMillis(), TimeUnit.MILLISECONDS) != null) {
            pause(settings.gather());
        }
        committed.clear();
    }

    /** Ends early when the relay stops; a commit does not shorten it. */
    void pause(Duration duration) throws InterruptedException {
        if (stop.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("The relay stops.");
        }
    }
}
