package io.collimator.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.workflow.port.Retention;
import io.collimator.workflow.port.Retention.Batch;
import io.collimator.workflow.port.Retention.Kind;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.ForgetFinished;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ForgettingTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T08:00:00Z"), ZoneOffset.UTC);

    private final List<Kind> asked = new ArrayList<>();
    private final Set<Kind> failing = EnumSet.noneOf(Kind.class);
    private int batchesOfNotices = 1;

    private final Forgetting forgetting = new Forgetting(
            new ForgetFinished(
                    new OneStore(),
                    CLOCK,
                    Arrays.stream(Kind.values()).collect(Collectors.toMap(kind -> kind, kind -> Duration.ofDays(1)))),
            CLOCK);

    /** Asks what is told here, and stores nothing. */
    private final class OneStore extends Transactions {

        @Override
        public <T> Committed<T> write(Function<Session, T> work) {
            Retention retention = (kind, age, after, max) -> answer(kind);
            Session session = (Session) Proxy.newProxyInstance(
                    Session.class.getClassLoader(), new Class<?>[] {Session.class}, (self, method, none) -> retention);
            return committed(work.apply(session), CLOCK.instant());
        }

        @Override
        public <T> T read(Function<Session, T> work) {
            throw new UnsupportedOperationException("Nothing is read.");
        }
    }

    private Batch answer(Kind kind) {
        asked.add(kind);
        if (failing.contains(kind)) {
            throw new StorageException("The store is away.", new IllegalStateException());
        }
        boolean more = kind == Kind.NOTICES && --batchesOfNotices > 0;
        return new Batch(kind == Kind.NOTICES ? 500 : 0, more ? "x" : null);
    }

    private Duration round() {
        Duration pause;
        do {
            pause = forgetting.step();
        } while (pause.equals(Forgetting.PAUSE));
        return pause;
    }

    @Test
    void a_round_asks_each_kind_until_it_is_done_and_pauses_after_each_batch() {
        // given
        batchesOfNotices = 3;

        // when
        Duration pause = round();

        // then
        assertThat(pause).isEqualTo(Forgetting.BETWEEN_ROUNDS);
        assertThat(asked).hasSize(Kind.values().length + 2).startsWith(Kind.NOTICES, Kind.NOTICES, Kind.NOTICES);
        assertThat(forgetting.forgotten()).containsEntry("notices", 1_500L).containsEntry("patients", 0L);
        assertThat(forgetting.failing()).isEmpty();
    }

    @Test
    void a_kind_without_end_leaves_the_others_their_turn() {
        // given
        batchesOfNotices = Integer.MAX_VALUE;

        // when
        round();

        // then
        assertThat(asked).contains(Kind.values()).hasSizeLessThan(250);
    }

    @Test
    void a_kind_that_keeps_failing_is_named_with_its_time_and_stops_no_other() {
        // given
        failing.add(Kind.ACCESSIONS);

        // when
        round();
        assertThat(forgetting.failing()).as("once is no news").isEmpty();
        round();

        // then
        assertThat(asked).contains(Kind.values());
        assertThat(forgetting.failing())
                .hasValueSatisfying(text ->
                        assertThat(text).contains("Old accessions have not been forgotten since 2026-11-30T08:00:00Z"));
        failing.clear();
        round();
        assertThat(forgetting.failing()).isEmpty();
    }
}
