package io.collimator.workflow.patient;

import java.time.ZoneId;

/**
 * What a site decides about ADT messages.
 *
 * @param arrivals whether A04 and A10 make the scheduled steps of that day {@code ARRIVED}
 * @param zone in which a day is a day
 */
public record PatientPolicy(boolean arrivals, ZoneId zone) {

    /** Arrivals are not taken from ADT. */
    public static PatientPolicy standard(ZoneId zone) {
        return new PatientPolicy(false, zone);
    }
}
