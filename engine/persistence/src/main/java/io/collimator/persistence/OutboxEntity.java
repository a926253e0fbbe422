package io.collimator.persistence;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.OutboxMessage;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of {@code outbox}; its number is given when it is added. */
@Entity
@Table(name = "outbox")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class OutboxEntity {

    @Id
    private UUID id;

    /** Given by the database as the row is inserted: a number drawn earlier, or in advance, might overtake another's. */
    @Column(name = "seq", insertable = false, updatable = false)
    @SuppressWarnings("UnusedVariable") // queries order by it
    private long seq;

    @Column(name = "queue")
    private String queue;

    @Column(name = "event_type")
    private String eventType;

    @Column(name = "accession")
    private @Nullable String accession;

    @Column(name = "at")
    private Instant at;

    @Column(name = "body")
    private String body;

    @Column(name = "sending_application")
    private @Nullable String sendingApplication;

    @Column(name = "sending_facility")
    private @Nullable String sendingFacility;

    @Column(name = "sent")
    private boolean sent;

    @Column(name = "sent_at")
    @SuppressWarnings("UnusedVariable") // for people who look into the table
    private @Nullable Instant sentAt;

    protected OutboxEntity() {}

    OutboxEntity(OutboxMessage message) {
        id = message.id();
        queue = message.queue();
        eventType = message.eventType();
        AccessionNumber number = message.accession();
        accession = number == null ? null : number.key();
        at = message.at();
        body = isLong(message) ? "" : ColumnText.storable(message.body());
        sendingApplication = storable(message.orderer().application());
        sendingFacility = storable(message.orderer().facility());
    }

    private static @Nullable String storable(String name) {
        return name.isEmpty() ? null : ColumnText.storable(name);
    }

    /** Whether its text has a row of its own. */
    static boolean isLong(OutboxMessage message) {
        return message.body().length() > OutboxTextEntity.MAX_IN_ROW;
    }

    /** @param longText finds the text of a notice that has a row of its own */
    OutboxMessage toMessage(Function<UUID, String> longText) {
        return new OutboxMessage(
                id,
                queue,
                eventType,
                accession == null ? null : AccessionNumber.ofKey(accession),
                at,
                body.isEmpty() ? longText.apply(id) : body,
                new OutboxMessage.Orderer(orEmpty(sendingApplication), orEmpty(sendingFacility)));
    }

    private static String orEmpty(@Nullable String name) {
        return name == null ? "" : name;
    }
}
