package io.collimator.engine.dispatch;

import io.collimator.workflow.port.Retention.Batch;
import io.collimator.workflow.port.Retention.Kind;
import io.collimator.workflow.usecase.ForgetFinished;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds of forgetting: kind after kind, a batch at a time with a pause after each, so that orders never wait for it. A kind
 * that fails keeps no other from its turn. Steps by one thread, counts for any.
 */
public final class Forgetting {

    static final Duration PAUSE = Duration.ofMillis(100);
    static final Duration BETWEEN_ROUNDS = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);

    private static final List<Kind> KINDS = List.of(Kind.values());

    /** Of one kind in one round; the next round goes on where this one ended. */
    private static final int MAX_BATCHES = 200;

    private final ForgetFinished forgetFinished;
    private final Clock clock;
    private final Map<Kind, Progress> progress = new EnumMap<>(Kind.class);
    private int turn;
    private int batches;

    /** How far a kind is. */
    private static final class Progress {
        private @Nullable String next;
        private long forgotten;
        private int failures;
        private @Nullable Instant failingSince;
    }

    public Forgetting(ForgetFinished forgetFinished, Clock clock) {
        this.forgetFinished = forgetFinished;
        this.clock = clock;
        for (Kind each : KINDS) {
            progress.put(each, new Progress());
        }
    }

    /** Does one batch; returns how long to wait before the next one. */
    Duration step() {
        boolean more = forget(KINDS.get(turn));
        batches++;
        if (more && batches < MAX_BATCHES) {
            return PAUSE;
        }
        batches = 0;
        turn = (turn + 1) % KINDS.size();
        return turn == 0 ? BETWEEN_ROUNDS : PAUSE;
    }

    private boolean forget(Kind kind) {
        Progress mine = Objects.requireNonNull(progress.get(kind));
        try {
            Batch batch = forgetFinished.next(kind, mine.next);
            synchronized (this) {
                mine.next = batch.next();
                mine.forgotten += batch.forgotten();
                mine.failures = 0;
                mine.failingSince = null;
            }
            return batch.next() != null;
        } catch (RuntimeException e) {
            fail(kind, mine, e);
            return false;
        }
    }

    private void fail(Kind kind, Progress mine, RuntimeException e) {
        LOG.warn(
                "Old {} could not be forgotten; they stay, and are tried again in {} minutes",
                kind.label(),
                BETWEEN_ROUNDS.toMinutes(),
                e);
        synchronized (this) {
            mine.next = null;
            mine.failures++;
            if (mine.failingSince == null) {
                mine.failingSince = clock.instant();
            }
        }
    }

    /** How many were forgotten since the start, by kind. */
    public synchronized Map<String, Long> forgotten() {
        Map<String, Long> counts = new TreeMap<>();
        progress.forEach((each, mine) -> counts.put(each.label(), mine.forgotten));
        return counts;
    }

    /** What has failed twice or more without a success between, since when; empty when nothing has. */
    public synchronized Optional<String> failing() {
        return progress.entrySet().stream()
                .filter(entry -> entry.getValue().failures > 1)
                .map(entry -> "Old %s have not been forgotten since %s, so that the database grows; the log says why."
                        .formatted(entry.getKey().label(), entry.getValue().failingSince))
                .findFirst();
    }
}
