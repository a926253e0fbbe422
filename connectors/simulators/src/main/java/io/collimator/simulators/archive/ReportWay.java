package io.collimator.simulators.archive;

/** How an archive delivers its report (PS3.4 §J.3.3). */
public enum ReportWay {
    /** On the association of the request; when that is gone, the report is lost. */
    SAME_ASSOCIATION,
    /** On an association that the archive opens in the SCP role. */
    NEW_ASSOCIATION,
    /** On the association of the request while it is open, else on a new one. */
    SAME_ELSE_NEW,
    /** Not at all. */
    SILENT
}
