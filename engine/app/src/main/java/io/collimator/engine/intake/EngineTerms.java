package io.collimator.engine.intake;

import io.collimator.hl7.ack.AcceptanceSettings;
import java.nio.charset.Charset;

/**
 * What holds for a sender whose profile says nothing else.
 *
 * @param acceptance kinds, versions and processing IDs that are served
 * @param characterSet where MSH-18 names none
 */
public record EngineTerms(AcceptanceSettings acceptance, Charset characterSet) {}
