package io.collimator.persistence;

import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.Outbox;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** The outbox by JPA. */
final class JpaOutbox implements Outbox {

    private final Session session;

    JpaOutbox(Session session) {
        this.session = session;
    }

    @Override
    public void add(OutboxMessage message) {
        session.persist(new OutboxEntity(message));
        if (OutboxEntity.isLong(message)) {
            session.persist(new OutboxTextEntity(message.id(), message.body()));
        }
    }

    @Override
    public List<OutboxMessage> pending(int max) {
        return session
                .createSelectionQuery("from OutboxEntity where sent = false order by seq", OutboxEntity.class)
                .setMaxResults(max)
                .list()
                .stream()
                .map(entity -> entity.toMessage(this::longText))
                .toList();
    }

    private String longText(UUID id) {
        OutboxTextEntity known = session.find(OutboxTextEntity.class, id);
        return known == null ? "" : known.text();
    }

    @Override
    public void markSent(Collection<UUID> ids, Instant at) {
        if (!ids.isEmpty()) {
            session.createMutationQuery("update OutboxEntity set sent = true, sentAt = :at where id in :ids")
                    .setParameter("at", at)
                    .setParameter("ids", ids)
                    .executeUpdate();
        }
    }

    @Override
    public long countPending() {
        return session.createSelectionQuery("select count(*) from OutboxEntity where sent = false", Long.class)
                .getSingleResult();
    }
}
