package io.collimator.acceptance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.persistence.Database;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.EarlyStop;
import io.collimator.workflow.order.GroupResult.Verdict;
import io.collimator.workflow.order.LastWord;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.OrderedStep.ParentOrder;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.Accessions.Subject;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import io.collimator.workflow.worklist.WorklistPage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What order control needs of a store; run on each database. Every test uses accession numbers of its own. */
abstract class OrderControlContract {

    private static final Instant NOW = Instant.parse("2026-11-22T08:15:00.123456Z");
    private static final int THREADS = 16;

    private final AtomicLong ids = new AtomicLong(System.identityHashCode(this) * 100_000L);

    abstract Database database();

    private Transactions transactions() {
        return database().transactions();
    }

    @Test
    void what_was_said_last_is_kept_for_each_subject_apart() {
        // given
        Accession accession = StoreContract.accession("WORD-1", "PL-W1", "FI-W1");
        LastWord order = new LastWord("RIS|NORTH", NOW, null);
        LastWord appointment = new LastWord("SCHED|NORTH", null, NOW.plusSeconds(1));
        ParentOrder parent = new ParentOrder(new OrderNumber("P", "NS"), null);

        // when
        Optional<LastWord> nothing = transactions()
                .write(session -> {
                    session.accessions().save(accession);
                    return session.accessions().lastWord(accession.number(), Subject.ORDER);
                })
                .value();
        transactions().run(session -> {
            session.accessions().lock(accession.number());
            session.accessions().heard(accession.number(), Subject.ORDER, order);
            session.accessions().heard(accession.number(), Subject.APPOINTMENT, appointment);
            session.accessions().adopt(accession.number(), parent);
        });

        // then
        assertThat(nothing).isEmpty();
        transactions().run(session -> {
            assertThat(session.accessions().lock(accession.number())).contains(accession);
            assertThat(session.accessions().lastWord(accession.number(), Subject.ORDER))
                    .contains(order);
            assertThat(session.accessions().lastWord(accession.number(), Subject.APPOINTMENT))
                    .contains(appointment);
            assertThat(session.accessions().parent(accession.number())).contains(parent);
        });
    }

    @Test
    void what_statuses_repeat_is_kept_with_the_accession_and_the_sender_with_each_notice() {
        // given
        Accession accession = StoreContract.accession("SENT-1", "PL-S1", "FI-S1");
        SentFields sent =
                new SentFields(Map.of("MSH-3", "NORTHRIS", "MSH-4", "NORTH=WEST", "PV1-3", "WARD\\T\\^山", "PID-4", ""));
        OutboxMessage notice = new OutboxMessage(
                UUID.randomUUID(),
                "collimator.events",
                "order.updated",
                accession.number(),
                NOW,
                "{}",
                new OutboxMessage.Orderer("NORTHRIS", ""));

        // when
        SentFields before = transactions()
                .write(session -> {
                    SentFields nothing = session.accessions().sent(accession.number());
                    session.accessions().keep(accession.number(), sent);
                    session.accessions().save(accession);
                    session.outbox().add(notice);
                    return nothing;
                })
                .value();

        // then
        assertThat(before).isEqualTo(SentFields.NONE);
        transactions().run(session -> {
            assertThat(session.accessions().lock(accession.number())).contains(accession);
            assertThat(session.accessions().sent(accession.number())).isEqualTo(sent);
            assertThat(session.outbox().pending(10_000)).contains(notice);
        });
        transactions()
                .run(session -> session.accessions()
                        .rename(accession.number(), accession.number().withIssuer("SOUTH")));
        transactions()
                .run(session -> assertThat(
                                session.accessions().sent(accession.number().withIssuer("SOUTH")))
                        .isEqualTo(sent));
    }

    @Test
    void an_early_stop_is_found_by_either_number_until_it_is_removed() {
        // given
        EarlyStop stop = stop("PL-E1", "FI-E1", NOW);
        EarlyStop byPlacer = stop("PL-E2", null, NOW);

        // when
        transactions().run(session -> {
            session.earlyStops().add(stop);
            session.earlyStops().add(byPlacer);
        });

        // then
        assertThat(find(null, "FI-E1")).containsExactly(stop);
        assertThat(find("PL-E1", "OTHER")).containsExactly(stop);
        assertThat(find("PL-E2", null)).containsExactly(byPlacer);
        assertThat(find(null, "PL-E2")).isEmpty();
        transactions().run(session -> session.earlyStops().remove(stop));
        assertThat(find("PL-E1", "FI-E1")).isEmpty();
    }

    @Test
    void early_stops_are_removed_in_bounded_steps() {
        // given
        Instant old = NOW.minusSeconds(1_000_000);
        transactions().run(session -> {
            for (int i = 0; i < 3; i++) {
                session.earlyStops().add(stop("PL-OLD" + i, null, old));
            }
        });

        // when
        int first = transactions()
                .write(session -> session.earlyStops().removeBefore(old.plusSeconds(1), 2))
                .value();
        int second = transactions()
                .write(session -> session.earlyStops().removeBefore(old.plusSeconds(1), 2))
                .value();

        // then
        assertThat(List.of(first, second)).containsExactly(2, 1);
    }

