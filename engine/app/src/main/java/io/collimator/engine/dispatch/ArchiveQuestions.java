package io.collimator.engine.dispatch;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.destination.DeliveryFailure;
import io.collimator.engine.destination.Destination;
import io.collimator.workflow.usecase.DispatchCommitments;
import io.collimator.workflow.usecase.DispatchCommitments.Question;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the questions that are due to their archives. */
final class ArchiveQuestions implements DueWork<Question> {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveQuestions.class);

    private final DispatchCommitments dispatchCommitments;
    private final ArchiveLink archive;
    private final Function<AeTitle, Destination> destinations;
    private final Clock clock;

    /** What was chosen before this start may have been by another table. Touched by the one thread that claims. */
    private boolean isChosenAnew;

    ArchiveQuestions(
            DispatchCommitments dispatchCommitments,
            ArchiveLink archive,
            Function<AeTitle, Destination> destinations,
            Clock clock) {
        this.dispatchCommitments = dispatchCommitments;
        this.archive = archive;
        this.destinations = destinations;
        this.clock = clock;
    }

    @Override
    public List<Question> claim(int max, Set<AeTitle> busy) {
        if (!isChosenAnew) {
            dispatchCommitments.chooseAnew();
            isChosenAnew = true;
        }
        return dispatchCommitments.due(clock.instant(), max, busy);
    }

    @Override
    public AeTitle peerOf(Question question) {
        return question.archive();
    }

    @Override
    public void carryOut(Question question) {
        String id = question.transaction().toString();
        Destination destination = destinations.apply(question.archive());
        destination.begun(id);
        try {
            archive.requestCommitment(question.archive(), CommitmentDataSets.action(question));
        } catch (RuntimeException e) {
            destination.givenBack(id, DeliveryFailure.of("%s: %s".formatted(question.archive(), Failure.reason(e))));
            // the first of a series is told by who looks at the destinations
            LOG.debug(
                    "{} was not asked for {} instances under transaction {}: {}",
                    question.archive(),
                    question.instances().size(),
                    question.transaction(),
                    Failure.reason(e));
            dispatchCommitments.askFailed(question.transaction(), Failure.reason(e));
            return;
        }
        destination.delivered(id);
        dispatchCommitments.asked(question.transaction());
    }
}
