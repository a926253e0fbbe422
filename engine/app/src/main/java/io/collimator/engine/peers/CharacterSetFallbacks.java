package io.collimator.engine.peers;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntity.Fallback;
import io.collimator.engine.logging.LineBudget;
import io.collimator.engine.metrics.CountsByPeer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the values of answers that a peer's character set does not hold, and warns of those that went as UTF-8, which the
 * peer may show as nonsense: once an hour and peer. Thread-safe.
 */
public final class CharacterSetFallbacks {

    private static final Logger LOG = LoggerFactory.getLogger(CharacterSetFallbacks.class);
    private static final Duration PERIOD = Duration.ofHours(1);

    private final CountsByPeer counts;
    private final Clock clock;

    /** One a registered peer, so that the registry is the bound. */
    private final Map<AeTitle, LineBudget> lines = new ConcurrentHashMap<>();

    public CharacterSetFallbacks(CountsByPeer counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Values that a set does not hold.
     *
     * @param set what the registry says of the peer, else what its request declares
     * @param attributes their keywords, each once
     * @param number how many, from 1
     */
    public record Values(SpecificCharacterSet set, Collection<String> attributes, int number) {}

    /** The values were transliterated. */
    public void transliterated(AeTitle peer, Values values) {
        counts.add(peer, Fallback.TRANSLITERATE.label(), values.number());
    }

    /** The values went as UTF-8. */
    public void sentAsUtf8(AeTitle peer, Values values) {
        counts.add(peer, Fallback.UTF8.label(), values.number());
        lines.computeIfAbsent(peer, first -> new LineBudget(1, PERIOD, clock))
                .next()
                .ifPresent(more -> LOG.warn(
                        "{} was sent {} values that its character set {} does not hold, of {}: as UTF-8 (ISO_IR 192), which it may not be able to show. Set characterSet of {} in config/application-entities.yaml to ISO_IR 192 if it reads that, else to what it reads with fallback: transliterate.{}",
                        peer,
                        values.number(),
                        values.set(),
                        String.join(", ", values.attributes()),
                        peer,
                        more));
    }
}
