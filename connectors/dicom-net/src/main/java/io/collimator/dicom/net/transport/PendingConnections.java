package io.collimator.dicom.net.transport;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections that have no association, not yet or no more. When there are too many, the oldest gives way to the new one:
 * a peer that means it negotiates at once, who only holds a place is the one to lose it. Thread-safe.
 */
final class PendingConnections {

    private final int max;
    private final Set<Connection> pending = new LinkedHashSet<>();

    PendingConnections(int max) {
        this.max = max;
    }

    void add(Connection connection) {
        Connection oldest = put(connection);
        if (oldest != null) {
            oldest.close();
        }
    }

    private synchronized @Nullable Connection put(Connection connection) {
        Connection oldest = null;
        if (pending.size() >= max) {
            Iterator<Connection> iterator = pending.iterator();
            oldest = iterator.next();
            iterator.remove();
        }
        pending.add(connection);
        return oldest;
    }

    synchronized void remove(Connection connection) {
        pending.remove(connection);
    }

    void closeAll() {
        snapshot().forEach(Connection::close);
    }

    private synchronized List<Connection> snapshot() {
        return List.copyOf(pending);
    }
}
