package io.collimator.workflow.custody;

/** Who holds the instances of an accession; the procedure is another fact (contract, States). */
public enum CustodyState {
    NONE,
    OUTSTANDING,
    COMMITTED,
    FAILED;

    /**
     * NONE when nothing is expected; FAILED as soon as the archive's last word on any instance is failure; COMMITTED only
     * when the procedure has ended and all expected are committed; else OUTSTANDING.
     */
    public static CustodyState of(InstanceCounts counts, boolean procedureEnded) {
        if (counts.expected() == 0) {
            return NONE;
        }
        if (counts.failed() > 0) {
            return FAILED;
        }
        return procedureEnded && counts.committed() == counts.expected() ? COMMITTED : OUTSTANDING;
    }
}
