package io.collimator.camel.hl7;

import java.util.concurrent.Executor;

/** What the handlers of all connections share. */
record MllpListenerParts(
        MllpTransportSettings settings,
        Acknowledgements acknowledgements,
        MllpTraffic traffic,
        MllpLosses losses,
        RefusedFrames refusedFrames,
        Executor blocking) {}
