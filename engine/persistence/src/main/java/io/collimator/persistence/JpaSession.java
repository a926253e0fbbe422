package io.collimator.persistence;

import io.collimator.workflow.port.Accessions;
import io.collimator.workflow.port.Commitments;
import io.collimator.workflow.port.Exceptions;
import io.collimator.workflow.port.Outbox;
import io.collimator.workflow.port.PerformedSteps;
import io.collimator.workflow.port.ReceivedMessages;
import io.collimator.workflow.port.ScheduledSteps;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Timeline;

/** The repositories of one transaction. */
final class JpaSession implements Session {

    private final Accessions accessions;
    private final ScheduledSteps scheduledSteps;
    private final PerformedSteps performedSteps;
    private final Commitments commitments;
    private final ReceivedMessages receivedMessages;
    private final Exceptions exceptions;
    private final Timeline timeline;
    private final Outbox outbox;

    JpaSession(org.hibernate.Session session) {
        accessions = new JpaAccessions(session);
        scheduledSteps = new JpaScheduledSteps(session);
        performedSteps = new JpaPerformedSteps(session);
        commitments = new JpaCommitments(session);
        receivedMessages = new JpaReceivedMessages(session);
        exceptions = new JpaExceptions(session);
        timeline = new JpaTimeline(session);
        outbox = new JpaOutbox(session);
    }

    @Override
    public Accessions accessions() {
        return accessions;
    }

    @Override
    public ScheduledSteps scheduledSteps() {
        return scheduledSteps;
    }

    @Override
    public PerformedSteps performedSteps() {
        return performedSteps;
    }

    @Override
    public Commitments commitments() {
        return commitments;
    }

    @Override
    public ReceivedMessages receivedMessages() {
        return receivedMessages;
    }

    @Override
    public Exceptions exceptions() {
        return exceptions;
    }

    @Override
    public Timeline timeline() {
        return timeline;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }
}
