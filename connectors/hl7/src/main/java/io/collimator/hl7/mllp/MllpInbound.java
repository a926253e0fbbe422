package io.collimator.hl7.mllp;

/** What the decoder hands on. */
public sealed interface MllpInbound permits MllpFrame, BrokenFrame, OversizedFrame {}
