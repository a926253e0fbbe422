package io.collimator.workflow.port;

/** The repositories of one transaction; valid only inside it, used by one thread. */
public interface Session {

    Accessions accessions();

    ScheduledSteps scheduledSteps();

    PerformedSteps performedSteps();

    Commitments commitments();

    ReceivedMessages receivedMessages();

    Exceptions exceptions();

    Timeline timeline();

    Outbox outbox();
}
