package io.collimator.persistence;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.ArchiveTransaction;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code archive_transaction}. */
@Entity
@Table(name = "archive_transaction")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class ArchiveTransactionEntity {

    @Id
    @Column(name = "transaction_uid")
    private String transactionUid;

    @Column(name = "request_id")
    private UUID request;

    @Column(name = "batch")
    private int batch;

    @Column(name = "archive")
    private String archive;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "answer_digest")
    private @Nullable String answerDigest;

    protected ArchiveTransactionEntity() {}

    ArchiveTransactionEntity(ArchiveTransaction transaction) {
        transactionUid = transaction.transaction().value();
        request = transaction.request();
        batch = transaction.batch();
        archive = transaction.archive().value();
        createdAt = transaction.createdAt();
        apply(transaction);
    }

    final void apply(ArchiveTransaction transaction) {
        answerDigest = transaction.answerDigest();
    }

    ArchiveTransaction toTransaction() {
        return new ArchiveTransaction(
                new Uid(transactionUid), request, batch, new AeTitle(archive), createdAt, answerDigest);
    }
}
