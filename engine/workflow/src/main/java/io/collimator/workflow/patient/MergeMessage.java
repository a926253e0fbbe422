package io.collimator.workflow.patient;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.order.Reception;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ADT message that makes patient numbers one, mapped: all of its pairs apply, or none.
 *
 * @param acrossAuthorities whether a number may be merged into one that another authority gave
 * @param pairs in the order of the message
 */
public record MergeMessage(Reception reception, Kind kind, boolean acrossAuthorities, List<Pair> pairs) {

    /** Within authorities only. */
    public MergeMessage(Reception reception, Kind kind, List<Pair> pairs) {
        this(reception, kind, false, pairs);
    }

    public MergeMessage {
        pairs = List.copyOf(pairs);
    }

    /** What the message asks. */
    public enum Kind {
        /** A40: two records of one person; the one of PID-3 survives (HL7 v2.5.1 §3.3.40). */
        MERGE,
        /** A47: the record gets a new number, which nobody has (HL7 v2.5.1 §3.3.47). */
        CHANGE_OF_ID
    }

    /**
     * PID and its MRG.
     *
     * @param survivor the PID-3 repetition that the patient is known by, null when there is none
     * @param identifiers every PID-3 repetition
     * @param priors every MRG-1 repetition; each is merged into the PID-3 repetition of its own authority
     * @param attributes of the survivor, as in {@link PatientMessage}
     */
    public record Pair(
            @Nullable PatientId survivor, List<PatientId> identifiers, List<PatientId> priors, DataSet attributes) {

        public Pair {
            identifiers = List.copyOf(identifiers);
            priors = List.copyOf(priors);
        }

        /** With one number that is given up, or none. */
        public Pair(
                @Nullable PatientId survivor,
                List<PatientId> identifiers,
                @Nullable PatientId prior,
                DataSet attributes) {
            this(survivor, identifiers, prior == null ? List.of() : List.of(prior), attributes);
        }

        /** Says nothing of the patient. */
        @Override
        public String toString() {
            return "Pair[…]";
        }
    }
}
