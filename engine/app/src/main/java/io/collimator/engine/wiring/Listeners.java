package io.collimator.engine.wiring;

import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Addresses to listen at: found free before anything starts, so that the error names the setting. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    /** Below the ports that systems give to outgoing connections: one of these would take it before the listener does. */
    private static final int FIRST_FREE = 12_000;

    private static final int FREE_PORTS = 20_000;
    private static final int ATTEMPTS = 50;

    private Listeners() {}

    /**
     * The address, with a free port in place of 0.
     *
     * @param area the setting without {@code .port}, for instance {@code collimator.mllp}
     * @throws StartException when the address cannot be bound
     */
    static InetSocketAddress claim(String area, String host, int port) {
        for (int attempt = 0; port == 0 && attempt < ATTEMPTS; attempt++) {
            int some = FIRST_FREE + ThreadLocalRandom.current().nextInt(FREE_PORTS);
            try {
                return bound(host, some);
            } catch (IOException e) {
                LOG.debug("Port {} is taken", some, e);
            }
        }
        try {
            return bound(host, port);
        } catch (IOException e) {
            throw new StartException(
                    "%s:%d cannot be bound (%s): another program uses the port, or the address is not this machine's. Set %s.port or %s.bind-address."
                            .formatted(host, port, e.getMessage(), area, area),
                    e);
        }
    }

    private static InetSocketAddress bound(String host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return new InetSocketAddress(host, socket.getLocalPort());
        }
    }

    /** A warning for each listener that others can reach without TLS. */
    static List<Problem> warnings(EngineSettings settings) {
        List<Problem> warnings = new ArrayList<>();
        warn("collimator.mllp.bind-address", settings.mllp().bindAddress(), warnings);
        warn("collimator.dicom.bind-address", settings.dicom().bindAddress(), warnings);
        warn("collimator.http.bind-address", settings.http().bindAddress(), warnings);
        if (settings.jms().isEmbedded()) {
            warn("collimator.jms.bind-address", settings.jms().bindAddress(), warnings);
        }
        return warnings;
    }

    /** A warning for each peer that others may pretend to be, and for each archive that would not be believed. */
    static List<Problem> peerWarnings(EngineSettings settings, ApplicationEntities peers) {
        List<Problem> warnings = new ArrayList<>();
        boolean isOffLoopback = !isLoopback(settings.dicom().bindAddress());
        for (ApplicationEntity peer : peers.all()) {
            if (peer.hosts().isEmpty()) {
                if (isOffLoopback) {
                    warnings.add(ofPeer(
                            peer,
                            "",
                            "is missing, so that whoever calls itself %s is served, from any address; list the addresses or networks that it calls from."
                                    .formatted(peer.title())));
                }
            } else if (peer.commitmentArchive() && peer.isReachedElsewhere()) {
                warnings.add(ofPeer(
                        peer,
                        String.join(", ", peer.hosts()),
                        "does not hold its host %s, so that reports on an association that we opened are not believed; add it."
                                .formatted(peer.host())));
            }
        }
        return warnings;
    }

    private static Problem ofPeer(ApplicationEntity peer, String value, String fix) {
        return new Problem(
                "config/application-entities.yaml",
                0,
                "applicationEntities.%s.hosts".formatted(peer.title()),
                value,
                fix);
    }

    private static void warn(String key, String host, List<Problem> warnings) {
        if (!isLoopback(host)) {
            warnings.add(new Problem(
                    "settings", 0, key, host, "is off loopback without TLS; keep it inside a network that you trust."));
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException e) {
            return false; // binding it will say what is wrong
        }
    }
}
