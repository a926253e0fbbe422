package io.collimator.engine.health;

import io.collimator.engine.console.HealthState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether listeners take connections: tried as a peer would. One caller at a time. */
public final class ListenerProbe implements Supplier<HealthState> {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerProbe.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** A connection is a place taken from a peer: not one for each time that someone asks. */
    private static final Duration COUNTS = Duration.ofSeconds(10);

    private final Supplier<List<InetSocketAddress>> listeners;
    private final String detail;
    private List<InetSocketAddress> tried = List.of();
    private long triedAt;

    /**
     * Makes it.
     *
     * @param listeners that should take connections now; none: the part is down
     * @param detail what to say of them while they do
     */
    public ListenerProbe(Supplier<List<InetSocketAddress>> listeners, String detail) {
        this.listeners = listeners;
        this.detail = detail;
    }

    @Override
    public HealthState get() {
        List<InetSocketAddress> now = listeners.get();
        if (now.isEmpty()) {
            return HealthState.down("It is not bound; the log says why.");
        }
        if (now.equals(tried) && System.nanoTime() - triedAt < COUNTS.toNanos()) {
            return HealthState.up(detail);
        }
        List<String> silent = new ArrayList<>();
        for (InetSocketAddress listener : now) {
            if (!takes(listener)) {
                silent.add(listener.getHostString() + ":" + listener.getPort());
            }
        }
        if (!silent.isEmpty()) {
            tried = List.of();
            return HealthState.down("No connection is taken at %s.".formatted(String.join(", ", silent)));
        }
        tried = now;
        triedAt = System.nanoTime();
        return HealthState.up(detail);
    }

    private static boolean takes(InetSocketAddress listener) {
        try (Socket socket = new Socket()) {
            InetAddress bound = InetAddress.getByName(listener.getHostString());
            InetAddress address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
            socket.connect(new InetSocketAddress(address, listener.getPort()), Math.toIntExact(CONNECT.toMillis()));
            return true;
        } catch (IOException e) {
            LOG.debug("No connection is taken at {}", listener, e);
            return false;
        }
    }
}
