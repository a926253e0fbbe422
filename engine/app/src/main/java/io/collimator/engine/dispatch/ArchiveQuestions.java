package io.collimator.engine.dispatch;

import io.collimator.dicom.data.AeTitle;
import io.collimator.workflow.usecase.DispatchCommitments;
import io.collimator.workflow.usecase.DispatchCommitments.Question;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the questions that are due to the archive. */
final class ArchiveQuestions implements DueWork<Question> {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveQuestions.class);

    private final DispatchCommitments dispatchCommitments;
    private final ArchiveLink archive;
    private final Clock clock;

    ArchiveQuestions(DispatchCommitments dispatchCommitments, ArchiveLink archive, Clock clock) {
        this.dispatchCommitments = dispatchCommitments;
        this.archive = archive;
        this.clock = clock;
    }

    @Override
    public List<Question> claim(int max, Set<AeTitle> busy) {
        // all questions go to one archive
        return busy.isEmpty() ? dispatchCommitments.due(clock.instant(), max) : List.of();
    }

    @Override
    public AeTitle peerOf(Question question) {
        return question.archive();
    }

    @Override
    public void carryOut(Question question) {
        try {
            archive.requestCommitment(question.archive(), CommitmentDataSets.action(question));
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} was not asked for {} instances under transaction {}: {}",
                    question.archive(),
                    question.instances().size(),
                    question.transaction(),
                    Failure.reason(e));
            dispatchCommitments.askFailed(question.transaction(), Failure.reason(e));
            return;
        }
        dispatchCommitments.asked(question.transaction());
    }
}
