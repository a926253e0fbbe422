package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;

/**
 * What an appointment says about one order and one of the services that are booked.
 *
 * @param numbers SCH-26 and SCH-27 of one repetition; both "" when the message names no order
 * @param action what happens to the service (AIS-2, RGS-2, table 0206: A, D, U, X); "" when it is not said
 * @param attributes start, end, station, location: only what the message carries
 * @param defaults what stands in where there is no value otherwise
 */
public record AppointmentItem(
        OrderNumbers numbers, String action, DataSet attributes, DataSet defaults, Provenance provenance) {

    /** Without values. */
    @Override
    public String toString() {
        return "AppointmentItem[" + numbers + " " + attributes + "]";
    }
}
