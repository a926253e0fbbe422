package io.collimator.simulators.ris;

import io.collimator.hl7.mllp.MllpClientSettings;
import java.time.Clock;

/**
 * What a RIS is.
 *
 * @param clock tells MSH-7, in the zone of the hospital
 * @param controlIdPrefix what MSH-10 begins with; a number follows, so a prefix is used only once
 */
public record RisSettings(MllpClientSettings receiver, Clock clock, String controlIdPrefix) {}
