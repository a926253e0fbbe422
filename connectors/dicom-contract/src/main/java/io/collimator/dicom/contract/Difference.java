package io.collimator.dicom.contract;

/**
 * Where a provider may keep the contract in another way, because the library that it stands on leaves no choice. The test
 * then asserts what happens instead: always that the bad peer alone pays, and that the next honest one is served.
 */
public enum Difference {
    /** A command field that the standard does not have ends the association; it is not answered 0211H (PS3.7 §C.5). */
    UNKNOWN_SERVICE_ENDS_ASSOCIATION,

    /** The length of a PDU is judged when four bytes of its content are there, not with its header (PS3.8 §9.3.1). */
    LENGTH_JUDGED_WITH_CONTENT,

    /**
     * A request whose data set never begins reaches no handler: its association ends by the idle time-out, not by the
     * response time-out. A data set that stops in its middle ends it by the latter all the same.
     */
    SILENT_REQUEST_ENDS_BY_IDLE_TIME
}
