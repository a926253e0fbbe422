package io.collimator.engine.dispatch;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.destination.Destination;
import io.collimator.engine.intake.OpenAssociations;
import io.collimator.engine.messaging.DeadLetterWatch;
import io.collimator.workflow.usecase.CustodyContext;
import io.collimator.workflow.usecase.DeliverReports;
import io.collimator.workflow.usecase.DeliverReports.Report;
import io.collimator.workflow.usecase.DispatchCommitments;
import io.collimator.workflow.usecase.DispatchCommitments.Question;
import java.time.Duration;
import java.util.function.Function;

/** The engine's own work: questions to archives, reports to modalities, housekeeping. */
public final class Dispatch implements AutoCloseable {

    private final DueWorker<Question> questions;
    private final DueWorker<Report> reports;
    private final Housekeeping housekeeping;

    /**
     * How we reach peers.
     *
     * @param archiveDestinations of each archive that may be asked
     */
    public record Peers(
            DicomProvider provider,
            ApplicationEntities registry,
            AeTitle ours,
            DicomLimits limits,
            OpenAssociations associations,
            ArchiveLink archive,
            Function<AeTitle, Destination> archiveDestinations) {}

    /**
     * How often to look, at what, and what to forget.
     *
     * @param poll longest time between two looks at what is due
     */
    public record Pace(Duration poll, Forgetting forgetting, DeadLetterWatch deadLetters) {}

    public Dispatch(CustodyContext context, Peers peers, Pace pace) {
        questions = new DueWorker<>(
                "archive-questions",
                new ArchiveQuestions(
                        new DispatchCommitments(context),
                        peers.archive(),
                        peers.archiveDestinations(),
                        context.clock()),
                pace.poll());
        reports = new DueWorker<>(
                "commitment-reports",
                new ReportDelivery(
                        new DeliverReports(context),
                        peers.associations(),
                        new ReportDelivery.Caller(peers.provider(), peers.registry(), peers.ours(), peers.limits()),
                        context.clock()),
                pace.poll());
        housekeeping = new Housekeeping(context, pace.deadLetters(), pace.forgetting());
    }

    public void start() {
        questions.start();
        reports.start();
        housekeeping.start();
    }

    /** Something was committed that may have made work due. Never blocks. */
    public void wake() {
        questions.wake();
        reports.wake();
    }

    @Override
    public void close() {
        questions.close();
        reports.close();
        housekeeping.close();
    }
}
