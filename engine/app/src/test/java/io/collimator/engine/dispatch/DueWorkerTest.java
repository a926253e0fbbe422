package io.collimator.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Work that waits for one peer keeps nothing of another one waiting. */
class DueWorkerTest {

    private static final AeTitle DEAD = new AeTitle("DEAD");
    private static final AeTitle ALIVE = new AeTitle("ALIVE");

    private final Queue<AeTitle> due = new ArrayDeque<>();
    private final Queue<AeTitle> done = new ConcurrentLinkedQueue<>();
    private final CountDownLatch deadAnswers = new CountDownLatch(1);

    private final class Work implements DueWork<AeTitle> {

        @Override
        public synchronized List<AeTitle> claim(int max, Set<AeTitle> busy) {
            List<AeTitle> claimed = new ArrayList<>();
            for (Iterator<AeTitle> waiting = due.iterator(); waiting.hasNext() && claimed.size() < max; ) {
                AeTitle peer = waiting.next();
                if (!busy.contains(peer)) {
                    claimed.add(peer);
                    waiting.remove();
                }
            }
            return claimed;
        }

        @Override
        public AeTitle peerOf(AeTitle peer) {
            return peer;
        }

        @Override
        public void carryOut(AeTitle peer) {
            if (peer.equals(DEAD)) {
                awaitDead();
            }
            done.add(peer);
            if (done.size() == 3) {
                throw new IllegalStateException("One piece fails.");
            }
        }

        private void awaitDead() {
            try {
                assertThat(deadAnswers.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void a_peer_that_does_not_answer_holds_up_its_own_work_alone() {
        // given
        for (int i = 0; i < 50; i++) {
            due.add(DEAD);
        }
        for (int i = 0; i < 20; i++) {
            due.add(ALIVE);
        }

        // when / then
        try (DueWorker<AeTitle> worker = new DueWorker<>("test", new Work(), Duration.ofMinutes(1))) {
            worker.start();
            Awaitility.await("the work of the peer that answers")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> done.size() == 20);
            assertThat(done).containsOnly(ALIVE);
            deadAnswers.countDown();
            Awaitility.await("the work of the other one")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> done.size() == 70);
        }
    }
}
