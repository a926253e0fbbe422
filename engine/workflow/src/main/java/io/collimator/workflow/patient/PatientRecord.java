package io.collimator.workflow.patient;

import io.collimator.dicom.data.DataSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a patient beside the orders.
 *
 * @param id the number that the patient is known by; earlier ones are aliases of it
 * @param attributes the patient and visit modules in the shape of a worklist entry, without PatientID; the number itself
 *     is not among the others
 * @param lastUpdate the ADT message that last changed it, null while it is known from orders alone
 */
public record PatientRecord(
        PatientId id, DataSet attributes, @Nullable Update lastUpdate) {

    public PatientRecord {
        attributes = OtherPatientIds.without(attributes, id);
    }

    /**
     * Where the attributes come from.
     *
     * @param sender MSH-3 and MSH-4
     * @param controlId MSH-10
     * @param messageAt EVN-2, else MSH-7, null when the message had neither
     */
    public record Update(
            String sender, String controlId, @Nullable Instant messageAt) {}

    public static PatientRecord unknown(PatientId id) {
        return new PatientRecord(id, DataSet.empty(), null);
    }

    /** Whether an ADT message has spoken of the patient: then orders only fill what is missing. */
    public boolean isAdministered() {
        return lastUpdate != null;
    }

    /** The same patient under another number. */
    public PatientRecord withId(PatientId newId) {
        return new PatientRecord(newId, attributes, lastUpdate);
    }

    public PatientRecord withAttributes(DataSet newAttributes) {
        return new PatientRecord(id, newAttributes, lastUpdate);
    }

    public PatientRecord updatedBy(Update update, DataSet newAttributes) {
        return new PatientRecord(id, newAttributes, update);
    }

    /** Says nothing of the patient. */
    @Override
    public String toString() {
        return "PatientRecord[…]";
    }
}
