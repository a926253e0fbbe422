package io.collimator.engine.wiring;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.messaging.NoticeFormat;
import io.collimator.workflow.patient.PatientPolicy;
import io.collimator.workflow.port.CommitmentPeers;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.AcceptAppointment;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.AcceptResult;
import io.collimator.workflow.usecase.AccessionProgress;
import io.collimator.workflow.usecase.AssignStation;
import io.collimator.workflow.usecase.CommitmentLinks;
import io.collimator.workflow.usecase.CorrectPatients;
import io.collimator.workflow.usecase.CustodyContext;
import io.collimator.workflow.usecase.HeldLines;
import io.collimator.workflow.usecase.IgnoreMessage;
import io.collimator.workflow.usecase.LatePerformedSteps;
import io.collimator.workflow.usecase.MergePatients;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.usecase.PerformedStepMatching;
import io.collimator.workflow.usecase.Problems;
import io.collimator.workflow.usecase.QueryWorklist;
import io.collimator.workflow.usecase.RecordBroker;
import io.collimator.workflow.usecase.RecordDelivery;
import io.collimator.workflow.usecase.RecordLoginFailures;
import io.collimator.workflow.usecase.RecordPerformedStep;
import io.collimator.workflow.usecase.RecordRefusal;
import io.collimator.workflow.usecase.RecordTransliteration;
import io.collimator.workflow.usecase.RecordUndeliveredNotice;
import io.collimator.workflow.usecase.RecordWaitingDelivery;
import io.collimator.workflow.usecase.RenameAuthorities;
import io.collimator.workflow.usecase.UpdatePatient;
import io.collimator.workflow.usecase.ViewAccession;
import io.collimator.workflow.usecase.ViewPerformedStep;
import io.collimator.workflow.worklist.WorklistSettings;
import java.time.Clock;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The use cases with everything that they stand on.
 *
 * @param queryWorklist for modalities
 * @param searchWorklist for the console
 */
record UseCases(
        AcceptOrder acceptOrder,
        AcceptAppointment acceptAppointment,
        AssignStation assignStation,
        UpdatePatient updatePatient,
        MergePatients mergePatients,
        CorrectPatients correctPatients,
        RenameAuthorities renameAuthorities,
        AcceptResult acceptResult,
        RecordRefusal recordRefusal,
        IgnoreMessage ignoreMessage,
        QueryWorklist queryWorklist,
        QueryWorklist searchWorklist,
        RecordPerformedStep recordPerformedStep,
        ViewPerformedStep viewPerformedStep,
        CustodyContext custody,
        ViewAccession viewAccession,
        RecordUndeliveredNotice recordUndeliveredNotice,
        RecordDelivery recordDelivery,
        RecordBroker recordBroker,
        RecordWaitingDelivery recordWaitingDelivery,
        RecordLoginFailures recordLoginFailures,
        RecordTransliteration recordTransliteration,
        HeldLines heldLines) {

    /**
     * What use cases take from outside.
     *
     * @param mayQueryWorklist whether an AE title is registered for the worklist
     * @param isSamePeer whether two AE titles are one peer's
     */
    record Ground(
            TransactionsByWork transactions,
            Clock clock,
            Identifiers identifiers,
            CommitmentPeers peers,
            Predicate<AeTitle> mayQueryWorklist,
            BiPredicate<AeTitle, AeTitle> isSamePeer) {}

    static UseCases of(EngineSettings settings, Ground ground) {
        DataSetCodec codec = new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, evidenceLimits());
        Notices notices = new Notices(ground.clock(), ground.identifiers(), NoticeFormat.of(settings));
        Problems problems = new Problems(ground.clock(), ground.identifiers(), codec::encode, notices);
        AccessionProgress progress = new AccessionProgress(notices);
        PerformedStepMatching matching = new PerformedStepMatching(problems, notices);
        CommitmentLinks links = new CommitmentLinks(notices, progress);
        Transactions modalities = ground.transactions().modalities();
        Transactions orderWork = ground.transactions().orders();
        AcceptOrder.Context orders = context(settings, ground, orderWork, notices);
        AcceptOrder.Context console =
                context(settings, ground, ground.transactions().console(), notices);
        LatePerformedSteps latePerformedSteps = new LatePerformedSteps(matching, links);
        return new UseCases(
                new AcceptOrder(orders, latePerformedSteps, settings.zone()),
                new AcceptAppointment(orders),
                new AssignStation(console, ground.mayQueryWorklist()),
                new UpdatePatient(orders, PatientPolicy.standard(settings.zone())),
                new MergePatients(orders, latePerformedSteps),
                new CorrectPatients(console),
                new RenameAuthorities(orders),
                new AcceptResult(orders),
                new RecordRefusal(orders, settings.zone()),
                new IgnoreMessage(orderWork),
                new QueryWorklist(modalities, ground.clock(), worklistSettings(settings)),
                new QueryWorklist(ground.transactions().console(), ground.clock(), worklistSettings(settings)),
                new RecordPerformedStep(
                        modalities,
                        ground.clock(),
                        ground.identifiers(),
                        ground.isSamePeer(),
                        new RecordPerformedStep.Collaborators(matching, links, progress, problems, notices)),
                new ViewPerformedStep(modalities),
                new CustodyContext(
                        modalities,
                        ground.clock(),
                        ground.identifiers(),
                        ground.peers(),
                        links,
                        problems,
                        settings.archive().custody()),
                new ViewAccession(ground.transactions().console(), settings.zone()),
                new RecordUndeliveredNotice(orderWork, notices, ground.clock()),
                new RecordDelivery(orderWork, notices, ground.clock()),
                new RecordBroker(orderWork, notices, ground.clock()),
                new RecordWaitingDelivery(orders),
                new RecordLoginFailures(orders),
                new RecordTransliteration(orderWork, notices),
                new HeldLines(orders));
    }

    private static AcceptOrder.Context context(
            EngineSettings settings, Ground ground, Transactions transactions, Notices notices) {
        return new AcceptOrder.Context(
                transactions,
                ground.clock(),
                ground.identifiers(),
                notices,
                settings.hl7().retention());
    }

    private static WorklistSettings worklistSettings(EngineSettings settings) {
        return new WorklistSettings(
                settings.zone(),
                settings.worklist().visibleStatuses(),
                settings.worklist().hideAfterDays(),
                settings.worklist().maxResponses(),
                settings.worklist().maxCandidateRows(),
                settings.worklist().hideWithoutStation(),
                settings.worklist().timeWhenOnlyADate());
    }

    private static CodecLimits evidenceLimits() {
        return CodecLimits.defaults();
    }
}
