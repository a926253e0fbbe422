package io.collimator.persistence;

import io.collimator.workflow.order.EarlyStop;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.port.EarlyStops;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Stops that came before their orders, by JPA. */
final class JpaEarlyStops implements EarlyStops {

    private final Session session;
    private final Absences absences;

    JpaEarlyStops(Session session, Absences absences) {
        this.session = session;
        this.absences = absences;
    }

    @Override
    public void add(EarlyStop stop) {
        session.persist(new EarlyStopEntity(stop));
        absences.forget(Absences.Kind.EARLY_STOP);
    }

    @Override
    public List<EarlyStop> find(@Nullable OrderNumber placer, @Nullable OrderNumber filler) {
        if (absences.has(Absences.Kind.EARLY_STOP, Absences.orderKey(placer, filler))) {
            return List.of();
        }
        // a number that is not there is asked for as one that nobody has: one statement serves all
        return session
                .createSelectionQuery(
                        "from EarlyStopEntity where filler.number = :filler or placer.number = :placer order by receivedAt",
                        EarlyStopEntity.class)
                .setParameter("filler", filler == null ? "" : ColumnText.storable(filler.number()))
                .setParameter("placer", placer == null ? "" : ColumnText.storable(placer.number()))
                .list()
                .stream()
                .map(stop -> stop.toStop(placer, filler))
                .filter(stop -> (filler != null && Objects.equals(stop.filler(), filler))
                        || (placer != null && Objects.equals(stop.placer(), placer)))
                .toList();
    }

    @Override
    public void remove(EarlyStop stop) {
        session.createMutationQuery("delete from EarlyStopEntity where id = :id")
                .setParameter("id", stop.id())
                .executeUpdate();
    }

    @Override
    public int removeBefore(Instant time, int max) {
        List<UUID> ids = session.createSelectionQuery(
                        "select id from EarlyStopEntity where receivedAt < :time order by receivedAt", UUID.class)
                .setParameter("time", time)
                .setMaxResults(max)
                .list();
        return ids.isEmpty()
                ? 0
                : session.createMutationQuery("delete from EarlyStopEntity where id in :ids")
                        .setParameter("ids", ids)
                        .executeUpdate();
    }
}
