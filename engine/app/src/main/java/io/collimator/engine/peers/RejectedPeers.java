package io.collimator.engine.peers;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.service.RejectionReport;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.logging.LineBudget;
import io.collimator.engine.metrics.RejectionMeter;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts rejected associations, and warns of registered AE titles that are used elsewhere: once a minute each. Thread-safe. */
public final class RejectedPeers implements RejectionReport {

    private static final Logger LOG = LoggerFactory.getLogger(RejectedPeers.class);
    private static final int LINES = 1;

    private final ApplicationEntities registry;
    private final RejectionMeter meter;
    private final Clock clock;

    /** One a registered peer, so that the registry is the bound. */
    private final Map<AeTitle, LineBudget> lines = new ConcurrentHashMap<>();

    public RejectedPeers(ApplicationEntities registry, RejectionMeter meter, Clock clock) {
        this.registry = registry;
        this.meter = meter;
        this.clock = clock;
    }

    @Override
    public void rejected(Reason reason, @Nullable AeTitle calling, @Nullable InetAddress from) {
        Optional<AeTitle> peer =
                Optional.ofNullable(calling).flatMap(registry::find).map(ApplicationEntity::title);
        meter.count(peer.map(AeTitle::value).orElse(""), reason);
        if (reason == Reason.OTHER_HOST && from != null) {
            peer.ifPresent(title -> warn(title, from));
        }
    }

    private void warn(AeTitle title, InetAddress from) {
        lines.computeIfAbsent(title, first -> new LineBudget(LINES, clock))
                .next()
                .ifPresent(more -> LOG.warn(
                        "{} was called from {}, which is not among its hosts, and rejected (1/1/3). If it is there, add the address to hosts of {} in config/application-entities.yaml.{}",
                        title,
                        from.getHostAddress(),
                        title,
                        more));
    }
}
