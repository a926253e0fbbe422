package io.collimator.workflow.port;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.worklist.EntryReader;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.WorklistFilter;
import io.collimator.workflow.worklist.WorklistPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scheduled procedure steps. */
public interface ScheduledSteps {

    /** The steps of an accession by ordinal. */
    List<ScheduledStep> ofAccession(AccessionNumber accession);

    /** Steps of any accession whose data set has this Study Instance UID. */
    List<ScheduledStep> ofStudy(Uid studyInstanceUid);

    /** Inserts or updates by accession and step ID; the columns that queries use come from the data set. */
    void save(ScheduledStep step);

    /**
     * Reads the entries of all steps that a filter finds, by start, as they are at one moment, until the reader wants no
     * more or is cancelled.
     */
    void find(WorklistFilter filter, EntryReader reader);

    /** How many steps have a status that the filter shows and are hidden because they are old. */
    long countHidden(WorklistFilter filter);

    /**
     * A page of the steps that a filter finds, by start.
     *
     * @param after where the page begins, null for the first one
     * @param size 1 or more
     */
    WorklistPage page(WorklistFilter filter, WorklistPage.@Nullable Position after, int size);

    /**
     * Steps without a station that are neither begun nor ended, by start.
     *
     * @param after where the page begins, null for the first one
     * @param size 1 or more
     */
    WorklistPage withoutStation(WorklistPage.@Nullable Position after, int size);

    /** A number that was never given before, for Scheduled Procedure Step IDs of our own. */
    long nextStepNumber();
}
