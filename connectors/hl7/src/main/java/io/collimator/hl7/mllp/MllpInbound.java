package io.collimator.hl7.mllp;

/** What the decoder hands on. */
public sealed interface MllpInbound permits MllpFrame, BrokenFrame, OversizedFrame, UnfinishedFrame {

    /** The bytes between the framing bytes, or the first of them; not copied. */
    byte[] content();
}
