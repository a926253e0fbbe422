package io.collimator.persistence;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.Notices;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** New orders as they come: each a message of a kilobyte in a transaction of its own, its notices marked as sent by a relay. */
final class OrderFlow {

    private static final int BATCH = 200;

    private final Database database;
    private final Clock clock = Clock.systemUTC();
    private final AcceptOrder orders;

    OrderFlow(Database database) {
        this.database = database;
        this.orders = new AcceptOrder(
                new AcceptOrder.Context(
                        database.transactions(),
                        clock,
                        UUID::randomUUID,
                        new Notices(
                                clock, UUID::randomUUID, (id, at, notice) -> "{\"id\":\"" + id + "\"}" + filler(400))),
                (session, accession) -> {},
                ZoneOffset.UTC);
    }

    /** Takes the orders {@code 1…count} by so many threads; returns when all have committed and their notices are sent. */
    void run(int count, int threads) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(thread -> senders.submit(() -> {
                        for (int number = next.incrementAndGet(); number <= count; number = next.incrementAndGet()) {
                            accept(number);
                            if (number % 20 == 0) {
                                relay();
                            }
                        }
                    }))
                    .toList();
            for (Future<?> sender : all) {
                sender.get(300, TimeUnit.SECONDS);
            }
            while (relay()) {
                // until nothing waits
            }
        } finally {
            senders.shutdownNow();
        }
    }

    AcceptOrder.Accepted accept(int number) {
        return orders.accept(order(number));
    }

    private synchronized boolean relay() {
        List<UUID> batch = database
                .transactions()
                .read(session -> session.outbox().pending(BATCH))
                .stream()
                .map(OutboxMessage::id)
                .toList();
        if (!batch.isEmpty()) {
            database.transactions().run(session -> session.outbox().markSent(batch, clock.instant()));
        }
        return !batch.isEmpty();
    }

    private static OrderMessage order(int number) {
        Instant now = Instant.now();
        return new OrderMessage(
                new Reception(
                        new ReceivedMessage.Key(
                                "RIS|NORTH", "C" + number, UUID.randomUUID().toString()),
                        "ORM^O01",
                        "north",
                        now,
                        now,
                        filler(1000).getBytes(StandardCharsets.US_ASCII)),
                OrderForm.OBR,
                OrderPolicies.STANDARD,
                List.of(new OrderedStep(
                        new OrderedStep.Instruction(OrderAction.NEW, "NW", null),
                        1,
                        1,
                        null,
                        OrderedStep.ParentOrder.NONE,
                        entry(number),
                        DataSet.empty())));
    }

    private static DataSet entry(int number) {
        return Dictionary.dataSet()
                .put(Tags.AccessionNumber, "A" + number)
                .put(Tags.PlacerOrderNumberImagingServiceRequest, "P" + number)
                .put(Tags.FillerOrderNumberImagingServiceRequest, "F" + number)
                .put(Tags.PatientID, "PID" + number % 5000)
                .put(Tags.PatientName, "DOE^JOHN" + number)
                .put(Tags.StudyInstanceUID, "1.2.3.4.5." + number)
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepID, "SPS")
                                .put(Tags.ScheduledStationAETitle, "CT" + number % 7)
                                .put(Tags.Modality, "CT")
                                .put(Tags.ScheduledProcedureStepStartDate, "20261122")
                                .put(
                                        Tags.ScheduledProcedureStepStartTime,
                                        "%02d%02d".formatted(number / 60 % 24, number % 60))
                                .build())
                .build();
    }

    private static String filler(int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(UUID.randomUUID());
        }
        return text.substring(0, length);
    }
}
