package io.collimator.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.RawMllp;
import io.collimator.acceptance.engine.Scanner;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.wiring.EngineParts;
import io.collimator.simulators.PeerAddress;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Orders that hold their connections of a small pool, and more that wait for one: a modality is served meanwhile. */
@Timeout(180)
class ShortPoolIT {

    private static final int POOL = 4;
    /** Of the pool, what orders may have. */
    private static final int PLACES = 3;

    private static final int ORDERS = 8;

    @TempDir
    private Path folder;

    @Test
    void queries_and_performed_steps_come_before_orders() throws InterruptedException {
        TestHome home = TestHome.create(folder)
                .withModality(PeerAddress.loopback(new AeTitle("CT1"), 11113))
                .withStation("CT", "CT1");
        CountDownLatch held = new CountDownLatch(PLACES);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean isSlow = new AtomicBoolean();
        EngineParts parts = new EngineParts(
                Clock.systemUTC(),
                store -> new SlowOrders(store, isSlow, held, mayEnd),
                UnaryOperator.identity(),
                UnaryOperator.identity());
        Map<String, String> settings = Map.of(
                "collimator.db.pool-connections", String.valueOf(POOL),
                "collimator.db.connect-timeout-seconds", "60",
                "collimator.db.answer-timeout-seconds", "170",
                "collimator.mllp.answer-timeout-seconds", "170");
        try (EngineUnderTest engine = EngineUnderTest.start(home, settings, parts);
                Scanner modality = new Scanner(new AeTitle("CT1"))) {
            assertThat(engine.send(Messages.order("FIRST")).code()).isEqualTo("AA");
            isSlow.set(true);
            List<RawMllp> senders = new ArrayList<>();
            for (int i = 0; i < ORDERS; i++) {
                senders.add(new RawMllp(engine.engine().mllp()).frame(Messages.order("SLOW" + i)));
            }
            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();

            modality.complete(modality.begin(engine, "FIRST"));

            assertThat(mayEnd.getCount()).isEqualTo(1);
            mayEnd.countDown();
            for (RawMllp sender : senders) {
                assertThat(sender.answer()).contains("MSA|AA|SLOW");
                sender.close();
            }
        }
    }

    /** Holds the connection of every order once they are slow. */
    private static final class SlowOrders extends Transactions {

        private final Transactions store;
        private final AtomicBoolean isSlow;
        private final CountDownLatch held;
        private final CountDownLatch mayEnd;

        SlowOrders(Transactions store, AtomicBoolean isSlow, CountDownLatch held, CountDownLatch mayEnd) {
            this.store = store;
            this.isSlow = isSlow;
            this.held = held;
            this.mayEnd = mayEnd;
        }

        @Override
        public <T> Committed<T> write(Function<Session, T> work) {
            boolean isHeld = isSlow.get() && Thread.currentThread().getName().startsWith("mllp");
            return store.write(session -> isHeld ? slowly(session, work) : work.apply(session));
        }

        private <T> T slowly(Session session, Function<Session, T> work) {
            T value = work.apply(session);
            held.countDown();
            try {
                if (!mayEnd.await(120, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("Nobody let the orders end.");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return value;
        }

        @Override
        public <T> T read(Function<Session, T> work) {
            return store.read(work);
        }
    }
}
