package io.collimator.workflow.port;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.CommitmentItem;
import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.custody.InstanceWord;
import io.collimator.workflow.order.AccessionNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;

/** Commitment requests and what the archive said of each instance. */
public interface Commitments {

    /**
     * Counts the instances of an accession: those that its performed steps list, and those of commitment requests linked
     * to it that no performed step lists. A request is linked to an accession while a performed step of it lists one of the
     * request's instances.
     */
    InstanceCounts counts(AccessionNumber accession);

    /** The questions to the archive. */
    ArchiveAsks asks();

    /** The active request with this Transaction UID. */
    Optional<CommitmentRequest> findActive(AeTitle requestor, Uid transaction);

    /** Finds a request and locks its row to the end of the transaction; before any accession is locked. */
    Optional<CommitmentRequest> lock(UUID id);

    /**
     * Inserts a request. A concurrent insert of an active one with the same requestor and Transaction UID makes the
     * transaction run again.
     */
    void add(CommitmentRequest request, List<CommitmentItem> items);

    void update(CommitmentRequest request);

    /** Every item in the order of the request. */
    List<CommitmentItem> items(UUID request);

    List<CommitmentItem> items(UUID request, int batch);

    /** Updates outcome and reason. */
    void updateItems(UUID request, Collection<CommitmentItem> items);

    boolean hasOpenItems(UUID request);

    /** The archive's last words; each replaces an older one on the same instance. */
    void record(Collection<InstanceWord> words);

    /**
     * Requests whose report is due, the longest waiting first.
     *
     * @param without requestors that are left out
     */
    List<UUID> reportsDue(Instant now, int max, Set<AeTitle> without);

    /** Requests received before then of which it was not checked whether a performed step lists their instances. */
    List<UUID> unchecked(Instant receivedBefore, int max);

    /** The accessions that the request is linked to, ascending. */
    SortedSet<AccessionNumber> accessionsOf(UUID request);

    /** The accessions of the performed steps that list the instance, ascending. */
    SortedSet<AccessionNumber> accessionsOf(Uid instance);

    /** Remembers that the request is linked to the accession; returns whether this was not known before. */
    boolean link(UUID request, AccessionNumber accession);

    /** Remembers every request that is linked to the accession; returns those of which this was not known before. */
    List<CommitmentRequest> linkAll(AccessionNumber accession);
}
