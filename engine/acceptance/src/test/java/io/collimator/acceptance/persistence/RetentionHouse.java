package io.collimator.acceptance.persistence;

import static io.collimator.acceptance.persistence.CustodyHouse.ARCHIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.custody.InstanceReference;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.patient.MergeMessage;
import io.collimator.workflow.patient.PatientEvent;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientMessage;
import io.collimator.workflow.patient.PatientPolicy;
import io.collimator.workflow.port.Retention;
import io.collimator.workflow.port.Retention.Kind;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.result.ReportedResult;
import io.collimator.workflow.result.ResultMessage;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.AcceptResult;
import io.collimator.workflow.usecase.DeliverReports.Report;
import io.collimator.workflow.usecase.DispatchCommitments.Question;
import io.collimator.workflow.usecase.ForgetFinished;
import io.collimator.workflow.usecase.MergePatients;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.usecase.UpdatePatient;
import io.collimator.workflow.usecase.ViewAccession.AccessionView;
import io.collimator.workflow.version.MappingVersion;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A department whose time goes on by hand: its use cases on a real store, and what forgets. */
final class RetentionHouse {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration TWO_MONTHS = Duration.ofDays(60);

    final SetClock clock = new SetClock();

    private final Transactions transactions;
    private final CustodyHouse custody;
    private final AcceptOrder orders;
    private final AcceptResult results;
    private final UpdatePatient updates;
    private final MergePatients merges;
    private final ForgetFinished forgetFinished;
    private final Set<Uid> missing = new HashSet<>();
    private final Set<Uid> unanswered = new HashSet<>();
    private int messages;

    /** Stands until it is told to go on. */
    static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T08:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    RetentionHouse(Transactions transactions) {
        this.transactions = transactions;
        custody = new CustodyHouse(transactions, clock);
        Notices notices = new Notices(
                clock,
                UUID::randomUUID,
                (id, at, notice) -> notice.toString().contains("Result") ? "x".repeat(1_000_001) : "PID|DOE^JOHN");
        AcceptOrder.Context context = new AcceptOrder.Context(transactions, clock, UUID::randomUUID, notices, WEEK);
        orders = new AcceptOrder(context, custody.late, ZoneOffset.UTC);
        results = new AcceptResult(context);
        updates = new UpdatePatient(context, PatientPolicy.standard(ZoneOffset.UTC));
        merges = new MergePatients(context, custody.late);
        forgetFinished = new ForgetFinished(
                transactions,
                clock,
                Map.ofEntries(
                        Map.entry(Kind.NOTICES, MONTH),
                        Map.entry(Kind.MESSAGES, WEEK),
                        Map.entry(Kind.EARLY_STOPS, WEEK),
                        Map.entry(Kind.ACCESSIONS, TWO_MONTHS),
                        Map.entry(Kind.CLOSED_EXCEPTIONS, MONTH),
                        Map.entry(Kind.OPEN_EVIDENCE, TWO_MONTHS),
                        Map.entry(Kind.RESULTS, TWO_MONTHS),
                        Map.entry(Kind.RESULT_LINES, TWO_MONTHS),
                        Map.entry(Kind.ARCHIVE_QUESTIONS, TWO_MONTHS),
                        Map.entry(Kind.PATIENTS, TWO_MONTHS),
                        Map.entry(Kind.MERGED_PATIENTS, TWO_MONTHS)));
    }

    void forget() {
        for (Kind kind : Kind.values()) {
            @Nullable String after = null;
            int batches = 0;
            do {
                Retention.Batch batch = forgetFinished.next(kind, after);
                after = batch.next();
            } while (after != null && ++batches < 100);
            assertThat(after).as(kind.label()).isNull();
        }
    }

