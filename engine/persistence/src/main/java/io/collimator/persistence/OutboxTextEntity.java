package io.collimator.persistence;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.hibernate.Length;

/** A row of {@code outbox_text}: the body of a notice that is too long for its own row. */
@Entity
@Table(name = "outbox_text")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class OutboxTextEntity {

    /** Characters; H2 takes 1,048,576 in a VARCHAR. */
    static final int MAX_IN_ROW = 1_000_000;

    @Id
    @Column(name = "id")
    @SuppressWarnings("UnusedVariable") // the key
    private UUID id;

    @Column(name = "content", length = Length.LONG32)
    private byte[] content;

    protected OutboxTextEntity() {}

    OutboxTextEntity(UUID id, String text) {
        this.id = id;
        content = text.getBytes(StandardCharsets.UTF_8);
    }

    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
