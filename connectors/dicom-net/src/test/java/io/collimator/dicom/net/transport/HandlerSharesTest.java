package io.collimator.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.collimator.dicom.data.AeTitle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class HandlerSharesTest {

    private static final AeTitle CT1 = new AeTitle("CT1");
    private static final AeTitle MR1 = new AeTitle("MR1");

    /** Tasks that a thread has taken. */
    private final Queue<Runnable> taken = new ArrayDeque<>();

    private final List<String> done = new ArrayList<>();

    @Test
    void one_peer_has_three_quarters_of_the_threads_and_others_have_the_rest() {
        HandlerShares shares = new HandlerShares(taken::add, 4, 10);

        for (int i = 0; i < 6; i++) {
            shares.of(CT1).execute(() -> done.add("CT1"));
        }
        shares.of(MR1).execute(() -> done.add("MR1"));

        assertThat(taken).hasSize(4);
    }

    @Test
    void what_waited_is_done_in_order_by_the_thread_that_is_free() {
        HandlerShares shares = new HandlerShares(taken::add, 1, 10);
        for (String name : List.of("a", "b", "c")) {
            shares.of(CT1).execute(() -> done.add(name));
        }

        taken.remove().run();
        shares.of(CT1).execute(() -> done.add("d"));
        taken.remove().run();

        assertThat(done).containsExactly("a", "b", "c", "d");
        assertThat(taken).isEmpty();
    }

    @Test
    void more_than_may_wait_is_refused_and_takes_no_place() {
        HandlerShares shares = new HandlerShares(taken::add, 1, 1);
        Executor ct1 = shares.of(CT1);
        ct1.execute(() -> done.add("a"));
        ct1.execute(() -> done.add("b"));

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> ct1.execute(() -> done.add("c")));

        taken.remove().run();
        ct1.execute(() -> done.add("d"));
        taken.remove().run();
        assertThat(done).containsExactly("a", "b", "d");
    }

    @Test
    void what_the_threads_refuse_takes_no_place_either() {
        List<Boolean> full = new ArrayList<>(List.of(true));
        HandlerShares shares = new HandlerShares(
                task -> {
                    if (!full.isEmpty()) {
                        throw new RejectedExecutionException("full");
                    }
                    taken.add(task);
                },
                1,
                1);
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> shares.of(CT1).execute(() -> done.add("a")));

        full.clear();
        shares.of(CT1).execute(() -> done.add("b"));
        taken.remove().run();

        assertThat(done).containsExactly("b");
    }

    @Test
    void a_task_that_fails_costs_nobody_else() {
        HandlerShares shares = new HandlerShares(taken::add, 1, 1);
        shares.of(CT1).execute(() -> {
            throw new IllegalStateException("handler");
        });
        shares.of(CT1).execute(() -> done.add("b"));

        taken.remove().run();

        assertThat(done).containsExactly("b");
    }
}
