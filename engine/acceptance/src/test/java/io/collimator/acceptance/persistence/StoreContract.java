package io.collimator.acceptance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.persistence.Database;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.port.ReceivedMessages;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.version.MappingVersion;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every store promises the workflow; run on each database. Every test uses accession numbers of its own. */
abstract class StoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T08:15:00.123456Z");

    private final AtomicInteger ids = new AtomicInteger();

    abstract Database database();

    private Transactions transactions() {
        return database().transactions();
    }

    @Test
    void an_accession_comes_back_as_it_was_saved_and_is_found_by_each_of_its_keys() {
        // given
        Accession accession = accession("FIND-1", "PL-1", "FI-1");

        // when
        transactions().run(session -> session.accessions().save(accession));

        // then
        transactions().run(session -> {
            assertThat(session.accessions().find(accession.number())).contains(accession);
            assertThat(session.accessions().lock(accession.number())).contains(accession);
            assertThat(session.accessions().ofPlacer(new OrderNumber("PL-1", "RIS")))
                    .containsExactly(accession);
            assertThat(session.accessions().ofPlacer(new OrderNumber("PL-1", "OTHER")))
                    .isEmpty();
            assertThat(session.accessions().ofFiller(new OrderNumber("FI-1", null)))
                    .containsExactly(accession);
            assertThat(session.accessions().ofStudy(new Uid("1.2.3.99"))).contains(accession);
            assertThat(session.accessions().find(new AccessionNumber("find-1"))).isEmpty();
        });
    }

    @Test
    void a_lock_shows_what_another_transaction_committed_meanwhile() {
        // given
        Accession accession = accession("LOCK-1", "PL-L1", "FI-L1");
        transactions().run(session -> session.accessions().save(accession));

        // when
        Accession locked = transactions()
                .write(session -> {
                    session.accessions().find(accession.number());
                    inOtherThread(() -> transactions()
                            .run(other -> other.accessions().save(accession.withOrderStatus(OrderStatus.CANCELLED))));
                    return session.accessions().lock(accession.number()).orElseThrow();
                })
                .value();

        // then
        assertThat(locked.orderStatus()).isEqualTo(OrderStatus.CANCELLED);
    }

    @Test
    void two_that_write_to_one_accession_stand_in_line_and_their_notices_too() throws Exception {
        // given
        Accession accession = accession("LINE-1", "PL-2", "FI-2");
        transactions().run(session -> session.accessions().save(accession));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<UUID> commits = new ArrayList<>();

        // when
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writers.add(threads.submit(() -> {
                for (int n = 0; n < 10; n++) {
                    transactions().run(session -> {
                        session.accessions().lock(accession.number());
                        UUID id = nextId();
                        synchronized (commits) {
                            commits.add(id);
                        }
                        session.outbox().add(notice(id, accession.number()));
                    });
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get(60, TimeUnit.SECONDS);
        }
        threads.shutdownNow();

        // then
        List<OutboxMessage> pending =
                transactions().read(session -> session.outbox().pending(10_000));
        assertThat(pending.stream()
                        .filter(message -> accession.number().equals(message.accession()))
                        .map(OutboxMessage::id))
                .containsExactlyElementsOf(commits);
    }

    @Test
    void who_loses_the_race_for_a_new_accession_runs_again_and_finds_it() throws Exception {
        // given
        Accession accession = accession("RACE-1", "PL-3", "FI-3");
        CountDownLatch bothLooked = new CountDownLatch(2);
        AtomicInteger runs = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Runnable create = () -> transactions().run(session -> {
            runs.incrementAndGet();
            if (session.accessions().lock(accession.number()).isEmpty()) {
                bothLooked.countDown();
                await(bothLooked);
                session.accessions().save(accession);
            }
        });

        // when
        Future<?> one = threads.submit(create);
        Future<?> other = threads.submit(create);
        one.get(60, TimeUnit.SECONDS);
        other.get(60, TimeUnit.SECONDS);
        threads.shutdownNow();

        // then
        assertThat(runs).hasValue(3);
    }

    @Test
    void a_step_comes_back_with_every_character_of_its_data_set() {
        // given
        Accession accession = accession("STEP-1", "PL-4", "FI-4");
        ScheduledStep step = step(accession.number(), "SPS-1", "DOE^JÖRG=山田^太郎");
        ScheduledStep changed = step(accession.number(), "SPS-1", "ROE^ANN").withStatus(StepStatus.STARTED);

        // when
        transactions().run(session -> {
            session.accessions().save(accession);
            session.scheduledSteps().save(step);
        });
        List<ScheduledStep> first =
                transactions().read(session -> session.scheduledSteps().ofAccession(accession.number()));
        transactions().run(session -> session.scheduledSteps().save(changed));

        // then
        assertThat(first).containsExactly(step);
        assertThat(transactions()
                        .<List<ScheduledStep>>read(
                                session -> session.scheduledSteps().ofAccession(accession.number())))
                .isEqualTo(List.of(changed));
    }

    @Test
    void a_transaction_sees_the_steps_that_it_adds_to_a_new_accession() {
        // given
        Accession accession = accession("NEW-1", "PL-N1", "FI-N1");
        ScheduledStep first = step(accession.number(), "SPS-1", "DOE^JANE");

        // when
        List<ScheduledStep> seen = transactions()
                .write(session -> {
                    session.accessions().lock(accession.number());
                    session.accessions().save(accession);
                    session.scheduledSteps().save(first);
                    session.scheduledSteps().save(first.withStatus(StepStatus.READY));
                    return session.scheduledSteps().ofAccession(accession.number());
                })
                .value();

        // then
        assertThat(seen).containsExactly(first.withStatus(StepStatus.READY));
        assertThat(transactions()
                        .<List<ScheduledStep>>read(
                                session -> session.scheduledSteps().ofAccession(accession.number())))
                .isEqualTo(seen);
    }

    @Test
    void steps_that_came_before_the_lock_was_taken_are_seen_under_it() {
        // given
        Accession accession = accession("NEW-2", "PL-N2", "FI-N2");
        ScheduledStep added = step(accession.number(), "SPS-2", "DOE^JANE");
        transactions().run(session -> session.accessions().save(accession));

        // when
        List<ScheduledStep> seen = transactions()
                .write(session -> {
                    session.scheduledSteps().ofAccession(accession.number());
                    inOtherThread(() ->
                            transactions().run(other -> other.scheduledSteps().save(added)));
                    session.accessions().lock(accession.number());
                    return session.scheduledSteps().ofAccession(accession.number());
                })
                .value();

        // then
        assertThat(seen).containsExactly(added);
    }

    @Test
    void an_order_with_more_rows_than_go_together_is_stored_whole() {
        // given
        Accession accession = accession("MANY-1", "PL-N3", "FI-N3");
        List<ScheduledStep> steps = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            steps.add(step(accession.number(), "SPS-%02d".formatted(i), "DOE^JANE"));
        }

        // when
        transactions().run(session -> {
            session.accessions().lock(accession.number());
            session.accessions().save(accession);
            steps.forEach(session.scheduledSteps()::save);
        });

        // then
        assertThat(transactions()
                        .<List<ScheduledStep>>read(
                                session -> session.scheduledSteps().ofAccession(accession.number())))
                .isEqualTo(steps);
    }

    @Test
    void step_numbers_are_never_given_twice() {
        List<Long> numbers = transactions()
                .write(session -> List.of(
                        session.scheduledSteps().nextStepNumber(),
                        session.scheduledSteps().nextStepNumber()))
                .value();

        assertThat(numbers).doesNotHaveDuplicates();
    }

    @Test
    void only_an_accepted_message_makes_the_next_one_a_duplicate() {
        // given
        ReceivedMessage accepted = message("C-1", "digest-1", "AA", NOW);
        ReceivedMessage refused = message("C-2", "digest-2", "AE", NOW);

        // when
        transactions().run(session -> {
            session.receivedMessages().add(accepted);
            session.receivedMessages().add(refused);
        });

        // then
        transactions().run(session -> {
            ReceivedMessages received = session.receivedMessages();
            assertThat(received.judge(accepted.key(), NOW)).isEqualTo(Repetition.SAME_MESSAGE);
            assertThat(received.judge(accepted.key(), NOW.plusSeconds(1))).isEqualTo(Repetition.NONE);
            assertThat(received.judge(refused.key(), NOW)).isEqualTo(Repetition.NONE);
            assertThat(received.judge(new ReceivedMessage.Key("RIS|SITE", "C-1", "other"), NOW))
                    .isEqualTo(Repetition.SAME_CONTROL_ID);
            assertThat(received.judge(new ReceivedMessage.Key("RIS|SITE", "C-9", "digest-1"), NOW))
                    .isEqualTo(Repetition.SAME_CONTENT);
            assertThat(received.judge(new ReceivedMessage.Key("OTHER|SITE", "C-1", "digest-1"), NOW))
                    .isEqualTo(Repetition.NONE);
        });
    }

    @Test
    void old_messages_are_removed_in_bounded_steps() {
        // given
        Instant old = NOW.minus(Duration.ofDays(30));
        transactions().run(session -> {
            for (int i = 0; i < 3; i++) {
                session.receivedMessages().add(message("OLD-" + i, "old-" + i, "AA", old));
            }
        });

        // when
        int first = transactions()
                .write(session -> session.receivedMessages().removeBefore(old.plusSeconds(1), 2))
                .value();
        int second = transactions()
                .write(session -> session.receivedMessages().removeBefore(old.plusSeconds(1), 2))
                .value();

        // then
        assertThat(List.of(first, second)).containsExactly(2, 1);
    }

    @Test
    void exceptions_are_listed_newest_first_and_keep_their_evidence_whatever_its_size() {
        // given
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 7;
        ExceptionRecord older = exception(new ExceptionRecord.Evidence("application/dicom", large));
        ExceptionRecord newer = exception(ExceptionRecord.Evidence.NONE);

        // when
        transactions().run(session -> session.exceptions().add(older));
        transactions().run(session -> session.exceptions().add(newer));

        // then
        transactions().run(session -> {
            assertThat(session.exceptions().list(null, 1))
                    .extracting(ExceptionRecord::id)
                    .containsExactly(newer.id());
            assertThat(session.exceptions().list(newer.id(), 1))
                    .extracting(ExceptionRecord::id)
                    .containsExactly(older.id());
            assertThat(session.exceptions().find(older.id())).contains(older);
        });
    }

    @Test
    void a_timeline_keeps_the_order_in_which_it_was_written() {
        // given
        AccessionNumber number = new AccessionNumber("TIME-1");
        TimelineEntry one = new TimelineEntry(number, NOW, "order.scheduled", "one");
        TimelineEntry two = new TimelineEntry(number, NOW, "order.updated", "two \0 with a NUL");

        // when
        transactions().run(session -> {
            session.timeline().add(one);
            session.timeline().add(two);
        });

        // then
        assertThat(transactions()
                        .<List<TimelineEntry>>read(session -> session.timeline().of(number)))
                .isEqualTo(List.of(one, new TimelineEntry(number, NOW, "order.updated", "two  with a NUL")));
    }

    @Test
    void versions_of_the_mapping_come_back_newest_first_with_their_files() {
        // given
        List<Integer> numbers = List.of(901, 902, 903);
        numbers.forEach(number ->
                transactions().run(session -> session.mappingVersions().add(version(number))));

        // when
        List<MappingVersion> listed =
                transactions().read(session -> session.mappingVersions().list(903, 2));
        transactions().run(session -> session.mappingVersions().removeBefore(903));
        Optional<MappingVersion> removed =
                transactions().read(session -> session.mappingVersions().find(902));

        // then
        assertThat(listed).extracting(MappingVersion::number).containsExactly(902, 901);
        assertThat(removed).isEmpty();
    }

    private static MappingVersion version(int number) {
        return new MappingVersion(
                number,
                NOW,
                "admin",
                "Comment " + number,
                "digest-" + number,
                "changed tables/stations.csv",
                Map.of("tables/stations.csv", "from,to\nCT,CT%d\n".formatted(number)));
    }

    @Test
    void what_was_sent_is_not_pending_until_it_is_asked_for_again() {
        // given
        AccessionNumber number = new AccessionNumber("SENT-1");
        UUID id = nextId();
        transactions().run(session -> session.outbox().add(notice(id, number)));

        // when
        transactions().run(session -> session.outbox().markSent(List.of(id), NOW));
        List<UUID> afterSending = pendingIds();
        transactions().run(session -> session.deliveries().sendAgain(List.of(id)));

        // then
        assertThat(afterSending).doesNotContain(id);
        assertThat(pendingIds()).contains(id);
        assertThat(transactions().<Long>read(session -> session.outbox().countPending()))
                .isPositive();
    }

    private List<UUID> pendingIds() {
        return transactions().read(session -> session.outbox().pending(10_000)).stream()
                .map(OutboxMessage::id)
                .toList();
    }

    UUID nextId() {
        return new UUID(
                getClass().getSimpleName().hashCode(), System.identityHashCode(this) * 10_000L + ids.incrementAndGet());
    }

    private ExceptionRecord exception(ExceptionRecord.Evidence evidence) {
        return new ExceptionRecord(
                nextId(),
                NOW,
                ExceptionType.MESSAGE_REFUSED,
                new AccessionNumber("EXC-1"),
                "RIS|SITE",
                "OBR-18 has 17 characters",
                evidence);
    }

    static OutboxMessage notice(UUID id, AccessionNumber number) {
        return new OutboxMessage(id, "collimator.events", "order.scheduled", number, NOW, "{\"name\":\"山田\"}");
    }

    private static ReceivedMessage message(String controlId, String digest, String acknowledgement, Instant at) {
        return new ReceivedMessage(
                new ReceivedMessage.Key("RIS|SITE", controlId, digest),
                "ORM^O01",
                "north",
                at,
                new byte[] {1, 2},
                acknowledgement);
    }

    static Accession accession(String number, String placer, String filler) {
        return new Accession(
                new AccessionNumber(number),
                new Patient(new PatientId("PID-1", "NORTH"), "DOE^JÖRG", "19740312", "M"),
                new Uid("1.2.3.99"),
                "RP1",
                new OrderNumber(placer, "RIS"),
                new OrderNumber(filler, null),
                OrderStatus.SCHEDULED,
                ProcedureState.SCHEDULED,
                CustodyState.NONE);
    }

    static ScheduledStep step(AccessionNumber number, String stepId, String patientName) {
        DataSet entry = Dictionary.dataSet()
                .put(Tags.AccessionNumber, number.value())
                .put(Tags.PatientName, patientName)
                .put(Tags.PatientID, "PID-1")
                .put(Tags.StudyInstanceUID, "1.2.3.99")
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledStationAETitle, "CT1", "ct2")
                                .put(Tags.ScheduledProcedureStepStartDate, "20261122")
                                .put(Tags.Modality, "CT")
                                .put(Tags.ScheduledProcedureStepID, stepId)
                                .build())
                .build();
        return new ScheduledStep(number, stepId, 1, false, StepStatus.SCHEDULED, entry, NOW);
    }

    private static void inOtherThread(Runnable work) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            thread.submit(work).get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            thread.shutdownNow();
        }
    }

    static void await(CountDownLatch latch) {
        try {
            // the loser runs again alone: nobody else will look then
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
