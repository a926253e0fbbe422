package io.collimator.workflow.port;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.ArchiveAsk;
import io.collimator.workflow.custody.ArchiveTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Questions to the archive; the request's row must be locked before one is changed. */
public interface ArchiveAsks {

    /**
     * Asks that are due, the longest waiting first.
     *
     * @param without archives; asks that wait for one of them are left out
     */
    List<ArchiveAsk> due(Instant now, int max, Set<AeTitle> without);

    /** Asks that the archive has not taken yet, those of which nobody has chosen one among them. */
    long countUntaken(AeTitle archive);

    /** Forgets whom the asks that are not settled wait for, so that it is chosen anew. */
    void forgetArchives();

    Optional<ArchiveAsk> find(UUID request, int batch);

    /** Inserts or updates. */
    void save(ArchiveAsk ask);

    Optional<ArchiveTransaction> findTransaction(Uid transaction);

    /** Inserts or updates. */
    void save(ArchiveTransaction transaction);
}
