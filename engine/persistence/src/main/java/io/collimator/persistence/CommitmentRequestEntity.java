package io.collimator.persistence;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.CommitmentRequest;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code commitment_request}. */
@Entity
@Table(name = "commitment_request")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class CommitmentRequestEntity {

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "transaction_uid")
    private String transactionUid;

    @Column(name = "requestor")
    private String requestor;

    @Column(name = "received_at")
    private Instant receivedAt;

    @Column(name = "digest")
    private String digest;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", columnDefinition = "varchar(16)")
    private CommitmentRequest.State state;

    @Column(name = "settled_at")
    private @Nullable Instant settledAt;

    @Column(name = "report_attempts")
    private int reportAttempts;

    @Column(name = "next_report_at")
    private @Nullable Instant nextReportAt;

    @Column(name = "retrieve_ae")
    private @Nullable String retrieveAe;

    @Column(name = "match_checked")
    private boolean matchChecked;

    @Column(name = "active_key")
    @SuppressWarnings("UnusedVariable") // queries use it
    private @Nullable String activeKey;

    protected CommitmentRequestEntity() {}

    CommitmentRequestEntity(CommitmentRequest request) {
        id = request.id();
        transactionUid = request.transaction().value();
        requestor = request.requestor().value();
        receivedAt = request.receivedAt();
        digest = request.digest();
        apply(request);
    }

    static String activeKey(AeTitle requestor, Uid transaction) {
        return requestor + " " + transaction;
    }

    final void apply(CommitmentRequest request) {
        AeTitle retrieve = request.retrieveAe();
        state = request.state();
        settledAt = request.settledAt();
        reportAttempts = request.reportAttempts();
        nextReportAt = request.nextReportAt();
        retrieveAe = retrieve == null ? null : retrieve.value();
        matchChecked = request.matchChecked();
        activeKey = request.isActive() ? activeKey(request.requestor(), request.transaction()) : null;
    }

    CommitmentRequest toRequest() {
        return new CommitmentRequest(
                id,
                new Uid(transactionUid),
                new AeTitle(requestor),
                receivedAt,
                digest,
                state,
                settledAt,
                reportAttempts,
                nextReportAt,
                retrieveAe == null ? null : new AeTitle(retrieveAe),
                matchChecked);
    }
}
