package io.collimator.acceptance.persistence;

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
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.port.CommitmentPeers;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.AccessionProgress;
import io.collimator.workflow.usecase.CommitmentLinks;
import io.collimator.workflow.usecase.CustodyContext;
import io.collimator.workflow.usecase.DeliverReports;
import io.collimator.workflow.usecase.DispatchCommitments;
import io.collimator.workflow.usecase.LatePerformedSteps;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.usecase.PerformedStepMatching;
import io.collimator.workflow.usecase.Problems;
import io.collimator.workflow.usecase.RaiseUnmatchedCommitments;
import io.collimator.workflow.usecase.RecordArchiveReport;
import io.collimator.workflow.usecase.RecordPerformedStep;
import io.collimator.workflow.usecase.RequestCommitment;
import io.collimator.workflow.usecase.ViewAccession;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The use cases of performed steps and commitment on a real store, and the data sets that they need. */
final class CustodyHouse {

    static final AeTitle CT1 = new AeTitle("CT1");
    static final AeTitle ARCHIVE = new AeTitle("ARCHIVE");
    static final Instant NOW = Instant.parse("2026-11-22T08:15:00.123456Z");

    final Transactions transactions;
    final RecordPerformedStep performedSteps;
    final LatePerformedSteps late;
    final RequestCommitment requests;
    final DispatchCommitments dispatch;
    final RecordArchiveReport reports;
    final DeliverReports delivery;
    final RaiseUnmatchedCommitments unmatched;
    final ViewAccession view;

    CustodyHouse(Transactions transactions) {
        this(transactions, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    CustodyHouse(Transactions transactions, Clock clock) {
        Identifiers identifiers = UUID::randomUUID;
        Notices notices = new Notices(clock, identifiers, (id, at, notice) -> "{}");
        AccessionProgress progress = new AccessionProgress(notices);
        Problems problems = new Problems(
                clock,
                identifiers,
                new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults())::encode,
                notices);
        CommitmentLinks links = new CommitmentLinks(notices, progress);
        PerformedStepMatching matching = new PerformedStepMatching(problems, notices);
        CustodyContext custody = new CustodyContext(
                transactions, clock, identifiers, new Peers(), links, problems, CustodySettings.defaults());
        this.transactions = transactions;
        performedSteps = new RecordPerformedStep(
                transactions,
                clock,
                identifiers,
                AeTitle::equals,
                new RecordPerformedStep.Collaborators(matching, links, progress, problems, notices));
        late = new LatePerformedSteps(matching, links);
        requests = new RequestCommitment(custody);
        dispatch = new DispatchCommitments(custody);
        reports = new RecordArchiveReport(custody);
        delivery = new DeliverReports(custody);
        unmatched = new RaiseUnmatchedCommitments(custody);
        view = new ViewAccession(transactions, ZoneOffset.UTC);
    }

    private static final class Peers implements CommitmentPeers {
        @Override
        public Optional<AeTitle> archiveFor(AeTitle requestor, Supplier<List<SentFields>> orders) {
            return Optional.of(ARCHIVE);
        }

        @Override
        public boolean canReportTo(AeTitle requestor) {
            return true;
        }
    }

    /** An order of patient P1 with one step S1; study and order are named after the accession. */
    void order(String accession) {
        AccessionNumber number = new AccessionNumber(accession);
        DataSet entry = Dictionary.dataSet()
                .put(Tags.AccessionNumber, accession)
                .put(Tags.StudyInstanceUID, Uid.ofName(accession))
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepID, "S1")
                                .put(Tags.Modality, "CT")
                                .build())
                .build();
        transactions.run(session -> {
            session.accessions()
                    .save(new Accession(
                            number,
                            new Patient(new PatientId("P1", null), "DOE^JÖRG", "", ""),
                            Uid.ofName(accession),
                            accession,
                            null,
                            null,
                            OrderStatus.SCHEDULED,
                            ProcedureState.SCHEDULED,
                            CustodyState.NONE));
            session.scheduledSteps().save(new ScheduledStep(number, "S1", 1, false, StepStatus.SCHEDULED, entry, NOW));
        });
    }

    Uid create(Uid sopInstance, String... accessions) {
        DataSet[] items = List.of(accessions).stream()
                .map(accession -> Dictionary.dataSet()
                        .put(Tags.StudyInstanceUID, Uid.ofName(accession))
                        .put(Tags.AccessionNumber, accession)
                        .put(Tags.ScheduledProcedureStepID, "S1")
                        .build())
                .toArray(DataSet[]::new);
        DataSet attributes = Dictionary.dataSet()
                .put(Tags.PatientID, "P1")
                .put(Tags.PatientName, "Doe^Jörg=山田")
                .put(Tags.PerformedProcedureStepStatus, "IN PROGRESS")
                .put(Tags.PerformedProcedureStepID, "PPS1")
                .items(Tags.ScheduledStepAttributesSequence, items)
                .build();
        return performedSteps
                .create(new RecordPerformedStep.Request(CT1, sopInstance, attributes))
                .sopInstance();
    }

    void set(Uid sopInstance, String status, Collection<Uid> instances) {
        setFrom(CT1, sopInstance, status, instances);
    }

    void setFrom(AeTitle modality, Uid sopInstance, String status, Collection<Uid> instances) {
        DataSet modifications = Dictionary.dataSet()
                .put(Tags.PerformedProcedureStepStatus, status)
                .items(
                        Tags.PerformedSeriesSequence,
                        Dictionary.dataSet()
                                .items(Tags.ReferencedImageSequence, references(instances))
                                .build())
                .build();
        performedSteps.set(new RecordPerformedStep.Request(modality, sopInstance, modifications));
    }

    void askCommitment(Uid transaction, Collection<Uid> instances) {
        DataSet information = Dictionary.dataSet()
                .put(Tags.TransactionUID, transaction)
                .items(Tags.ReferencedSOPSequence, references(instances))
                .build();
        requests.request(new RequestCommitment.Request(CT1, new Uid("1.2.840.10008.1.20.1.1"), 1, information));
    }

    static DataSet report(Uid transaction, Collection<Uid> committed, Collection<Uid> missing) {
        return Dictionary.dataSet()
                .put(Tags.TransactionUID, transaction)
                .put(Tags.RetrieveAETitle, "ARCHIVE_QR")
                .items(Tags.ReferencedSOPSequence, references(committed))
                .items(
                        Tags.FailedSOPSequence,
                        references(missing).stream()
                                .map(reference -> Dictionary.dataSet(reference)
                                        .put(Tags.FailureReason, 0x0112)
                                        .build())
                                .toList())
                .build();
    }

    private static List<DataSet> references(Collection<Uid> instances) {
        return instances.stream()
                .map(uid -> Dictionary.dataSet()
                        .put(Tags.ReferencedSOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
                        .put(Tags.ReferencedSOPInstanceUID, uid)
                        .build())
                .toList();
    }
}
