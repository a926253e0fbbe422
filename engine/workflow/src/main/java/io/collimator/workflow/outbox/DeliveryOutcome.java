package io.collimator.workflow.outbox;

/** What became of a notice that a route took from its queue to deliver it. */
public enum DeliveryOutcome {
    /** The receiver accepted it. */
    ACCEPTED,
    /** It was not sent: the receiver had accepted a newer status of the accession. */
    OUTDATED,
    /** It went to the dead letters; whoever moves it back has it delivered. */
    DEAD_LETTER,
    /** It was sent to its queue before outcomes were recorded. */
    UNKNOWN
}
