package io.collimator.acceptance.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.persistence.Database;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.patient.MergeMessage;
import io.collimator.workflow.patient.MergeMessage.Kind;
import io.collimator.workflow.patient.MergeMessage.Pair;
import io.collimator.workflow.patient.PatientEvent;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientMessage;
import io.collimator.workflow.patient.PatientPolicy;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Patients;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.result.ReportedResult;
import io.collimator.workflow.result.ResultLine;
import io.collimator.workflow.result.ResultMessage;
import io.collimator.workflow.result.ResultProgress;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.result.StoredResult;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.AcceptResult;
import io.collimator.workflow.usecase.AccessionProgress;
import io.collimator.workflow.usecase.CommitmentLinks;
import io.collimator.workflow.usecase.LatePerformedSteps;
import io.collimator.workflow.usecase.MergePatients;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.usecase.PerformedStepMatching;
import io.collimator.workflow.usecase.Problems;
import io.collimator.workflow.usecase.UpdatePatient;
import io.collimator.workflow.worklist.ScheduledStep;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Patients, merges and results on a database; run on each. Every test uses numbers of its own. */
abstract class PatientStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T08:15:00.123456Z");

    private final AtomicInteger messages = new AtomicInteger();
    private AcceptOrder orders;
    private UpdatePatient updates;
    private MergePatients merges;
    private AcceptResult results;

    abstract Database database();

    @BeforeEach
    void makeUseCases() {
        Clock clock = Clock.systemUTC();
        Notices notices = new Notices(clock, UUID::randomUUID, (id, at, notice) -> notice.toString());
        AcceptOrder.Context context = new AcceptOrder.Context(transactions(), clock, UUID::randomUUID, notices);
        Problems problems = new Problems(
                clock,
                UUID::randomUUID,
                new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults())::encode,
                notices);
        LatePerformedSteps links = new LatePerformedSteps(
                new PerformedStepMatching(problems, notices),
                new CommitmentLinks(notices, new AccessionProgress(notices)));
        orders = new AcceptOrder(context, links, ZoneOffset.UTC);
        updates = new UpdatePatient(context, PatientPolicy.standard(ZoneOffset.UTC));
        merges = new MergePatients(context, links);
        results = new AcceptResult(context);
    }

    private Transactions transactions() {
        return database().transactions();
    }

    @Test
    void a_record_comes_back_as_it_was_saved() {
        // given
        PatientId id = new PatientId("REC-1", "NORTH");
        DataSet attributes = Dictionary.dataSet()
                .put(Tags.PatientName, "DOE^JÖRG=山田^太郎")
                .put(Tags.Allergies, "LATEX", "NUTS")
                .build();
        PatientRecord added = PatientRecord.unknown(id).withAttributes(attributes);
        PatientRecord updated = added.updatedBy(new PatientRecord.Update("ADT|NORTH", "M1", NOW), attributes);

        // when
        transactions().run(session -> session.patients().add(added));
        PatientRecord first = find(id);
        transactions().run(session -> session.patients().update(updated));

        // then
        assertThat(first).isEqualTo(added);
        assertThat(find(id)).isEqualTo(updated);
        assertThat(transactions()
                        .write(session -> session.patients().lock(List.of(id)))
                        .value())
                .containsEntry(id, updated);
    }

    @Test
    void a_number_finds_the_record_of_its_issuer_and_no_other() {
        // given
        PatientId north = new PatientId("FIND-1", "NORTH");
        PatientId south = new PatientId("FIND-1", "SOUTH");
        PatientId open = new PatientId("FIND-1", null);
        add(north);
        PatientId alone = resolve(open);
        add(south);

        // when, then
        assertThat(alone).as("nobody gave it that one").isEqualTo(open);
        assertThat(resolve(south)).isEqualTo(south);
        assertThat(resolve(open)).as("could be either").isEqualTo(open);
        assertThat(resolve(new PatientId("FIND-1", "WEST"))).isEqualTo(new PatientId("FIND-1", "WEST"));
        assertThat(resolve(new PatientId("find-1", "NORTH"))).isEqualTo(new PatientId("find-1", "NORTH"));
    }

    @Test
    void a_record_is_renamed_with_all_that_stands_under_it() {
        // given
        PatientId open = new PatientId("TAKE-1", null);
        PatientId north = new PatientId("TAKE-1", "NORTH");
        add(open);
        transactions().run(session -> session.patients().applied(open, "ADT|NORTH", NOW));

        // when
        transactions().run(session -> session.patients().rename(open, north));

        // then
        assertThat(resolve(open)).isEqualTo(open);
        assertThat(transactions()
                        .<Object>read(session -> session.patients().ofId("TAKE-1").stream()
                                .map(Patients.Known::number)
                                .toList()))
                .isEqualTo(List.of(north));
        assertThat(transactions().<Object>read(session -> session.patients().lastApplied(north, "ADT|NORTH")))
                .isEqualTo(Optional.of(NOW));
    }

    @Test
    void aliases_lead_to_the_last_survivor_and_the_records_are_gone() {
        // given
        PatientId one = new PatientId("CHAIN-1", "NORTH");
        PatientId two = new PatientId("CHAIN-2", "NORTH");
        PatientId three = new PatientId("CHAIN-3", null);
        add(two);
        add(three);
        Patients.Merge merge = new Patients.Merge(NOW, "ADT|NORTH", "M1");

        // when
        transactions().run(session -> session.patients().merge(one, two, merge));
        transactions().run(session -> session.patients().merge(two, three, merge));

        // then
        assertThat(resolve(one)).isEqualTo(three);
        assertThat(resolve(two)).isEqualTo(three);
        transactions().run(session -> {
            assertThat(session.patients().aliasesOf(three)).containsExactly(one, two);
            assertThat(session.patients().isAlias(one)).isTrue();
            assertThat(session.patients().isAlias(three)).isFalse();
            assertThat(session.patients().lock(List.of(one)).get(one).id()).isEqualTo(three);
        });
    }

    @Test
    void two_that_record_the_same_new_patient_stand_in_line() throws Exception {
        // given
        PatientId id = new PatientId("LINE-1", "NORTH");
        CountDownLatch bothLooked = new CountDownLatch(2);
        AtomicInteger runs = new AtomicInteger();
        Callable<Object> record = () -> transactions().run(session -> {
            runs.incrementAndGet();
            if (session.patients().lock(List.of(id)).isEmpty()) {
                bothLooked.countDown();
                awaitLatch(bothLooked);
                session.patients().add(PatientRecord.unknown(id));
            }
        });

        // when
        together(List.of(record, record));

        // then
        assertThat(runs).hasValue(3);
    }

    @Test
    void how_far_a_result_has_come_is_known_under_lock() {
        ResultLine line = new ResultLine("filler F1".repeat(100), "CT^CT HEAD".repeat(1000));
        ResultLine other = new ResultLine("filler F2", "");
        SortedSet<ResultLine> both = new TreeSet<>(List.of(line, other));
        ResultProgress last = new ResultProgress(ResultStatus.FINAL, NOW);

        for (ResultProgress progress : List.of(new ResultProgress(ResultStatus.PRELIMINARY, null), last)) {
            transactions().run(session -> {
                session.results().lock(both);
                session.results().advance(Map.of(line, progress), NOW);
            });
        }

        transactions().run(session -> assertThat(session.results().lock(both)).containsExactly(Map.entry(line, last)));
    }

    @Test
    void a_result_comes_back_as_it_was_kept_and_moves_with_its_patient() {
        // given
        StoredResult stored = new StoredResult(
                "REPORTS|NORTH",
                "RES-1",
                NOW,
                new ReportedResult(
                        new OrderNumber("P1", null),
                        new OrderNumber("F1", "RAD"),
                        new AccessionNumber("RES-1"),
                        "CT^99NORTH",
                        ResultStatus.FINAL,
                        NOW),
                null,
                new PatientId("RES-1", null),
                true);
        transactions().run(session -> session.results().add(stored));
        List<StoredResult> kept = resultsOf("RES-1");

        // when
        transactions()
                .run(session ->
                        session.results().movePatient(new PatientId("RES-1", null), new PatientId("RES-2", "NORTH")));

        // then
        assertThat(kept).containsExactly(stored);
        assertThat(resultsOf("RES-1"))
                .extracting(StoredResult::patient)
                .containsExactly(new PatientId("RES-2", "NORTH"));
    }

    @Test
    void a_result_with_a_document_in_it_waits_for_the_relay_whatever_its_size() {
        // given
        String text = "MSH|Å山".repeat(500_000);
        UUID id = UUID.randomUUID();

        // when
        transactions()
                .run(session -> session.outbox()
                        .add(new OutboxMessage(id, "collimator.results", "result.final", null, NOW, text)));

        // then
        assertThat(transactions()
                        .<List<OutboxMessage>>read(session -> session.outbox().pending(100_000)))
                .filteredOn(notice -> notice.id().equals(id))
                .singleElement()
                .satisfies(notice -> assertThat(notice.body().equals(text)).isTrue());
    }

    @Test
    void an_update_and_a_merge_show_on_the_worklist_at_once() {
        // given
        PatientId prior = new PatientId("SHOW-1", "NORTH");
        PatientId survivor = new PatientId("SHOW-2", "NORTH");
        order("SHOW-1", prior);
        order("SHOW-2", survivor);

        // when
        updates.update(new PatientMessage(
                reception("ADT|NORTH"),
                PatientEvent.UPDATE,
                prior,
                List.of(),
                Dictionary.dataSet().put(Tags.PatientName, "ROE^JANE").build()));
        DataSet updated = entry("SHOW-1");
        merge(pair(prior, survivor));

        // then
        assertThat(updated.text(Tags.PatientName)).isEqualTo("ROE^JANE");
        assertThat(patientsOf("SHOW-1")).containsOnly(survivor);
        assertThat(entry("SHOW-1").text(Tags.PatientName)).isEqualTo("DOE^JOHN");
        assertThat(outboxTypes("SHOW-1")).contains("patient.updated", "patient.merged");
    }

    @Test
    void a_refused_pair_takes_the_whole_message_with_it() {
        // given
        PatientId prior = new PatientId("ALL-1", "NORTH");
        PatientId survivor = new PatientId("ALL-2", "NORTH");
        order("ALL-1", prior);

        // when
        assertThatThrownBy(() -> merge(pair(prior, survivor), pair(survivor, prior)))
                .isInstanceOf(OrderRefusedException.class);

        // then
        assertThat(patientsOf("ALL-1")).containsOnly(prior);
        assertThat(resolve(prior)).isEqualTo(prior);
    }

    @Test
    void of_a_final_and_a_preliminary_at_the_same_time_the_preliminary_is_never_passed_on_last() throws Exception {
        for (int round = 0; round < 10; round++) {
            String accession = "ORU-" + round;
            order(accession, new PatientId("ORU", "NORTH"));

            together(List.of(
                    () -> result(accession, ResultStatus.PRELIMINARY), () -> result(accession, ResultStatus.FINAL)));

            List<String> passedOn = outboxTypes(accession).stream()
                    .filter(type -> type.startsWith("result."))
                    .toList();
            assertThat(passedOn).endsWith("result.final");
        }
    }

    @Test
    void a_merge_and_an_order_for_the_prior_number_never_miss_each_other() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            PatientId prior = new PatientId("RACE-P" + round, "NORTH");
            PatientId survivor = new PatientId("RACE-S" + round, "NORTH");
            String early = "RE-" + round;
            String late = "RL-" + round;
            if (round % 2 == 0) {
                order(early, prior);
            }

            together(List.of(
                    () -> merge(pair(prior, survivor)), () -> order(late, prior), () -> order(late + "B", prior)));

            assertThat(patientsOf(late)).as("round %d", round).containsOnly(survivor);
            assertThat(patientsOf(late + "B")).as("round %d", round).containsOnly(survivor);
            if (round % 2 == 0) {
                assertThat(patientsOf(early)).containsOnly(survivor);
            }
        }
    }

    /** Of the race: a database that is a file of one process needs fewer. */
    int rounds() {
        return 10;
    }

    private void add(PatientId id) {
        transactions().run(session -> session.patients().add(PatientRecord.unknown(id)));
    }

    private PatientRecord find(PatientId id) {
        return transactions().read(session -> session.patients().find(id).orElseThrow());
    }

    private PatientId resolve(PatientId id) {
        return transactions().read(session -> session.patients().resolve(id));
    }

    private List<StoredResult> resultsOf(String controlId) {
        return transactions().read(session -> session.results().ofControlId("REPORTS|NORTH", controlId));
    }

    /** Every patient that the accession and its entries name. */
    private Collection<PatientId> patientsOf(String accession) {
        AccessionNumber number = new AccessionNumber(accession);
        Function<Session, Collection<PatientId>> look = session -> {
            Collection<PatientId> patients = new TreeSet<>();
            patients.add(session.accessions()
                    .find(number)
                    .map(Accession::patient)
                    .orElseThrow()
                    .id());
            for (ScheduledStep step : session.scheduledSteps().ofAccession(number)) {
                patients.add(new PatientId(
                        step.dataSet().text(Tags.PatientID), step.dataSet().text(Tags.IssuerOfPatientID)));
            }
            return patients;
        };
        return transactions().read(look);
    }

    private DataSet entry(String accession) {
        return transactions()
                .read(session -> session.scheduledSteps()
                        .ofAccession(new AccessionNumber(accession))
                        .get(0)
                        .dataSet());
    }

    private List<String> outboxTypes(String accession) {
        AccessionNumber number = new AccessionNumber(accession);
        return transactions()
                .<List<OutboxMessage>>read(session -> session.outbox().pending(100_000))
                .stream()
                .filter(notice -> number.equals(notice.accession()))
                .map(OutboxMessage::eventType)
                .toList();
    }

    private Object order(String accession, PatientId patient) {
        DataSet attributes = Dictionary.dataSet()
                .put(Tags.AccessionNumber, accession)
                .put(Tags.FillerOrderNumberImagingServiceRequest, "F-" + accession)
                .put(Tags.StudyInstanceUID, Uid.ofName(accession))
                .put(Tags.PatientID, patient.id())
                .put(Tags.IssuerOfPatientID, patient.issuerOrEmpty())
                .put(Tags.PatientName, "DOE^JOHN")
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepID, "SPS1")
                                .put(Tags.ScheduledStationAETitle, "CT1")
                                .put(Tags.Modality, "CT")
                                .put(Tags.ScheduledProcedureStepStartDate, "20261122")
                                .build())
                .build();
        return orders.accept(new OrderMessage(
                reception("RIS|NORTH"), OrderForm.OBR, OrderPolicies.STANDARD, List.of(NewOrders.step(attributes))));
    }

    private static Pair pair(PatientId prior, PatientId survivor) {
        return new Pair(
                survivor,
                List.of(),
                prior,
                Dictionary.dataSet().put(Tags.PatientName, "DOE^JOHN").build());
    }

    private Object merge(Pair... pairs) {
        return merges.merge(new MergeMessage(reception("ADT|NORTH"), Kind.MERGE, Arrays.asList(pairs)));
    }

    private Object result(String accession, ResultStatus status) {
        return results.accept(new ResultMessage(
                reception("REPORTS|NORTH"),
                places -> "MSH",
                null,
                List.of(new ReportedResult(null, null, new AccessionNumber(accession), "CT", status, null))));
    }

    private Reception reception(String sender) {
        String message = getClass().getSimpleName() + messages.incrementAndGet() + System.identityHashCode(this);
        return new Reception(
                new ReceivedMessage.Key(sender, message, message), "", "default", NOW, NOW, new byte[] {1});
    }

    private static void together(List<Callable<Object>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            CountDownLatch ready = new CountDownLatch(work.size());
            List<Future<Object>> running = work.stream()
                    .map(one -> threads.submit(() -> {
                        ready.countDown();
                        awaitLatch(ready);
                        return one.call();
                    }))
                    .toList();
            for (Future<Object> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
