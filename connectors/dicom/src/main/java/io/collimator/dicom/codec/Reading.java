package io.collimator.dicom.codec;

import io.collimator.dicom.data.Tag;

/** One data set being read: its bytes, what it used of its limits, and who wants to know of sloppiness. */
record Reading(DataSetInput input, LimitsAccount account, SloppinessListener listener) {

    /** Whether it is worth looking for sloppiness that costs time to see. */
    boolean isHeard() {
        return listener != SloppinessListener.NONE;
    }

    void note(Sloppiness kind, Tag tag) {
        listener.noticed(kind, tag);
    }
}
