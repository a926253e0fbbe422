package io.collimator.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a scheduling message says (HL7 v2.5.1 §10.4).
 *
 * @param sender name of the profile by which it was read
 * @param event trigger event of MSH-9, for instance {@code S13}
 * @param placerAppointment SCH-1.1
 * @param fillerAppointment SCH-2.1
 * @param sent MSH-7
 * @param patient PID-3 as for an order; empty without PID
 * @param items one for each order that it names and each service (AIS) that may be its own, those of an order together; at least one
 */
public record MappedAppointment(
        String sender,
        String event,
        String placerAppointment,
        String fillerAppointment,
        Optional<Instant> sent,
        Optional<PatientIdentifier> patient,
        List<AppointmentItem> items,
        List<MappingWarning> warnings) {

    public MappedAppointment {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
    }
}