    @Test
    void the_latest_messages_come_first_with_kind_profile_and_content() {
        // given
        ReceivedMessage one = message("L-1").accepted();
        ReceivedMessage two = message("L-2").accepted();

        // when
        transactions().run(session -> session.receivedMessages().add(one));
        transactions().run(session -> session.receivedMessages().add(two));
        List<ReceivedMessage> latest =
                transactions().read(session -> session.receivedMessages().latest(2));

        // then
        assertThat(latest).extracting(ReceivedMessage::key).containsExactly(two.key(), one.key());
        assertThat(latest.get(0).kind()).isEqualTo("ORM^O01");
        assertThat(latest.get(0).profile()).isEqualTo("north");
        assertThat(latest.get(0).content()).isEqualTo(two.content());
    }

    @Test
    void a_step_keeps_which_of_its_values_are_defaults() {
        // given
        Accession accession = StoreContract.accession("STAND-1", "PL-S1", "FI-S1");
        ScheduledStep plain = StoreContract.step(accession.number(), "SPS", "DOE^JOHN");
        ScheduledStep step = new ScheduledStep(
                plain.accession(),
                plain.stepId(),
                1,
                false,
                StepStatus.UNSCHEDULED,
                plain.dataSet(),
                Set.of(Tags.ScheduledStationAETitle, Tags.PatientName),
                NOW,
                "SPS0");

        // when
        transactions().run(session -> {
            session.accessions().save(accession);
            session.scheduledSteps().save(step);
        });

        // then
        assertThat(transactions()
                        .<List<ScheduledStep>>read(
                                session -> session.scheduledSteps().ofAccession(accession.number())))
                .isEqualTo(List.of(step));
    }

    @Test
    void open_steps_without_a_station_are_listed_page_by_page() {
        // given
        for (StepStatus status : StepStatus.values()) {
            Accession accession = StoreContract.accession("BARE" + status, "PL-B" + status, "FI-B" + status);
            ScheduledStep step = StoreContract.step(accession.number(), "SPS", "DOE^JOHN");
            DataSet item =
                    step.dataSet().item(Tags.ScheduledProcedureStepSequence).without(Tags.ScheduledStationAETitle);
            transactions().run(session -> {
                session.accessions().save(accession);
                session.scheduledSteps()
                        .save(step.withStatus(status)
                                .withDataSet(Dictionary.dataSet(step.dataSet())
                                        .items(Tags.ScheduledProcedureStepSequence, item)
                                        .build()));
            });
        }

        // when
        List<StepStatus> listed = new ArrayList<>();
        Optional<WorklistPage.Position> next = Optional.empty();
        do {
            WorklistPage.Position after = next.orElse(null);
            WorklistPage page =
                    transactions().read(session -> session.scheduledSteps().withoutStation(after, 2));
            page.steps().stream()
                    .filter(step -> step.accession().value().startsWith("BARE"))
                    .forEach(step -> listed.add(step.status()));
            next = page.next();
        } while (next.isPresent());

        // then
        assertThat(listed)
                .containsExactlyInAnyOrder(
                        StepStatus.SCHEDULED,
                        StepStatus.ARRIVED,
                        StepStatus.READY,
                        StepStatus.DEPARTED,
                        StepStatus.ON_HOLD,
                        StepStatus.UNSCHEDULED);
    }

    @Test
    void sixteen_connections_with_one_order_are_applied_one_after_another() throws Exception {
        // given
        AcceptOrder orders = orders();
        List<Callable<List<Verdict>>> senders = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            senders.add(() -> {
                start.await(60, TimeUnit.SECONDS);
                List<Verdict> verdicts = new ArrayList<>();
                for (int n = 0; n < 5; n++) {
                    int minute = first + n * THREADS;
                    verdicts.add(orders.accept(new OrderMessage(
                                    message("ONE-" + minute, NOW.plusSeconds(minute)),
                                    OrderForm.OBR,
                                    OrderPolicies.STANDARD,
                                    List.of(step("ONE-1", minute))))
                            .groups()
                            .get(0)
                            .verdict());
                }
                return verdicts;
            });
        }

        // when
        List<Verdict> verdicts = runAll(senders);

