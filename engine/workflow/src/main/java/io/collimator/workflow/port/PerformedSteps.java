package io.collimator.workflow.port;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.performed.PerformedLink;
import io.collimator.workflow.performed.PerformedStep;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Performed procedure steps. */
public interface PerformedSteps {

    Optional<PerformedStep> find(Uid sopInstance);

    /** The step in progress that was stored with this key. */
    Optional<PerformedStep> findRepeated(String repeatKey);

    /**
     * Inserts or updates. A concurrent insert of the same UID or repeat key, or an update since the step was read, makes
     * the transaction run again.
     */
    void save(PerformedStep step);

    /** Puts these in place of the instances that the step listed so far. */
    void replaceInstances(Uid sopInstance, Collection<Uid> instances);

    /** What counts for an accession, in the order in which it began. */
    List<PerformedLink> linksOf(AccessionNumber accession);

    /**
     * Steps with an item that names the accession or one of the studies and is not linked to a scheduled step: what a late
     * order may claim.
     */
    List<PerformedStep> unscheduledFor(AccessionNumber accession, Collection<Uid> studies);

    /**
     * Accessions that have this Study Instance UID or a step with it. Loads nothing of them, so that what is read after
     * they are locked is not older than the lock.
     */
    SortedSet<AccessionNumber> accessionsOfStudy(Uid study);
}
