package io.collimator.workflow.appointment;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.patient.PatientId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An appointment message that was mapped.
 *
 * @param patient null when the message names none; else it must agree with the order's
 * @param duration SCH-9 with SCH-10, null when not said; with the start it gives the scheduled end
 * @param step what the message carries for the item of the Scheduled Procedure Step Sequence: start (0040,0002) and
 *     (0040,0003), end (0040,0004) and (0040,0005), station AE titles (0040,0001) and name (0040,0010), location (0040,0011), performing physician
 *     (0040,0006); anything else is ignored, zero length clears
 */
public record AppointmentMessage(
        Reception reception,
        AppointmentEvent event,
        OrderKeys order,
        @Nullable PatientId patient,
        @Nullable Duration duration,
        DataSet step,
        NoShowPolicy noShow) {

    /**
     * How the message names its order: filler number SCH-27, placer number SCH-26, or an accession number.
     *
     * @param accession the one of the order's that is meant; null: all of them
     */
    public record OrderKeys(
            @Nullable OrderNumber placer,
            @Nullable OrderNumber filler,
            @Nullable AccessionNumber accession) {}

    /** Without attributes, which are patient data. */
    @Override
    public String toString() {
        return "AppointmentMessage[" + reception + ", " + event + "]";
    }
}
