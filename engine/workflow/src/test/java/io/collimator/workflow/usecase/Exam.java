package io.collimator.workflow.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CustodySettings;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.port.CommitmentPeers;
import io.collimator.workflow.testing.CountingIdentifiers;
import io.collimator.workflow.testing.MemoryStore;
import io.collimator.workflow.testing.TestClock;
import io.collimator.workflow.usecase.RecordPerformedStep.Recorded;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** An engine without sockets and database: what an exam needs of it, in the words of an exam. */
final class Exam {

    static final AeTitle CT1 = new AeTitle("CT1");
    static final AeTitle ARCHIVE = new AeTitle("ARCHIVE");
    static final Uid STUDY = new Uid("1.2.826.1");

    final TestClock clock = new TestClock();
    final MemoryStore store = new MemoryStore(clock);
    Optional<AeTitle> archive = Optional.of(ARCHIVE);
    final Map<AeTitle, AeTitle> archiveByStation = new HashMap<>();
    final Map<String, AeTitle> archiveBySender = new HashMap<>();
    boolean reachable = true;

    private final CountingIdentifiers identifiers = new CountingIdentifiers();
    private final Notices notices = new Notices(clock, identifiers, (id, at, notice) -> "");
    private final AccessionProgress progress = new AccessionProgress(notices);
    private final Problems problems = new Problems(
            clock,
            identifiers,
            new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults())::encode,
            notices);
    private final CommitmentLinks links = new CommitmentLinks(notices, progress);
    private final PerformedStepMatching matching = new PerformedStepMatching(problems, notices);
    private final CustodyContext custody =
            new CustodyContext(store, clock, identifiers, new Peers(), links, problems, CustodySettings.defaults());

    final RecordPerformedStep performedSteps = new RecordPerformedStep(
            store,
            clock,
            identifiers,
            AeTitle::equals,
            new RecordPerformedStep.Collaborators(matching, links, progress, problems, notices));
    final LatePerformedSteps late = new LatePerformedSteps(matching, links);
    final RequestCommitment requests = new RequestCommitment(custody);
    final DispatchCommitments dispatch = new DispatchCommitments(custody);
    final RecordArchiveReport reports = new RecordArchiveReport(custody);
    final DeliverReports delivery = new DeliverReports(custody);
    final RaiseUnmatchedCommitments unmatched = new RaiseUnmatchedCommitments(custody);
    final ViewAccession view = new ViewAccession(store, ZoneOffset.UTC);

    private final class Peers implements CommitmentPeers {
        @Override
        public Optional<AeTitle> archiveFor(AeTitle requestor, Supplier<List<SentFields>> orders) {
            if (archiveByStation.containsKey(requestor)) {
                return Optional.of(archiveByStation.get(requestor));
            }
            return archiveBySender.isEmpty()
                    ? archive
                    : orders.get().stream()
                            .map(sent -> archiveBySender.get(sent.sendingApplication()))
                            .filter(Objects::nonNull)
                            .findFirst()
                            .or(() -> archive);
        }

        @Override
        public boolean canReportTo(AeTitle requestor) {
            return reachable;
        }
    }

    /** An order of patient P1 with these steps; what was performed before is linked as the order's use case does it. */
    Exam ordered(String accession, String... stepIds) {
        return orderedFor("P1", accession, stepIds);
    }

    Exam orderedFor(String patient, String accession, String... stepIds) {
        return orderedFor(new PatientId(patient, "HOSPITAL"), new AccessionNumber(accession), stepIds);
    }

    Exam orderedFor(PatientId patient, AccessionNumber number, String... stepIds) {
        Optional<Accession> before = store.accessions().lock(number);
        Accession order = new Accession(
                number,
                new Patient(patient, "DOE^JANE", "", "F"),
                studyOf(number.key()),
                number.value(),
                new OrderNumber("PL-" + number.value(), number.issuer()),
                new OrderNumber("FI-" + number.value(), number.issuer()),
                OrderStatus.SCHEDULED,
                before.map(Accession::procedureState).orElse(ProcedureState.SCHEDULED),
                before.map(Accession::custodyState).orElse(CustodyState.NONE));
        store.accessions().save(order);
        IntStream.range(0, stepIds.length).forEach(i -> store.scheduledSteps().save(step(number, stepIds[i], i + 1)));
        late.relink(store, number);
        progress.refresh(store, before, order);
        return this;
    }

    static Uid studyOf(String accession) {
        return Uid.ofName(accession);
    }

    private ScheduledStep step(AccessionNumber number, String stepId, int ordinal) {
        DataSet entry = Dictionary.dataSet()
                .put(Tags.AccessionNumber, number.value())
                .put(Tags.StudyInstanceUID, studyOf(number.key()))
                .put(Tags.RequestedProcedureID, number.value())
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepID, stepId)
                                .put(Tags.Modality, "CT")
                                .put(Tags.ScheduledStationAETitle, "CT1")
                                .put(Tags.ScheduledProcedureStepStartDate, "20261122")
                                .put(Tags.ScheduledProcedureStepStartTime, "0915")
                                .build())
                .build();
        return new ScheduledStep(number, stepId, ordinal, false, StepStatus.SCHEDULED, entry, clock.instant());
    }

    /** An item of ScheduledStepAttributesSequence; the Study UID is the order's. */
    static DataSet item(String accession, String stepId) {
        return item(accession, stepId, studyOf(accession));
    }

    static DataSet item(String accession, String stepId, Uid study) {
        return Dictionary.dataSet()
                .put(Tags.StudyInstanceUID, study)
                .put(Tags.AccessionNumber, accession)
                .put(Tags.ScheduledProcedureStepID, stepId)
                .build();
    }

    /** The attributes of an N-CREATE of patient P1. */
    static DataSet begin(DataSet... items) {
        return beginFor("P1", items);
    }

    static DataSet beginFor(String patient, DataSet... items) {
        return Dictionary.dataSet()
                .put(Tags.PatientID, patient)
                .put(Tags.PatientName, "Doe^Jane")
                .put(Tags.PerformedProcedureStepStatus, "IN PROGRESS")
                .put(Tags.PerformedProcedureStepID, "PPS1")
                .put(Tags.PerformedStationAETitle, "CT1")
                .put(Tags.PerformedProcedureStepStartDate, "20261122")
                .put(Tags.PerformedProcedureStepStartTime, "081500.12")
                .put(Tags.Modality, "CT")
                .items(Tags.ScheduledStepAttributesSequence, items)
                .build();
    }

    /** The modifications of an N-SET with these instances in one series. */
    static DataSet end(String status, String... instances) {
        List<DataSet> references = Arrays.stream(instances)
                .map(uid -> Dictionary.dataSet()
                        .put(Tags.ReferencedSOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
                        .put(Tags.ReferencedSOPInstanceUID, uid)
                        .build())
                .toList();
        return Dictionary.dataSet()
                .put(Tags.PerformedProcedureStepStatus, status)
                .items(
                        Tags.PerformedSeriesSequence,
                        Dictionary.dataSet()
                                .items(Tags.ReferencedImageSequence, references)
                                .build())
                .build();
    }

    static DataSet wrongEntry(DataSet modifications) {
        return Dictionary.dataSet(modifications)
                .items(
                        Tags.PerformedProcedureStepDiscontinuationReasonCodeSequence,
                        Dictionary.dataSet()
                                .put(Tags.CodeValue, "110514")
                                .put(Tags.CodingSchemeDesignator, "DCM")
                                .build())
                .build();
    }

    Uid create(String uid, DataSet attributes) {
        return performedSteps
                .create(new RecordPerformedStep.Request(CT1, new Uid(uid), attributes))
                .sopInstance();
    }

    Recorded createFrom(AeTitle modality, String uid, DataSet attributes) {
        return performedSteps.create(new RecordPerformedStep.Request(modality, new Uid(uid), attributes));
    }

    Recorded createWithoutUid(DataSet attributes) {
        return performedSteps.create(new RecordPerformedStep.Request(CT1, null, attributes));
    }

    Recorded set(String uid, DataSet modifications) {
        return setFrom(CT1, uid, modifications);
    }

    Recorded setFrom(AeTitle modality, String uid, DataSet modifications) {
        return performedSteps.set(new RecordPerformedStep.Request(modality, new Uid(uid), modifications));
    }

    /** Accession A1 with a completed step that lists these. */
    void performed(String... instances) {
        ordered("A1", "S1").create("1.1", begin(item("A1", "S1")));
        set("1.1", end("COMPLETED", instances));
    }

    static DataSet commitmentOf(String transaction, String... instances) {
        return Dictionary.dataSet()
                .put(Tags.TransactionUID, transaction)
                .items(
                        Tags.ReferencedSOPSequence,
                        Arrays.stream(instances).map(Exam::reference).toList())
                .build();
    }

    static DataSet reference(String instance) {
        return Dictionary.dataSet()
                .put(Tags.ReferencedSOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
                .put(Tags.ReferencedSOPInstanceUID, instance)
                .build();
    }

    static DataSet failure(String instance, int reason) {
        return Dictionary.dataSet(reference(instance))
                .put(Tags.FailureReason, reason)
                .build();
    }

    static DataSet reportOn(Uid transaction, List<DataSet> committed, List<DataSet> failed) {
        return Dictionary.dataSet()
                .put(Tags.TransactionUID, transaction)
                .items(Tags.ReferencedSOPSequence, committed)
                .items(Tags.FailedSOPSequence, failed)
                .build();
    }

    void askCommitment(String transaction, String... instances) {
        askCommitment(commitmentOf(transaction, instances));
    }

    RequestCommitment.Requested askCommitment(DataSet information) {
        return requests.request(new RequestCommitment.Request(CT1, new Uid("1.2.840.10008.1.20.1.1"), 1, information));
    }

    void askCommitmentFrom(AeTitle station, String transaction, String... instances) {
        requests.request(new RequestCommitment.Request(
                station, new Uid("1.2.840.10008.1.20.1.1"), 1, commitmentOf(transaction, instances)));
    }

    /** What is asked of the archive now; it takes every question. */
    List<DispatchCommitments.Question> askArchive() {
        List<DispatchCommitments.Question> questions = dispatch.due(clock.instant(), 100, Set.of());
        questions.forEach(question -> dispatch.asked(question.transaction()));
        return questions;
    }

    /** Asks the archive, which must come to one question. */
    Uid theTransaction() {
        List<DispatchCommitments.Question> questions = askArchive();
        assertThat(questions).hasSize(1);
        return questions.get(0).transaction();
    }

    void archiveReports(Uid transaction, List<DataSet> committed, List<DataSet> failed) {
        reports.report(ARCHIVE, reportOn(transaction, committed, failed));
    }

    List<DeliverReports.Report> reportsDue() {
        return delivery.due(clock.instant(), 100, Set.of());
    }

    Accession accession(String number) {
        return store.accessions().find(new AccessionNumber(number)).orElseThrow();
    }

    StepStatus stepStatus(String accession, String stepId) {
        return store.scheduledSteps().ofAccession(new AccessionNumber(accession)).stream()
                .filter(step -> step.stepId().equals(stepId))
                .findFirst()
                .orElseThrow()
                .status();
    }

    InstanceCounts counts(String accession) {
        return store.commitments().counts(new AccessionNumber(accession));
    }

    List<ExceptionType> exceptions() {
        return store.raised().stream().map(raised -> raised.type()).toList();
    }
}
