package io.collimator.persistence;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.OutboxMessage;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code outbox}; its number is given when it is added. */
@Entity
@Table(name = "outbox")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class OutboxEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "outbox_seq")
    @SequenceGenerator(name = "outbox_seq", sequenceName = "outbox_seq", allocationSize = 1)
    private long seq;

    @Column(name = "id")
    private UUID id;

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
        accession = number == null ? null : number.value();
        at = message.at();
        body = ColumnText.storable(message.body());
    }

    OutboxMessage toMessage() {
        return new OutboxMessage(
                id, queue, eventType, accession == null ? null : new AccessionNumber(accession), at, body);
    }
}
