package io.collimator.engine.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes first finds a place however much of the rest there is. */
@Timeout(120)
class SharedTransactionsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Transactions store = new Store();
    private final SharedTransactions orders = new SharedTransactions(store, 3, PATIENCE);
    private final SharedTransactions console = new SharedTransactions(orders, 1, PATIENCE);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** A store that can do any amount at once. */
    private static final class Store extends Transactions {

        @Override
        public <T> Committed<T> write(Function<Session, T> work) {
            return committed(work.apply(null), Instant.EPOCH);
        }

        @Override
        public <T> T read(Function<Session, T> work) {
            return work.apply(null);
        }
    }

    /** Work of one kind that begins and does not end until it may. */
    private final class Work {

        private final CountDownLatch begun;
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final List<CompletableFuture<Boolean>> all = new ArrayList<>();

        /** @param places how many of it may run at a time */
        Work(Transactions in, int count, int places) {
            begun = new CountDownLatch(places);
            for (int i = 0; i < count; i++) {
                all.add(CompletableFuture.supplyAsync(() -> in.read(session -> run()), threads));
            }
        }

        private boolean run() {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            begun.countDown();
            try {
                return mayEnd.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                now.decrementAndGet();
            }
        }

        void awaitBegun() throws InterruptedException {
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        }

        void end() {
            mayEnd.countDown();
            assertThat(all).allSatisfy(one -> assertThat(one.join()).isTrue());
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void the_console_leaves_places_to_orders_and_both_to_modalities() throws InterruptedException {
        Work search = new Work(console, 6, 1);
        search.awaitBegun();
        Work order = new Work(orders, 6, 2);
        order.awaitBegun();

        // the places of orders are all taken, one by the console, and a modality is served
        String list = store.read(session -> "list");
        assertThat(list).isEqualTo("list");

        order.end();
        search.end();
        assertThat(search.most.get()).isEqualTo(1);
        assertThat(order.most.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void who_waits_too_long_is_told_to_come_again() throws InterruptedException {
        SharedTransactions impatient = new SharedTransactions(store, 1, Duration.ofMillis(1));
        Work first = new Work(impatient, 1, 1);
        first.awaitBegun();

        assertThatThrownBy(() -> impatient.read(session -> "second"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("1 others of its kind");

        first.end();
        String third = impatient.write(session -> "third").value();
        assertThat(third).isEqualTo("third");
    }
}
