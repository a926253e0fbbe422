package io.collimator.persistence;

import io.collimator.workflow.port.Accessions;
import io.collimator.workflow.port.Commitments;
import io.collimator.workflow.port.Deliveries;
import io.collimator.workflow.port.EarlyStops;
import io.collimator.workflow.port.Exceptions;
import io.collimator.workflow.port.HeldMessages;
import io.collimator.workflow.port.MappingVersions;
import io.collimator.workflow.port.NewOrderKeys;
import io.collimator.workflow.port.Outbox;
import io.collimator.workflow.port.Patients;
import io.collimator.workflow.port.PerformedSteps;
import io.collimator.workflow.port.ReceivedMessages;
import io.collimator.workflow.port.Results;
import io.collimator.workflow.port.Retention;
import io.collimator.workflow.port.ScheduledSteps;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Timeline;
import java.time.Instant;

/** The repositories of one transaction. */
final class JpaSession implements Session {

    private final org.hibernate.Session session;
    private final Absences absences;
    private final Patients patients;
    private final Accessions accessions;
    private final ScheduledSteps scheduledSteps;
    private final PerformedSteps performedSteps;
    private final Commitments commitments;
    private final Results results;
    private final ReceivedMessages receivedMessages;
    private final Exceptions exceptions;
    private final EarlyStops earlyStops;
    private final Timeline timeline;
    private final Outbox outbox;
    private final Deliveries deliveries;
    private final HeldMessages heldMessages;
    private final MappingVersions mappingVersions;
    private final Retention retention;

    JpaSession(org.hibernate.Session session, CancelWatch cancelWatch) {
        this.session = session;
        absences = new Absences(session);
        SeenAccessions seen = new SeenAccessions();
        patients = new JpaPatients(session);
        accessions = new JpaAccessions(session, seen, absences);
        scheduledSteps = new JpaScheduledSteps(session, seen, absences, cancelWatch);
        performedSteps = new JpaPerformedSteps(session, seen, absences);
        commitments = new JpaCommitments(session, seen);
        results = new JpaResults(session);
        receivedMessages = new JpaReceivedMessages(session, absences);
        exceptions = new JpaExceptions(session);
        earlyStops = new JpaEarlyStops(session, absences);
        timeline = new JpaTimeline(session);
        outbox = new JpaOutbox(session);
        deliveries = new JpaDeliveries(session);
        heldMessages = new JpaHeldMessages(session);
        mappingVersions = new JpaMappingVersions(session);
        retention = new JpaRetention(session, this);
    }

    @Override
    public void expectNew(NewOrderKeys order) {
        absences.look(order);
    }

    @Override
    public void signOfLife(Instant at) {
        session.createNativeMutationQuery("update sign_of_life set at = :at where id = 1")
                .setParameter("at", at)
                .executeUpdate();
    }

    @Override
    public Patients patients() {
        return patients;
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
    public Results results() {
        return results;
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
    public EarlyStops earlyStops() {
        return earlyStops;
    }

    @Override
    public Timeline timeline() {
        return timeline;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Deliveries deliveries() {
        return deliveries;
    }

    @Override
    public HeldMessages heldMessages() {
        return heldMessages;
    }

    @Override
    public MappingVersions mappingVersions() {
        return mappingVersions;
    }

    @Override
    public Retention retention() {
        return retention;
    }
}
