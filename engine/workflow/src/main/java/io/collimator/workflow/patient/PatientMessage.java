package io.collimator.workflow.patient;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.order.Reception;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ADT message about one patient, mapped.
 *
 * @param patient the PID-3 repetition that the patient is known by, null when there is none
 * @param identifiers every PID-3 repetition; those that the patient is not known by are kept as other IDs unless the
 *     attributes bring them already
 * @param attributes what PID and PV1 carry and nothing else, shaped as in a worklist entry (PS3.4 Table K.6-1, patient and
 *     visit modules): present changes, zero length clears, absent keeps
 */
public record PatientMessage(
        Reception reception,
        PatientEvent event,
        @Nullable PatientId patient,
        List<PatientId> identifiers,
        DataSet attributes) {

    public PatientMessage {
        identifiers = List.copyOf(identifiers);
    }

    /** Says nothing of the patient. */
    @Override
    public String toString() {
        return "PatientMessage[" + reception + ", " + event.trigger() + "]";
    }
}