    void order(String accession, String patient) {
        DataSet attributes = Dictionary.dataSet()
                .put(Tags.AccessionNumber, accession)
                .put(Tags.FillerOrderNumberImagingServiceRequest, "F-" + accession)
                .put(Tags.StudyInstanceUID, Uid.ofName(accession))
                .put(Tags.PatientID, patient)
                .put(Tags.PatientName, "DOE^JOHN")
                .put(Tags.Allergies, "penicillin")
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepID, "S1")
                                .put(Tags.ScheduledStationAETitle, "CT1")
                                .put(Tags.Modality, "CT")
                                .put(Tags.ScheduledProcedureStepStartDate, "20260101")
                                .build())
                .build();
        accept(NewOrders.step(attributes, new SentFields(Map.of("MSH-3", "RIS", "PV1-3", "WARD 4"))));
    }

    SentFields sent(String accession) {
        return transactions.read(session -> session.accessions().sent(new AccessionNumber(accession)));
    }

    void change(String accession, OrderAction action, String control) {
        accept(new OrderedStep(
                new OrderedStep.Instruction(action, control, null),
                1,
                1,
                null,
                OrderedStep.ParentOrder.NONE,
                Dictionary.dataSet()
                        .put(Tags.AccessionNumber, accession)
                        .put(Tags.FillerOrderNumberImagingServiceRequest, "F-" + accession)
                        .build(),
                DataSet.empty()));
    }

    private void accept(OrderedStep step) {
        orders.accept(new OrderMessage(reception("RIS|NORTH"), OrderForm.OBR, OrderPolicies.STANDARD, List.of(step)));
    }

    /** As the order's side tells of a modality that reports nothing. */
    void close(String accession) {
        AccessionNumber number = new AccessionNumber(accession);
        transactions.run(session -> {
            session.accessions().lock(number);
            ScheduledStep step = session.scheduledSteps().ofAccession(number).get(0);
            session.scheduledSteps().save(step.withStatus(StepStatus.CLOSED));
        });
    }

    void perform(String accession) {
        perform(accession, List.of(Uid.of(UUID.randomUUID()), Uid.of(UUID.randomUUID())));
    }

    private void perform(String accession, List<Uid> instances) {
        Uid step = Uid.of(UUID.randomUUID());
        custody.create(step, accession);
        custody.set(step, "COMPLETED", instances);
        custody.askCommitment(Uid.of(UUID.randomUUID()), instances);
    }

    /** An exam whose images the archive does not have, or of which it says nothing. */
    void uncommitted(String accession, boolean answered) {
        List<Uid> instances = List.of(Uid.of(UUID.randomUUID()));
        (answered ? missing : unanswered).addAll(instances);
        order(accession, "P1");
        perform(accession, instances);
    }

    /** The archive is asked what is due and answers; reports are delivered. */
    void dispatch() {
        for (Question question : custody.dispatch.due(clock.instant(), 100, Set.of())) {
            custody.dispatch.asked(question.transaction());
            List<Uid> asked = question.instances().stream()
                    .map(InstanceReference::sopInstance)
                    .toList();
            if (asked.stream().noneMatch(unanswered::contains)) {
                List<Uid> lost = asked.stream().filter(missing::contains).toList();
                List<Uid> there = new ArrayList<>(asked);
                there.removeAll(lost);
                custody.reports.report(ARCHIVE, CustodyHouse.report(question.transaction(), there, lost));
            }
        }
        for (Report report : custody.delivery.due(clock.instant(), 100, Set.of())) {
            custody.delivery.delivered(report.id());
        }
        custody.unmatched.raise(clock.instant(), 100);
    }

    void result(String accession, ResultStatus status) {
        results.accept(new ResultMessage(
                reception("REPORTS|NORTH"),
                places -> "MSH",
                null,
                List.of(new ReportedResult(null, null, new AccessionNumber(accession), "CT", status, null))));
    }

    void admit(String patient) {
        updates.update(new PatientMessage(
                reception("ADT|NORTH"),
                PatientEvent.UPDATE,
                new PatientId(patient, null),
                List.of(),
                Dictionary.dataSet().put(Tags.PatientName, "DOE^JANE").build()));
    }

    void merge(PatientId prior, PatientId survivor) {
        admit(prior.id());
        merges.merge(new MergeMessage(
                reception("ADT|NORTH"),
                MergeMessage.Kind.MERGE,
                List.of(new MergeMessage.Pair(survivor, List.of(), prior, DataSet.empty()))));
    }

    void mapping(int number) {
        transactions.run(session -> {
            session.mappingVersions()
                    .add(new MappingVersion(
                            number, clock.instant(), "admin", "", "digest", "changes", Map.of("tables/x.csv", "a,b")));
            session.mappingVersions().removeBefore(number - 9);
        });
    }

    UUID exception() {
        UUID id = UUID.randomUUID();
        transactions.run(session -> session.exceptions()
                .add(new ExceptionRecord(
                        id,
                        clock.instant(),
                        ExceptionType.MESSAGE_REFUSED,
                        null,
                        "RIS|NORTH",
                        "PID-3 is empty.",
                        new ExceptionRecord.Evidence("x-application/hl7-v2+er7", new byte[] {1, 2, 3}))));
        return id;
    }

    void close(UUID exception) {
        transactions.run(session -> {
            session.exceptions().goesOn(exception.toString(), exception);
            session.exceptions().close(exception.toString(), clock.instant());
        });
    }

    List<OutboxMessage> pending() {
        return transactions.read(session -> session.outbox().pending(1_000));
    }

    void sent(List<UUID> notices) {
        transactions.run(session -> session.outbox().markSent(notices, clock.instant()));
    }

    AccessionView view(String accession) {
        return (AccessionView) custody.view.view(new AccessionReference(accession, null));
    }

    DataSet entry(String accession) {
        return transactions
                .read(session -> session.scheduledSteps().ofAccession(new AccessionNumber(accession)))
                .get(0)
                .dataSet();
    }

    private Reception reception(String sender) {
        String message = "R-" + ++messages;
        return new Reception(
                new ReceivedMessage.Key(sender, message, message),
                "",
                "default",
                clock.instant(),
                clock.instant(),
                new byte[] {1});
    }
}
