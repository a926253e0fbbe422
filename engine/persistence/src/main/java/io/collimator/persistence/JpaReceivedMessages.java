package io.collimator.persistence;

import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.port.ReceivedMessages;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.hibernate.Session;

/** Received messages by JPA. */
final class JpaReceivedMessages implements ReceivedMessages {

    private static final String ACCEPTED = " = ? AND sender = ? AND acknowledgement = 'AA' AND received_at >= ?";

    /** Of digest, sender and the time from which on. */
    static final String SAME_CONTENT = "digest" + ACCEPTED;

    /** Of control ID, sender and the time from which on. */
    static final String SAME_CONTROL_ID = "control_id" + ACCEPTED;

    private static final String MATCHES = "SELECT control_id, TRUE FROM received_message WHERE " + SAME_CONTENT
            + " UNION SELECT control_id, FALSE FROM received_message WHERE " + SAME_CONTROL_ID;

    private final Session session;
    private final Absences absences;

    JpaReceivedMessages(Session session, Absences absences) {
        this.session = session;
        this.absences = absences;
    }

    /** As it is stored. */
    static String controlId(ReceivedMessage.Key key) {
        return ColumnText.cut(key.controlId(), ReceivedMessageEntity.MAX_CONTROL_ID);
    }

    /** As it is stored. */
    static String sender(ReceivedMessage.Key key) {
        return ColumnText.storable(key.sender());
    }

    @Override
    public Repetition judge(ReceivedMessage.Key key, Instant since) {
        if (absences.has(Absences.Kind.MESSAGE, Absences.messageKey(key, since))) {
            return Repetition.NONE;
        }
        String controlId = controlId(key);
        String sender = sender(key);
        // two halves, each by its index, in one statement
        List<Match> matches = new Sql(session)
                .query(
                        MATCHES,
                        row -> new Match(row.getString(1), row.getBoolean(2)),
                        key.digest(),
                        sender,
                        since.atOffset(ZoneOffset.UTC),
                        controlId,
                        sender,
                        since.atOffset(ZoneOffset.UTC));
        if (matches.contains(new Match(controlId, true))) {
            return Repetition.SAME_MESSAGE;
        }
        if (matches.contains(new Match(controlId, false))) {
            return Repetition.SAME_CONTROL_ID;
        }
        return matches.isEmpty() ? Repetition.NONE : Repetition.SAME_CONTENT;
    }

    /** An earlier message with the same content, or only with the same control ID. */
    private record Match(String controlId, boolean sameContent) {}

    @Override
    public void add(ReceivedMessage message) {
        session.persist(new ReceivedMessageEntity(message));
        absences.forget(Absences.Kind.MESSAGE);
    }

    @Override
    public List<ReceivedMessage> latest(int max) {
        return session
                .createSelectionQuery(
                        "from ReceivedMessageEntity order by receivedAt desc, id desc", ReceivedMessageEntity.class)
                .setMaxResults(max)
                .list()
                .stream()
                .map(ReceivedMessageEntity::toMessage)
                .toList();
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
