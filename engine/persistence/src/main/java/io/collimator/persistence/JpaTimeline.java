package io.collimator.persistence;

import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Timeline;
import java.util.List;
import org.hibernate.Session;

/** Timelines by JPA. */
final class JpaTimeline implements Timeline {

    private final Session session;

    JpaTimeline(Session session) {
        this.session = session;
    }

    @Override
    public void add(TimelineEntry entry) {
        session.persist(new TimelineEntity(entry));
    }

    @Override
    public List<TimelineEntry> of(AccessionNumber accession) {
        return session
                .createSelectionQuery(
                        "from TimelineEntity where accession = :accession order by at, id", TimelineEntity.class)
                .setParameter("accession", accession.key())
                .list()
                .stream()
                .map(TimelineEntity::toEntry)
                .toList();
    }
}
