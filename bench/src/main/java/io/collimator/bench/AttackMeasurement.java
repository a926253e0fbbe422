package io.collimator.bench;

import io.collimator.bench.HonestPeers.Peer;
import io.collimator.bench.HonestPeers.Work;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the honest did beside one attack, and what it cost.
 *
 * @param name of the attack, or when it was quiet
 * @param attack none: it was quiet
 * @param attempts of the attackers
 * @param engineCores processor time of the engine by time
 * @param ownCores the same of attackers and honest peers together
 * @param bufferedBytes most of {@code collimator_mllp_buffered_bytes}
 * @param residentBytes most that the engine's process had
 */
record AttackMeasurement(
        String name,
        @Nullable Attack attack,
        long attempts,
        Map<Peer, Work> works,
        double engineCores,
        double ownCores,
        long bufferedBytes,
        long residentBytes) {}
