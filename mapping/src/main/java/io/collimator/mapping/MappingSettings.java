package io.collimator.mapping;

import java.time.ZoneId;

/**
 * What a site sets for all rules.
 *
 * @param zone zone of times that carry none, and into which times with an offset are converted
 * @param assigningAuthority PID-3.4.1 or PID-3.4.2 of the patient identifier to use; "" for none, then the one typed MR,
 *     else the first
 * @param defaultAuthority who gave numbers of which neither the message nor the sender's block says it, as {@code NORTH} or
 *     {@code NORTH&1.2.3&ISO}; "" for nobody
 */
public record MappingSettings(ZoneId zone, String assigningAuthority, String defaultAuthority) {

    public static MappingSettings of(ZoneId zone) {
        return new MappingSettings(zone, "", "");
    }
}
