package io.collimator.acceptance.persistence;

import static io.collimator.acceptance.persistence.CustodyHouse.ARCHIVE;
import static io.collimator.acceptance.persistence.CustodyHouse.CT1;
import static io.collimator.acceptance.persistence.CustodyHouse.NOW;
import static io.collimator.acceptance.persistence.CustodyHouse.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.persistence.Database;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.custody.ArchiveAsk;
import io.collimator.workflow.custody.ArchiveTransaction;
import io.collimator.workflow.custody.CommitmentItem;
import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.custody.InstanceReference;
import io.collimator.workflow.custody.InstanceWord;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.performed.PerformedItem;
import io.collimator.workflow.performed.PerformedItem.Link;
import io.collimator.workflow.performed.PerformedLink;
import io.collimator.workflow.performed.PerformedStatus;
import io.collimator.workflow.performed.PerformedStep;
import io.collimator.workflow.performed.StepKeys;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.DeliverReports.Report;
import io.collimator.workflow.usecase.DispatchCommitments.Question;
import io.collimator.workflow.usecase.ViewAccession.AccessionView;
import io.collimator.workflow.worklist.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every store promises performed steps and commitment; run on each database. Every test uses accession numbers and
 * UIDs of its own.
 */
abstract class CustodyStoreContract {

    private CustodyHouse house;

    abstract Database database();

    @BeforeEach
    void build() {
        house = new CustodyHouse(transactions());
    }

    private Transactions transactions() {
        return database().transactions();
    }

    private <T> T read(Function<Session, T> work) {
        return transactions().read(work);
    }

    private static Uid newUid() {
        return Uid.of(UUID.randomUUID());
    }

    private static List<Uid> newUids(int count) {
        return IntStream.range(0, count).mapToObj(i -> newUid()).toList();
    }

    private InstanceCounts counts(String accession) {
        return transactions().read(session -> session.commitments().counts(new AccessionNumber(accession)));
    }

    private Accession accession(String number) {
        return transactions()
                .read(session -> session.accessions().find(new AccessionNumber(number)))
                .orElseThrow();
    }

    private List<Question> questionsOn(List<Uid> instances, Instant now) {
        List<Question> questions = new ArrayList<>();
        house.dispatch.due(now, 100, Set.of()).stream()
                .filter(question -> question.instances().stream()
                        .map(InstanceReference::sopInstance)
                        .anyMatch(instances::contains))
                .forEach(questions::add);
        questions.forEach(question -> house.dispatch.asked(question.transaction()));
        return questions;
    }

    @Test
    void a_performed_step_comes_back_as_it_was_saved_and_is_found_by_each_of_its_keys() {
        // given
        DataSet attributes = Dictionary.dataSet()
                .put(Tags.PatientName, "DOE^JÖRG=山田")
                .put(Tags.PerformedProcedureStepStatus, "IN PROGRESS")
                .build();
        Uid study = newUid();
        PerformedItem scheduled = PerformedItem.unmatched(new StepKeys(study, null, "RP", "S1"))
                .linked(new AccessionNumber("PS-1"), "S1");
        PerformedItem unscheduled = PerformedItem.unmatched(new StepKeys(study, new AccessionNumber("PS-2"), "", ""));
        PerformedStep step = PerformedStep.begun(newUid(), CT1, attributes, "CT1 " + study, NOW)
                .withItems(List.of(scheduled, unscheduled));

        // when
        transactions().run(session -> session.performedSteps().save(step));

        // then
        transactions().read(session -> {
            assertThat(session.performedSteps().find(step.sopInstance())).contains(step);
            assertThat(session.performedSteps().findRepeated("CT1 " + study)).contains(step);
            assertThat(session.performedSteps().unscheduledFor(new AccessionNumber("PS-2"), List.of()))
                    .containsExactly(step);
            assertThat(session.performedSteps().unscheduledFor(new AccessionNumber("PS-9"), List.of(study)))
                    .containsExactly(step);
            assertThat(session.performedSteps().linksOf(new AccessionNumber("PS-1")))
                    .extracting(link -> link.performedStep() + link.scheduledStepId() + link.status())
                    .containsExactly(step.sopInstance() + "S1" + "IN_PROGRESS");
            assertThat(session.performedSteps().linksOf(new AccessionNumber("PS-2")))
                    .isEmpty();
            return true;
        });
    }