        // then
        AccessionNumber number = new AccessionNumber("ONE-1");
        List<ScheduledStep> steps =
                transactions().read(session -> session.scheduledSteps().ofAccession(number));
        List<String> kinds = transactions().read(session -> session.timeline().of(number)).stream()
                .map(TimelineEntry::kind)
                .toList();
        assertThat(verdicts).hasSize(THREADS * 5).isSubsetOf(Verdict.APPLIED, Verdict.STALE);
        assertThat(steps).hasSize(1);
        assertThat(steps.get(0)
                        .dataSet()
                        .item(Tags.ScheduledProcedureStepSequence)
                        .text(Tags.ScheduledProcedureStepStartTime))
                .isEqualTo(startOf(THREADS * 5 - 1));
        assertThat(Collections.frequency(kinds, "order.scheduled")).isEqualTo(1);
        assertThat(Collections.frequency(kinds, "order.updated"))
                .isEqualTo(Collections.frequency(verdicts, Verdict.APPLIED) - 1);
        assertThat(Collections.frequency(kinds, "order.stale"))
                .isEqualTo(Collections.frequency(verdicts, Verdict.STALE));
    }

    @Test
    void messages_with_many_orders_in_any_sequence_do_not_stand_in_each_others_way() throws Exception {
        // given
        AcceptOrder orders = orders();
        List<Callable<List<Verdict>>> senders = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            int turn = thread;
            senders.add(() -> {
                start.await(60, TimeUnit.SECONDS);
                List<Verdict> verdicts = new ArrayList<>();
                for (int n = 0; n < 4; n++) {
                    List<OrderedStep> steps = new ArrayList<>(List.of(
                            step("MANY-" + n, turn), step("MANY-" + (n + 1) % 4, turn), step("OWN-" + turn, n)));
                    Collections.rotate(steps, turn);
                    orders.accept(new OrderMessage(
                                    message("MANY-" + turn + "-" + n), OrderForm.OBR, OrderPolicies.STANDARD, steps))
                            .groups()
                            .forEach(group -> verdicts.add(group.verdict()));
                }
                return verdicts;
            });
        }

        // when
        List<Verdict> verdicts = runAll(senders);

        // then
        // whose turn comes when is open: each may change what the one before said, or find it said already
        assertThat(verdicts).hasSize(THREADS * 12).isSubsetOf(Verdict.APPLIED, Verdict.UNCHANGED);
        for (int n = 0; n < 4; n++) {
            AccessionNumber number = new AccessionNumber("MANY-" + n);
            assertThat(transactions()
                            .<List<ScheduledStep>>read(
                                    session -> session.scheduledSteps().ofAccession(number)))
                    .hasSize(1);
        }
    }

    private static List<Verdict> runAll(List<Callable<List<Verdict>>> senders) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Verdict> verdicts = new ArrayList<>();
            for (Future<List<Verdict>> sender : threads.invokeAll(senders, 120, TimeUnit.SECONDS)) {
                verdicts.addAll(sender.get());
            }
            return verdicts;
        } finally {
            threads.shutdownNow();
        }
    }

    private AcceptOrder orders() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new AcceptOrder(
                new AcceptOrder.Context(
                        transactions(),
                        clock,
                        this::nextId,
                        new Notices(clock, this::nextId, (id, at, notice) -> "{}")),
                (session, accession) -> {},
                ZoneOffset.UTC);
    }

    private UUID nextId() {
        return new UUID(getClass().getSimpleName().hashCode(), ids.incrementAndGet());
    }

    private static Reception message(String controlId) {
        return message(controlId, NOW);
    }

    private static Reception message(String controlId, Instant messageTime) {
        return new Reception(
                new ReceivedMessage.Key("RIS|NORTH", controlId, "digest-" + controlId),
                "ORM^O01",
                "north",
                NOW,
                messageTime,
                new byte[] {1, 2, 3});
    }

    private static String startOf(int minute) {
        return "%02d%02d".formatted(minute / 60, minute % 60);
    }

    private static OrderedStep step(String accession, int minute) {
        return NewOrders.step(Dictionary.dataSet()
                .put(Tags.AccessionNumber, accession)
                .put(Tags.FillerOrderNumberImagingServiceRequest, "F-" + accession)
                .put(Tags.PatientID, "PID-1")
                .put(Tags.PatientName, "DOE^JOHN")
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepID, "SPS")
                                .put(Tags.ScheduledStationAETitle, "CT1")
                                .put(Tags.Modality, "CT")
                                .put(Tags.ScheduledProcedureStepStartDate, "20261122")
                                .put(Tags.ScheduledProcedureStepStartTime, startOf(minute))
                                .build())
                .build());
    }

    private EarlyStop stop(String placer, String filler, Instant receivedAt) {
        return new EarlyStop(
                nextId(),
                new OrderNumber(placer, "RIS"),
                filler == null ? null : new OrderNumber(filler, null),
                null,
                "",
                "CA",
                new LastWord("RIS|NORTH", null, NOW),
                receivedAt);
    }

    private List<EarlyStop> find(String placer, String filler) {
        return transactions()
                .read(session -> session.earlyStops()
                        .find(
                                placer == null ? null : new OrderNumber(placer, "RIS"),
                                filler == null ? null : new OrderNumber(filler, null)));
    }
}
