package io.collimator.persistence;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.port.NewOrderKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction knows the store not to have, from one statement about everything that a new order could collide
 * with. It holds until the transaction itself adds something of the kind; what another transaction adds meanwhile collides
 * on a key, as it would have after a statement of its own.
 */
final class Absences {

    private static final String PERFORMED =
            "EXISTS (SELECT 1 FROM performed_item WHERE scheduled_step_id IS NULL" + " AND link <> 'WITHDRAWN' AND ";
    private static final String MESSAGE = "EXISTS (SELECT 1 FROM received_message WHERE ";

    /** A column for each {@link Kind}; every condition is served by an index. */
    private static final String PRESENT =
            "SELECT EXISTS (SELECT 1 FROM accession WHERE " + JpaAccessions.OF_NUMBER + "),"
                    + " EXISTS (SELECT 1 FROM accession WHERE filler_number = ?)"
                    + " OR EXISTS (SELECT 1 FROM accession WHERE placer_number = ?),"
                    + " EXISTS (SELECT 1 FROM scheduled_step WHERE study_instance_uid = ?),"
                    + " EXISTS (SELECT 1 FROM early_stop WHERE filler_number = ?)"
                    + " OR EXISTS (SELECT 1 FROM early_stop WHERE placer_number = ?), "
                    + PERFORMED + "accession_key IN (?, ?)) OR " + PERFORMED + "study_key = ?), "
                    + MESSAGE + JpaReceivedMessages.SAME_CONTENT + ") OR "
                    + MESSAGE + JpaReceivedMessages.SAME_CONTROL_ID + ")";

    /** Stands for a number that is not there: nothing in the store has it. */
    private static final String NOBODYS = "";

    private final Session session;
    private final Map<Kind, Set<Object>> absent = new EnumMap<>(Kind.class);

    Absences(Session session) {
        this.session = session;
    }

    /** What may be absent, in the order of the statement's columns. */
    enum Kind {
        ACCESSION,
        ORDER,
        STEPS_OF_STUDY,
        EARLY_STOP,
        PERFORMED,
        MESSAGE
    }

    void look(NewOrderKeys order) {
        AccessionNumber number = order.accession();
        String accession = number == null ? NOBODYS : number.value();
        String study = order.study() == null ? NOBODYS : order.study().value();
        String filler = column(order.filler());
        String placer = column(order.placer());
        ReceivedMessage.Key message = order.message();
        Object since = order.since().atOffset(ZoneOffset.UTC);
        String sender = JpaReceivedMessages.sender(message);
        List<Object> keys = Arrays.asList(
                number == null ? null : number.value(),
                orderKey(order.placer(), order.filler()),
                order.study(),
                orderKey(order.placer(), order.filler()),
                number == null ? null : performedKey(number, studies(order.study())),
                messageKey(message, order.since()));
        new Sql(session)
                .queryStored(
                        PRESENT,
                        row -> note(row, keys),
                        accession,
                        accession + '\\',
                        accession + ']',
                        filler,
                        placer,
                        study,
                        filler,
                        placer,
                        accession,
                        number == null ? NOBODYS : number.key(),
                        study,
                        message.digest(),
                        sender,
                        since,
                        JpaReceivedMessages.controlId(message),
                        sender,
                        since);
    }

    private boolean note(ResultSet row, List<@Nullable Object> keys) throws SQLException {
        int column = 0;
        for (Kind kind : Kind.values()) {
            Object key = keys.get(column++);
            if (key != null && !row.getBoolean(column)) {
                absent.computeIfAbsent(kind, none -> new HashSet<>()).add(key);
            }
        }
        return true;
    }

    boolean has(Kind kind, Object key) {
        return absent.getOrDefault(kind, Set.of()).contains(key);
    }

    /** This transaction adds something of the kind. */
    void forget(Kind kind) {
        absent.remove(kind);
    }

    static Object orderKey(@Nullable OrderNumber placer, @Nullable OrderNumber filler) {
        return Arrays.asList(placer, filler);
    }

    static Object performedKey(AccessionNumber accession, Collection<Uid> studies) {
        return List.of(accession, Set.copyOf(studies));
    }

    static Object messageKey(ReceivedMessage.Key message, Instant since) {
        return List.of(message, since);
    }

    private static Set<Uid> studies(@Nullable Uid study) {
        return study == null ? Set.of() : Set.of(study);
    }

    private static String column(@Nullable OrderNumber number) {
        return number == null ? NOBODYS : ColumnText.storable(number.number());
    }
}