    @Test
    void a_performed_step_is_changed_with_its_items_and_its_repeat_key_is_free_again() {
        // given
        Uid study = newUid();
        PerformedStep step = PerformedStep.begun(newUid(), CT1, DataSet.empty(), "CT1 again " + study, NOW)
                .withItems(List.of(PerformedItem.unmatched(new StepKeys(study, null, "", ""))
                        .linked(new AccessionNumber("PS-3"), null)));
        transactions().run(session -> session.performedSteps().save(step));

        // when
        PerformedStep ended = step.changed(DataSet.empty(), PerformedStatus.COMPLETED)
                .withItems(List.of(step.items().get(0).unlinked(Link.WITHDRAWN)));
        transactions().run(session -> session.performedSteps().save(ended));

        // then
        transactions().read(session -> {
            assertThat(session.performedSteps().find(step.sopInstance())).contains(ended);
            assertThat(session.performedSteps().findRepeated("CT1 again " + study))
                    .isEmpty();
            assertThat(session.performedSteps().linksOf(new AccessionNumber("PS-3")))
                    .isEmpty();
            assertThat(session.performedSteps().unscheduledFor(new AccessionNumber("PS-3"), List.of(study)))
                    .isEmpty();
            return true;
        });
    }

    @Test
    void what_another_peer_says_of_a_performed_step_is_kept_and_changes_nothing() {
        Uid step = house.create(newUid(), "PS-OTHER");
        house.setFrom(ARCHIVE, step, "COMPLETED", newUids(2));
        assertThat(counts("PS-OTHER").expected()).isZero();
        assertThat(read(session -> session.exceptions().list(null, 1)).get(0).type())
                .hasToString("PERFORMED_STEP_OF_ANOTHER");
    }

