package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Session;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Ties commitment requests to accessions, whichever came first, and keeps those accessions up to date. */
public final class CommitmentLinks {

    private final Notices notices;
    private final AccessionProgress progress;

    public CommitmentLinks(Notices notices, AccessionProgress progress) {
        this.notices = notices;
        this.progress = progress;
    }

    /** Locks the accessions of a request, as they are before the change that follows, and tells those that are new to it. */
    Linked lockAccessionsOf(Session session, UUID request) {
        SortedMap<AccessionNumber, Accession> locked = new TreeMap<>();
        boolean anyNew = false;
        for (AccessionNumber number : session.commitments().accessionsOf(request)) {
            Optional<Accession> accession = session.accessions().lock(number);
            accession.ifPresent(found -> locked.put(number, found));
            if (accession.isPresent() && session.commitments().link(request, number)) {
                anyNew = true;
                session.commitments().lock(request).ifPresent(found -> tellRequested(session, number, found));
            }
        }
        return new Linked(locked, anyNew);
    }

    /**
     * The accessions of a request.
     *
     * @param anyNew whether one was not known to be linked: its counts change even when nothing else does
     */
    record Linked(SortedMap<AccessionNumber, Accession> accessions, boolean anyNew) {

        boolean isEmpty() {
            return accessions.isEmpty();
        }
    }

    /** Tells the accessions of a request of something that changes nothing for them. */
    void tellAccessionsOf(Session session, UUID request, String kind, String summary) {
        Linked linked = lockAccessionsOf(session, request);
        tell(session, linked, kind, summary);
        if (linked.anyNew()) {
            refresh(session, linked);
        }
    }

    /** Tells the timeline of requests that turned out to be about this accession; its row must be locked. */
    void link(Session session, AccessionNumber accession) {
        session.commitments().linkAll(accession).forEach(request -> tellRequested(session, accession, request));
    }

    void tell(Session session, Linked linked, String kind, String summary) {
        linked.accessions().keySet().forEach(number -> notices.timeline(session, number, kind, summary));
    }

    void refresh(Session session, Linked linked) {
        linked.accessions().values().forEach(accession -> progress.refresh(session, Optional.of(accession), accession));
    }

    private void tellRequested(Session session, AccessionNumber accession, CommitmentRequest request) {
        notices.timeline(
                session,
                accession,
                "commitment.requested",
                "%s asked for storage commitment at %s (transaction %s)"
                        .formatted(request.requestor(), request.receivedAt(), request.transaction()));
    }
}
