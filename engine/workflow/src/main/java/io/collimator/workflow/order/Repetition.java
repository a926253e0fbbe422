package io.collimator.workflow.order;

/** What a message repeats of one that was accepted from the same sender within seven days (contract, Duplicates). */
public enum Repetition {
    /** Neither control ID nor content. */
    NONE,
    /** Both: the answer is repeated and nothing changes. */
    SAME_MESSAGE,
    /** The control ID with other content: processed. */
    SAME_CONTROL_ID,
    /** The content under another control ID: processed. */
    SAME_CONTENT
}
