package io.collimator.camel.hl7;

import java.util.concurrent.Executor;

/**
 * What the handlers of all connections share.
 *
 * @param blocking runs what may wait
 * @param apart runs what takes long and waits for nothing
 */
record MllpListenerParts(
        MllpTransportSettings settings,
        Acknowledgements acknowledgements,
        MllpTraffic traffic,
        MllpBuffers buffers,
        MllpLosses losses,
        MllpCrowding crowding,
        RefusedFrames refusedFrames,
        Executor blocking,
        Executor apart) {}
