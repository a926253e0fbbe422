package io.collimator.workflow.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Forgets what is finished and old, some rows at a time, found by key and deleted by key. What is unfinished never is old:
 * an open order, an instance that is not committed, a notice that is not sent, an exception that is open.
 */
public interface Retention {

    /** What is forgotten by an age of its own. */
    enum Kind {
        /** Notices that were sent, by when they were. */
        NOTICES("notices"),
        /** HL7 messages as they came, by receipt. */
        MESSAGES("messages"),
        /** Cancels of orders that never came, by receipt. */
        EARLY_STOPS("early-stops"),
        /** Of finished accessions the timeline, and of their entries all but who and what; by the last event. */
        ACCESSIONS("accessions"),
        /** Exceptions that were closed, by when they were. */
        CLOSED_EXCEPTIONS("closed-exceptions"),
        /** Of open exceptions the content that was received; the exception stays. */
        OPEN_EVIDENCE("open-evidence"),
        /** Results of no open accession, by receipt; their texts are notices. */
        RESULTS("results"),
        /** How far a result has come, by when it last came further. */
        RESULT_LINES("result-lines"),
        /** Questions to the archive of requests whose every instance is committed, by when the last one was. */
        ARCHIVE_QUESTIONS("archive-questions"),
        /** Patients that nothing refers to, by since when. */
        PATIENTS("patients"),
        /** What stood under a number before it was merged; the alias, and what the merge moved, stay. */
        MERGED_PATIENTS("merged-patients");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** For metrics, logs and settings. */
        public String label() {
            return label;
        }
    }

    /**
     * One batch.
     *
     * @param forgotten how many were, of their kind
     * @param next where the next batch goes on; null when no more is to be looked at
     */
    record Batch(int forgotten, @Nullable String next) {}

    /**
     * The times of one batch.
     *
     * @param now of what is written
     * @param before what is older is forgotten
     */
    record Age(Instant now, Instant before) {}

    /**
     * Looks at some rows of a kind and forgets those that are finished and old.
     *
     * @param after where the batch before ended, null to begin with the oldest
     * @param max rows to look at, 1 or more
     */
    Batch forget(Kind kind, Age age, @Nullable String after, int max);
}