    @Test
    void who_changed_an_outdated_performed_step_runs_again() throws Exception {
        // given
        Uid uid = newUid();
        house.create(uid);
        CountDownLatch bothRead = new CountDownLatch(2);
        AtomicInteger runs = new AtomicInteger();

        // when
        Callable<?> change = () -> transactions().run(session -> {
            PerformedStep step = session.performedSteps().find(uid).orElseThrow();
            if (runs.incrementAndGet() <= 2) {
                bothRead.countDown();
                await(bothRead);
            }
            String comment = step.dataSet().text(Tags.CommentsOnThePerformedProcedureStep) + "+";
            session.performedSteps()
                    .save(step.changed(
                            Dictionary.dataSet()
                                    .put(Tags.CommentsOnThePerformedProcedureStep, comment)
                                    .build(),
                            PerformedStatus.IN_PROGRESS));
        });
        inTwoThreads(change, change);

        // then
        PerformedStep after = transactions()
                .read(session -> session.performedSteps().find(uid))
                .orElseThrow();
        assertThat(after.dataSet().text(Tags.CommentsOnThePerformedProcedureStep))
                .isEqualTo("++");
        assertThat(runs.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void the_same_creation_twice_at_once_makes_one_step() throws Exception {
        // given
        house.order("CS-TWICE");

        // when
        List<Object> made = inTwoThreads(() -> house.create(null, "CS-TWICE"), () -> house.create(null, "CS-TWICE"));

        // then
        assertThat(made.get(0)).isEqualTo(made.get(1));
        List<PerformedLink> links = read(session -> session.performedSteps().linksOf(new AccessionNumber("CS-TWICE")));
        assertThat(links).hasSize(1);
    }

    @Test
    void accessions_of_a_study_are_those_that_have_it_or_a_step_with_it() {
        house.order("CS-STUDY");

        SortedSet<AccessionNumber> known =
                read(session -> session.performedSteps().accessionsOfStudy(Uid.ofName("CS-STUDY")));
        SortedSet<AccessionNumber> unknown =
                read(session -> session.performedSteps().accessionsOfStudy(newUid()));

        assertThat(known).containsExactly(new AccessionNumber("CS-STUDY"));
        assertThat(unknown).isEmpty();
    }

    @Test
    void a_commitment_request_comes_back_and_its_transaction_is_active_until_it_ends() {
        // given
        Uid transaction = newUid();
        CommitmentRequest request =
                CommitmentRequest.received(UUID.randomUUID(), transaction, CT1, NOW, "0".repeat(64));
        List<Uid> instances = newUids(3);
        List<CommitmentItem> items = IntStream.range(0, 3)
                .mapToObj(i -> new CommitmentItem(
                        i, 0, new InstanceReference(new Uid("1.2"), instances.get(i)), CommitmentItem.Outcome.OPEN, 0))
                .toList();

        // when
        transactions().run(session -> session.commitments().add(request, items));
        CommitmentRequest settled = request.settled(NOW).withRetrieveAe(ARCHIVE);
        transactions().run(session -> {
            assertThat(session.commitments().lock(request.id())).isPresent();
            session.commitments()
                    .updateItems(
                            request.id(),
                            items.stream().map(CommitmentItem::expired).toList());
            session.commitments().update(settled);
        });

        // then
        transactions().run(session -> {
            assertThat(session.commitments().findActive(CT1, transaction)).contains(settled);
            assertThat(session.commitments().findActive(ARCHIVE, transaction)).isEmpty();
            assertThat(session.commitments().items(request.id()))
                    .isEqualTo(items.stream().map(CommitmentItem::expired).toList());
            assertThat(session.commitments().items(request.id(), 1)).isEmpty();
            assertThat(session.commitments().hasOpenItems(request.id())).isFalse();
            assertThat(session.commitments().reportsDue(NOW, 100, Set.of())).contains(request.id());
            assertThat(session.commitments().reportsDue(NOW, 100, Set.of(request.requestor())))
                    .doesNotContain(request.id());
            assertThat(session.commitments().reportsDue(NOW.minusMillis(1), 100, Set.of()))
                    .doesNotContain(request.id());
            session.commitments().update(settled.ended(CommitmentRequest.State.REPORTED));
        });
        Optional<CommitmentRequest> active =
                read(session -> session.commitments().findActive(CT1, transaction));
        assertThat(active).isEmpty();
    }

    @Test
    void asks_and_transactions_are_read_as_they_are_after_the_lock() throws Exception {
        // given
        CommitmentRequest request = CommitmentRequest.received(UUID.randomUUID(), newUid(), CT1, NOW, "1".repeat(64));
        ArchiveAsk ask = ArchiveAsk.due(request.id(), 0, NOW);
        ArchiveTransaction sent = new ArchiveTransaction(newUid(), request.id(), 0, ARCHIVE, NOW, null);
        transactions().run(session -> {
            session.commitments().add(request, List.of());
            session.commitments().asks().save(ask);
            session.commitments().asks().save(sent);
        });

        // when
        transactions().run(session -> {
            assertThat(session.commitments().asks().findTransaction(sent.transaction()))
                    .isPresent();
            inOtherThread(() -> transactions().run(other -> {
                other.commitments().asks().save(sent.answered("2".repeat(64)));
                other.commitments().asks().save(ask.settled());
            }));
            assertThat(session.commitments().lock(request.id())).isPresent();

            // then
            assertThat(session.commitments().asks().findTransaction(sent.transaction()))
                    .contains(sent.answered("2".repeat(64)));
            assertThat(session.commitments().asks().find(request.id(), 0)).contains(ask.settled());
            assertThat(session.commitments().asks().due(NOW, 100, Set.of())).doesNotContain(ask);
        });
    }

    /** H2 gave the counts of the accession before, from its cache of statements. */
    @Test
    void each_accession_has_counts_of_its_own_also_when_one_is_asked_after_the_other() {
        house.order("CS-NONE");
        house.order("CS-TWO");
        house.set(house.create(newUid(), "CS-TWO"), "COMPLETED", newUids(2));

        List<InstanceCounts> asked = read(session -> Stream.of("CS-TWO", "CS-NONE", "CS-TWO")
                .map(accession -> session.commitments().counts(new AccessionNumber(accession)))
                .toList());

        assertThat(asked).extracting(InstanceCounts::expected).containsExactly(2, 0, 2);
    }

    @Test
    void the_last_word_on_an_instance_counts() {
        // given
        house.order("CS-WORD");
        List<Uid> instances = newUids(3);
        Uid step = house.create(newUid(), "CS-WORD");
        house.set(step, "COMPLETED", instances);

        // when
        transactions()
                .run(session -> session.commitments()
                        .record(List.of(
                                new InstanceWord(instances.get(0), false, 0x0112, ARCHIVE, NOW),
                                new InstanceWord(instances.get(1), false, 0x0112, ARCHIVE, NOW))));
        transactions()
                .run(session -> session.commitments()
                        .record(List.of(
                                new InstanceWord(instances.get(0), true, 0, ARCHIVE, NOW),
                                new InstanceWord(newUid(), true, 0, ARCHIVE, NOW))));

        // then
        assertThat(counts("CS-WORD")).isEqualTo(new InstanceCounts(3, 1, 1));
    }

    @Test
    void a_request_before_its_performed_step_is_linked_and_instances_of_others_count_there() {
        // given
        house.order("CS-A");
        house.order("CS-B");
        List<Uid> instances = newUids(4);
        house.askCommitment(newUid(), instances);

        // when
        house.set(house.create(newUid(), "CS-A"), "COMPLETED", instances.subList(0, 1));
        house.set(house.create(newUid(), "CS-B"), "COMPLETED", instances.subList(1, 2));

        // then
        assertThat(counts("CS-A").expected()).isEqualTo(3);
        assertThat(counts("CS-B").expected()).isEqualTo(3);
        AccessionView view = (AccessionView) house.view.view(new AccessionReference("CS-A", null));
        assertThat(view.timeline())
                .extracting(entry -> entry.kind())
                .containsExactly("mpps.in-progress", "mpps.completed", "commitment.requested");
        assertThat(view.steps()).extracting(shown -> shown.status()).containsExactly(StepStatus.COMPLETED);
        assertThat(view.instancesFinal()).isTrue();
    }

    @Test
    void an_exam_goes_through_to_custody_and_each_step_continues_from_the_store_alone() {
        // given
        house.order("CS-EXAM");
        List<Uid> instances = newUids(5);
        Uid transaction = newUid();

        // when
        Uid step = house.create(null, "CS-EXAM");
        build();
        house.set(step, "COMPLETED", instances);
        build();
        house.askCommitment(transaction, instances);
        build();
        Question first = questionsOn(instances, NOW).get(0);
        build();
        house.reports.report(ARCHIVE, report(first.transaction(), instances.subList(0, 4), instances.subList(4, 5)));
        CustodyState missingOne = accession("CS-EXAM").custodyState();
        build();
        Question again = questionsOn(instances, NOW.plus(Duration.ofMinutes(1))).get(0);
        house.reports.report(ARCHIVE, report(again.transaction(), instances.subList(4, 5), List.of()));
        build();
        Report report = house.delivery.due(NOW, 100, Set.of()).stream()
                .filter(due -> due.transaction().equals(transaction))
                .findFirst()
                .orElseThrow();
        house.delivery.delivered(report.id());

        // then
        assertThat(missingOne).isEqualTo(CustodyState.FAILED);
        assertThat(again.instances()).hasSize(1);
        assertThat(report.committed()).hasSize(5);
        assertThat(report.failed()).isEmpty();
        assertThat(report.retrieveAe()).contains(new AeTitle("ARCHIVE_QR"));
        assertThat(accession("CS-EXAM").custodyState()).isEqualTo(CustodyState.COMMITTED);
        assertThat(house.delivery.due(NOW.plus(Duration.ofDays(1)), 100, Set.of()))
                .noneMatch(due -> due.transaction().equals(transaction));
    }

    @Test
    void two_reports_on_one_request_at_once_settle_it_once() throws Exception {
        // given
        List<Uid> instances = newUids(1500);
        Uid transaction = newUid();
        house.askCommitment(transaction, instances);
        List<Question> questions = questionsOn(instances, NOW);

        // when
        inTwoThreads(() -> answer(questions.get(0)), () -> answer(questions.get(1)));

        // then
        assertThat(questions).hasSize(2);
        assertThat(house.delivery.due(NOW, 100, Set.of()))
                .filteredOn(due -> due.transaction().equals(transaction))
                .hasSize(1);
    }

    private Object answer(Question question) {
        return house.reports.report(
                ARCHIVE,
                report(
                        question.transaction(),
                        question.instances().stream()
                                .map(InstanceReference::sopInstance)
                                .toList(),
                        List.of()));
    }

    @Test
    @Timeout(300)
    void ten_thousand_instances_are_no_burden() {
        // given
        house.order("CS-LARGE");
        List<Uid> instances = newUids(10_000);
        Uid transaction = newUid();

        // when
        house.set(house.create(newUid(), "CS-LARGE"), "COMPLETED", instances);
        house.askCommitment(transaction, instances);
        List<Question> questions = questionsOn(instances, NOW);
        questions.forEach(this::answer);

        // then
        assertThat(questions).hasSize(10);
        assertThat(counts("CS-LARGE")).isEqualTo(new InstanceCounts(10_000, 10_000, 0));
        assertThat(accession("CS-LARGE").custodyState()).isEqualTo(CustodyState.COMMITTED);
        assertThat(house.delivery.due(NOW, 100, Set.of()))
                .filteredOn(due -> due.transaction().equals(transaction))
                .singleElement()
                .satisfies(due -> assertThat(due.committed()).hasSize(10_000));
    }

    private static List<Object> inTwoThreads(Callable<?> one, Callable<?> other) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = threads.submit(one);
            Future<?> second = threads.submit(other);
            return List.of(first.get(60, TimeUnit.SECONDS), second.get(60, TimeUnit.SECONDS));
        } finally {
            threads.shutdownNow();
        }
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

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
