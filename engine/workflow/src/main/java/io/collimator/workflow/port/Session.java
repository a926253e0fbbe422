package io.collimator.workflow.port;

/** The repositories of one transaction; valid only inside it, used by one thread. */
public interface Session {

    Patients patients();

    Accessions accessions();

    ScheduledSteps scheduledSteps();

    PerformedSteps performedSteps();

    Commitments commitments();

    Results results();

    ReceivedMessages receivedMessages();

    Exceptions exceptions();

    EarlyStops earlyStops();

    Timeline timeline();

    Outbox outbox();

    MappingVersions mappingVersions();
}
