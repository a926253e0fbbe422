package io.collimator.persistence;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.ArchiveAsk;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code archive_ask}. */
@Entity
@Table(name = "archive_ask")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class ArchiveAskEntity {

    @EmbeddedId
    private Key key;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", columnDefinition = "varchar(16)")
    private ArchiveAsk.State state;

    @Column(name = "next_at")
    private Instant nextAt;

    @Column(name = "attempts")
    private int attempts;

    @Column(name = "rounds")
    private int rounds;

    @Column(name = "transaction_uid")
    private @Nullable String transactionUid;

    @Column(name = "archive")
    private @Nullable String archive;

    /** A batch of a request. */
    @Embeddable
    record Key(
            @Column(name = "request_id") UUID request,
            @Column(name = "batch") int batch) {}

    protected ArchiveAskEntity() {}

    ArchiveAskEntity(ArchiveAsk ask) {
        key = new Key(ask.request(), ask.batch());
        apply(ask);
    }

    final void apply(ArchiveAsk ask) {
        Uid transaction = ask.transaction();
        AeTitle waitsFor = ask.archive();
        state = ask.state();
        nextAt = ask.nextAt();
        attempts = ask.attempts();
        rounds = ask.rounds();
        transactionUid = transaction == null ? null : transaction.value();
        archive = waitsFor == null ? null : waitsFor.value();
    }

    ArchiveAsk toAsk() {
        return new ArchiveAsk(
                key.request(),
                key.batch(),
                state,
                nextAt,
                attempts,
                rounds,
                transactionUid == null ? null : new Uid(transactionUid),
                archive == null ? null : new AeTitle(archive));
    }
}
