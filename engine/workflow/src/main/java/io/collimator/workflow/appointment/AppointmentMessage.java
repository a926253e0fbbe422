package io.collimator.workflow.appointment;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.patient.PatientId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An appointment message that was mapped.
 *
 * @param orders what it says of each order; at least one
 * @param patient null when the message names none; else it must agree with the orders'
 */
public record AppointmentMessage(
        Reception reception,
        List<BookedOrder> orders,
        @Nullable PatientId patient,
        NoShowPolicy noShow) {

    public AppointmentMessage {
        orders = List.copyOf(orders);
    }

    /**
     * How the message names an order: filler number SCH-27, placer number SCH-26, or an accession number.
     *
     * @param accession the one of the order's that is meant; null: all of them
     */
    public record OrderKeys(
            @Nullable OrderNumber placer,
            @Nullable OrderNumber filler,
            @Nullable AccessionNumber accession) {}

    /** An order with the services that are booked for it, at least one (HL7 v2.5.1 §10.4.1: RGS with AIS). */
    public record BookedOrder(OrderKeys keys, List<Service> services) {

        public BookedOrder {
            services = List.copyOf(services);
        }
    }

    /**
     * One service (AIS with its AIG, AIL and AIP), or the appointment as a whole where it has none.
     *
     * @param event what happened to it
     * @param hasArrived whether the patient is said to be there
     * @param entry what is to be done, as an entry writes it (Requested Procedure Code Sequence and Description), and in the
     *     item of the Scheduled Procedure Step Sequence: start (0040,0002) and (0040,0003), end (0040,0004) and (0040,0005),
     *     station AE titles (0040,0001) and name (0040,0010), location (0040,0011), performing physician (0040,0006);
     *     anything else is ignored, zero length clears
     */
    public record Service(AppointmentEvent event, boolean hasArrived, DataSet entry) {

        /** Without attributes, which are patient data. */
        @Override
        public String toString() {
            return "Service[" + event + "]";
        }
    }

    /** Without attributes, which are patient data. */
    @Override
    public String toString() {
        return "AppointmentMessage[" + reception + ", " + orders + "]";
    }
}
