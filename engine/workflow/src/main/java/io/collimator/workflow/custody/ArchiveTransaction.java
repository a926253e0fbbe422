package io.collimator.workflow.custody;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One N-ACTION of ours to the archive, stored before it is sent.
 *
 * @param transaction our own Transaction UID, new for every attempt
 * @param archive who alone may report on it
 * @param answerDigest of the report that came, null before: a UID is dead after its report (PS3.4 §J.3.3.1.2)
 */
public record ArchiveTransaction(
        Uid transaction,
        UUID request,
        int batch,
        AeTitle archive,
        Instant createdAt,
        @Nullable String answerDigest) {

    public ArchiveTransaction answered(String digest) {
        return new ArchiveTransaction(transaction, request, batch, archive, createdAt, digest);
    }
}
