package io.collimator.workflow.port;

import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.result.ResultLine;
import io.collimator.workflow.result.ResultProgress;
import io.collimator.workflow.result.StoredResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/** Results that were received, and how far each has come. */
public interface Results {

    /**
     * Locks the lines to the end of the transaction, ascending and after every accession, and says how far each has come;
     * those that nothing was heard of are absent.
     */
    SortedMap<ResultLine, ResultProgress> lock(SortedSet<ResultLine> lines);

    /**
     * Notes how far locked lines have come. A concurrent first result of the same line makes the transaction run again.
     *
     * @param now by our clock: a line is forgotten when it has not come further for long
     */
    void advance(Map<ResultLine, ResultProgress> lines, Instant now);

    void add(StoredResult result);

    /** In the order in which they came. */
    List<StoredResult> ofControlId(String sender, String controlId);

    /** Moves what was kept for a number of a patient to the survivor. */
    void movePatient(PatientId prior, PatientId survivor);
}
