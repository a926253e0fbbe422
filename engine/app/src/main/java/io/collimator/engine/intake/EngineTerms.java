package io.collimator.engine.intake;

import io.collimator.hl7.ack.AcceptanceSettings;
import io.collimator.hl7.message.ReadingSettings;
import java.nio.charset.Charset;

/**
 * What holds for a sender whose profile says nothing else.
 *
 * @param acceptance kinds, versions and processing IDs that are served
 * @param reading how bytes become text
 */
public record EngineTerms(AcceptanceSettings acceptance, ReadingSettings reading) {

    /** Where MSH-18 names none. */
    Charset characterSet() {
        return reading.standard();
    }
}
