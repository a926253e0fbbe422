package io.collimator.workflow.custody;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A modality's request for storage commitment (PS3.4 §J.3.2).
 *
 * @param transaction the modality's own Transaction UID; never passed on
 * @param requestor who asked and gets the report
 * @param digest over the set of instances: tells a repeated request from another one with the same UID
 * @param settledAt when the last instance was settled, null before
 * @param reportAttempts how often the report could not be delivered
 * @param nextReportAt when the report is due, null when it is not
 * @param retrieveAe RetrieveAETitle (0008,0054) as the archive last gave it, null when it gave none
 * @param matchChecked whether it was seen, when its time was up, that a performed step lists its instances; if not, a person was told
 */
public record CommitmentRequest(
        UUID id,
        Uid transaction,
        AeTitle requestor,
        Instant receivedAt,
        String digest,
        State state,
        @Nullable Instant settledAt,
        int reportAttempts,
        @Nullable Instant nextReportAt,
        @Nullable AeTitle retrieveAe,
        boolean matchChecked) {

    /** How far a request is; in the first two its Transaction UID is active. */
    public enum State {
        OPEN,
        REPORT_DUE,
        REPORTED,
        UNDELIVERED
    }

    /** A request as it comes in. */
    public static CommitmentRequest received(
            UUID id, Uid transaction, AeTitle requestor, Instant receivedAt, String digest) {
        return new CommitmentRequest(
                id, transaction, requestor, receivedAt, digest, State.OPEN, null, 0, null, null, false);
    }

    public boolean isActive() {
        return state == State.OPEN || state == State.REPORT_DUE;
    }

    /** Every instance has its outcome: the report is due at once. */
    public CommitmentRequest settled(Instant at) {
        return new CommitmentRequest(
                id,
                transaction,
                requestor,
                receivedAt,
                digest,
                State.REPORT_DUE,
                at,
                reportAttempts,
                at,
                retrieveAe,
                matchChecked);
    }

    public CommitmentRequest withNextReport(Instant at, int attempts) {
        return new CommitmentRequest(
                id,
                transaction,
                requestor,
                receivedAt,
                digest,
                state,
                settledAt,
                attempts,
                at,
                retrieveAe,
                matchChecked);
    }

    /** Done with: the Transaction UID is dead. */
    public CommitmentRequest ended(State end) {
        return new CommitmentRequest(
                id,
                transaction,
                requestor,
                receivedAt,
                digest,
                end,
                settledAt,
                reportAttempts,
                null,
                retrieveAe,
                matchChecked);
    }

    public CommitmentRequest withRetrieveAe(AeTitle title) {
        return new CommitmentRequest(
                id,
                transaction,
                requestor,
                receivedAt,
                digest,
                state,
                settledAt,
                reportAttempts,
                nextReportAt,
                title,
                matchChecked);
    }

    public CommitmentRequest withMatchChecked() {
        return new CommitmentRequest(
                id,
                transaction,
                requestor,
                receivedAt,
                digest,
                state,
                settledAt,
                reportAttempts,
                nextReportAt,
                retrieveAe,
                true);
    }
}
