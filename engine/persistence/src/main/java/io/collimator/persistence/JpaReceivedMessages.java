package io.collimator.persistence;

import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.port.ReceivedMessages;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/** Received messages by JPA. */
final class JpaReceivedMessages implements ReceivedMessages {

    private final Session session;

    JpaReceivedMessages(Session session) {
        this.session = session;
    }

    @Override
    public Repetition judge(ReceivedMessage.Key key, Instant since) {
        String controlId = ColumnText.cut(key.controlId(), ReceivedMessageEntity.MAX_CONTROL_ID);
        String sender = ColumnText.storable(key.sender());
        List<String> idsOfContent = session.createSelectionQuery(
                        "select distinct controlId from ReceivedMessageEntity where digest = :digest"
                                + " and sender = :sender and acknowledgement = 'AA' and receivedAt >= :since",
                        String.class)
                .setParameter("digest", key.digest())
                .setParameter("sender", sender)
                .setParameter("since", since)
                .list();
        if (idsOfContent.contains(controlId)) {
            return Repetition.SAME_MESSAGE;
        }
        long ofControlId = session.createSelectionQuery(
                        "select count(*) from ReceivedMessageEntity where controlId = :controlId"
                                + " and sender = :sender and acknowledgement = 'AA' and receivedAt >= :since",
                        Long.class)
                .setParameter("controlId", controlId)
                .setParameter("sender", sender)
                .setParameter("since", since)
                .getSingleResult();
        if (ofControlId > 0) {
            return Repetition.SAME_CONTROL_ID;
        }
        return idsOfContent.isEmpty() ? Repetition.NONE : Repetition.SAME_CONTENT;
    }

    @Override
    public void add(ReceivedMessage message) {
        session.persist(new ReceivedMessageEntity(message));
    }

    @Override
    public int removeBefore(Instant time, int max) {
        List<Long> ids = session.createSelectionQuery(
                        "select id from ReceivedMessageEntity where receivedAt < :time order by receivedAt", Long.class)
                .setParameter("time", time)
                .setMaxResults(max)
                .list();
        return ids.isEmpty()
                ? 0
                : session.createMutationQuery("delete from ReceivedMessageEntity where id in :ids")
                        .setParameter("ids", ids)
                        .executeUpdate();
    }
}
