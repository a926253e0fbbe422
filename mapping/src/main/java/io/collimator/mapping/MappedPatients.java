package io.collimator.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an ADT message says, patient by patient; a merge may name several.
 *
 * @param sender name of the profile by which it was read
 * @param event trigger event of MSH-9, for instance {@code A08}
 * @param occurred EVN-6, else EVN-2; empty when there is none, or none that is a time
 * @param sent MSH-7
 */
public record MappedPatients(
        String sender,
        String event,
        Optional<Instant> occurred,
        Optional<Instant> sent,
        List<MappedPatient> patients,
        List<MappingWarning> warnings) {

    public MappedPatients {
        patients = List.copyOf(patients);
        warnings = List.copyOf(warnings);
    }
}
