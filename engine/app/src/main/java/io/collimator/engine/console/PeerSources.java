package io.collimator.engine.console;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.peers.EchoResult;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the console takes what it says of peers.
 *
 * @param registry the registered ones
 * @param echo asks one; blocks
 * @param sloppiness what was read of a peer though it breaks the standard, since the engine started: how often, by kind
 * @param characterSetFallbacks values of answers to a peer that its character set does not hold, since the engine started: how
 *     many, by what became of them
 */
public record PeerSources(
        ApplicationEntities registry,
        Function<ApplicationEntity, EchoResult> echo,
        Function<AeTitle, Map<String, Long>> sloppiness,
        Function<AeTitle, Map<String, Long>> characterSetFallbacks) {}
