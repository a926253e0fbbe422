package io.collimator.persistence;

import io.collimator.workflow.order.ReceivedMessage;
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
import org.hibernate.Length;

/** A row of {@code received_message}. */
@Entity
@Table(name = "received_message")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class ReceivedMessageEntity {

    /** HL7 v2.5.1 allows 20, later versions 199. */
    static final int MAX_CONTROL_ID = 255;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "received_message_seq")
    @SequenceGenerator(name = "received_message_seq", sequenceName = "received_message_seq", allocationSize = 50)
    private long id;

    @Column(name = "sender")
    private String sender;

    @Column(name = "control_id")
    private String controlId;

    @Column(name = "digest")
    private String digest;

    @Column(name = "received_at")
    private Instant receivedAt;

    @Column(name = "acknowledgement")
    private String acknowledgement;

    @Column(name = "kind")
    private String kind;

    @Column(name = "profile")
    private String profile;

    @Column(name = "content", length = Length.LONG32)
    private byte[] content;

    protected ReceivedMessageEntity() {}

    ReceivedMessageEntity(ReceivedMessage message) {
        sender = ColumnText.storable(message.key().sender());
        controlId = ColumnText.cut(message.key().controlId(), MAX_CONTROL_ID);
        digest = message.key().digest();
        receivedAt = message.receivedAt();
        acknowledgement = message.acknowledgement();
        kind = ColumnText.storable(message.kind());
        profile = ColumnText.storable(message.profile());
        content = message.content();
    }

    ReceivedMessage toMessage() {
        return new ReceivedMessage(
                new ReceivedMessage.Key(sender, controlId, digest),
                kind,
                profile,
                receivedAt,
                content,
                acknowledgement);
    }
}
