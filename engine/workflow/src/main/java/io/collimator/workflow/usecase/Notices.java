package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.NoticeEncoder;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.result.ResultStatus;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts what happened into the outbox, the exceptions and the timeline of the running transaction. */
public final class Notices {

    static final String STATUS_QUEUE = "collimator.status";
    static final String EVENTS_QUEUE = "collimator.events";
    static final String EXCEPTIONS_QUEUE = "collimator.exceptions";
    static final String RESULTS_QUEUE = "collimator.results";

    /** What the event type of every order status begins with, on whatever queue it goes. */
    static final String STATUS_EVENT = "status.";

    private final Clock clock;
    private final Identifiers identifiers;
    private final NoticeEncoder encoder;

    public Notices(Clock clock, Identifiers identifiers, NoticeEncoder encoder) {
        this.clock = clock;
        this.identifiers = identifiers;
        this.encoder = encoder;
    }

    void event(Session session, EventType type, Accession accession, InstanceCounts instances) {
        add(session, EVENTS_QUEUE, type.label(), accession.number(), new Notice.Event(type, accession, instances));
    }

    void patientUpdated(Session session, Notice.PatientUpdated notice) {
        add(session, EVENTS_QUEUE, EventType.PATIENT_UPDATED.label(), only(notice.accessions()), notice);
    }

    void patientMerged(Session session, Notice.PatientMerged notice) {
        add(session, EVENTS_QUEUE, EventType.PATIENT_MERGED.label(), only(notice.accessions()), notice);
    }

    /** @param accession that the result is linked to, locked; null when it is to none */
    void result(Session session, ResultStatus status, @Nullable AccessionNumber accession, Notice.Result result) {
        add(session, RESULTS_QUEUE, "result." + status.label(), accession, result);
    }

    /** Only ordered accessions have someone to tell. */
    void status(Session session, Notice.Status status) {
        Accession accession = status.accession();
        if (accession.isOrdered()) {
            add(
                    session,
                    STATUS_QUEUE,
                    STATUS_EVENT + accession.procedureState().name().toLowerCase(Locale.ROOT),
                    accession.number(),
                    status);
        }
    }

    void exception(Session session, ExceptionRecord exception) {
        session.exceptions().add(exception);
        add(
                session,
                EXCEPTIONS_QUEUE,
                "exception." + exception.type().label(),
                exception.accession(),
                new Notice.Problem(exception));
    }

    void timeline(Session session, AccessionNumber accession, String kind, String summary) {
        session.timeline().add(new TimelineEntry(accession, clock.instant(), kind, summary));
    }

    /** A notice has a place among those of an accession only when it is about no other one. */
    private static @Nullable AccessionNumber only(List<AccessionNumber> accessions) {
        return accessions.size() == 1 ? accessions.get(0) : null;
    }

    private void add(
            Session session, String queue, String eventType, @Nullable AccessionNumber accession, Notice notice) {
        OutboxMessage.Orderer orderer = orderer(session, accession);
        for (String each : encoder.queues(queue, eventType, orderer)) {
            UUID id = identifiers.newId();
            session.outbox()
                    .add(new OutboxMessage(
                            id,
                            each,
                            eventType,
                            accession,
                            clock.instant(),
                            encoder.encode(id, clock.instant(), notice, each),
                            orderer));
        }
    }

    private static OutboxMessage.Orderer orderer(Session session, @Nullable AccessionNumber accession) {
        if (accession == null) {
            return OutboxMessage.Orderer.NONE;
        }
        SentFields sent = session.accessions().sent(accession);
        return new OutboxMessage.Orderer(sent.sendingApplication(), sent.sendingFacility());
    }
}
