package io.collimator.acceptance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.persistence.Database;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.result.ReportedResult;
import io.collimator.workflow.result.ResultMessage;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.AcceptResult;
import io.collimator.workflow.usecase.Notices;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results without an accession number are judged under the lock of their order: what is older never passes behind what is newer. */
abstract class ResultRaceContract {

    private static final int ROUNDS = 30;
    private static final Instant NOW = Instant.parse("2026-11-22T08:15:00Z");

    abstract Database database();

    @Test
    void two_results_of_one_order_that_come_at_once_never_pass_in_the_wrong_order() throws Exception {
        Notices notices = new Notices(
                Clock.systemUTC(),
                UUID::randomUUID,
                (id, at, notice) -> notice instanceof Notice.Result result ? result.text() : "");
        AcceptResult results = new AcceptResult(
                new AcceptOrder.Context(database().transactions(), Clock.systemUTC(), UUID::randomUUID, notices));
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                OrderNumber filler = new OrderNumber("F" + round, "NORTH");
                OrderNumber placer = new OrderNumber("P" + round, "NORTH");
                // of each kind, in turn: known by the filler number, by the placer number, the one by both
                ResultMessage preliminary = message(
                        "P" + round,
                        ResultStatus.PRELIMINARY,
                        round % 3 == 1 ? null : filler,
                        round % 3 == 0 ? null : placer);
                ResultMessage last = message(
                        "F" + round,
                        ResultStatus.FINAL,
                        round % 3 == 1 ? null : filler,
                        round % 3 == 1 ? placer : null);
                List<Future<AcceptResult.Accepted>> both = List.of(preliminary, last).stream()
                        .map(message -> threads.submit(() -> {
                            together.await(60, TimeUnit.SECONDS);
                            return results.accept(message);
                        }))
                        .toList();
                boolean wentOn = both.get(0).get(60, TimeUnit.SECONDS).forwarded();
                assertThat(both.get(1).get(60, TimeUnit.SECONDS).forwarded()).isTrue();

                String number = String.valueOf(round);
                assertThat(passedOn(number))
                        .isEqualTo(wentOn ? List.of("P" + number, "F" + number) : List.of("F" + number));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> passedOn(String round) {
        return database().transactions().read(session -> session.outbox().pending(1_000)).stream()
                .map(OutboxMessage::body)
                .filter(body -> !body.isEmpty() && body.substring(1).equals(round))
                .toList();
    }

    private static ResultMessage message(
            String text, ResultStatus status, @Nullable OrderNumber filler, @Nullable OrderNumber placer) {
        return new ResultMessage(
                new Reception(
                        new ReceivedMessage.Key("REPORTS|NORTH", text, text), "", "default", NOW, NOW, new byte[] {1}),
                places -> text,
                null,
                List.of(new ReportedResult(placer, filler, null, "CT", status, null)));
    }
}
