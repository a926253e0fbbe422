package io.collimator.engine.console;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is connected: at most so many. For a new connection the one gives way that has been idle for longest, which is also one that
 * sends no end of a request or does not take its answer. Whoever is being answered stays; of those who ask for health some give way
 * when they are the most. No such state lasts for ever, so that bytes that trickle hold no place. Not thread-safe: owned by the
 * event loop.
 */
final class ConnectionPlaces {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPlaces.class);

    /** What a connection does. */
    private enum State {
        /** Nothing, or it sends the head of a request. */
        WAITS(Duration.ofSeconds(30)),
        /** It sends the body of a request. */
        SENDS(Duration.ofSeconds(60)),
        /** One of our few threads has its request, or will. */
        IS_SERVED(Duration.ofDays(1)),
        /** It waits for an answer that all who ask are given, which keeps no thread of its own. */
        ASKS_FOR_HEALTH(Duration.ofSeconds(30)),
        /** It takes its answer. */
        TAKES(Duration.ofSeconds(60));

        private final Duration longest;

        State(Duration longest) {
            this.longest = longest;
        }
    }

    /** So long a new connection is left to send its request when others could give way. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** @param since by the ticker */
    private record Place(State state, long since, Runnable whenClosed) {}

    private final int max;
    private final LongSupplier ticker;

    /** The one that has been in its state for longest comes first. */
    private final Map<HttpConnection, Place> places = new LinkedHashMap<>();

    /** @param ticker as {@link System#nanoTime()} */
    ConnectionPlaces(int max, LongSupplier ticker) {
        this.max = max;
        this.ticker = ticker;
    }

    void opened(HttpConnection connection) {
        if (places.size() >= max) {
            Optional<HttpConnection> old = givesWay();
            close(old.orElse(connection));
            if (old.isEmpty()) {
                return;
            }
        }
        places.put(connection, new Place(State.WAITS, ticker.getAsLong(), () -> {}));
        connection.closeHandler(closed -> forget(connection));
    }

    private Optional<HttpConnection> givesWay() {
        Optional<HttpConnection> idle = oldest(EnumSet.of(State.WAITS, State.TAKES));
        Optional<HttpConnection> asking = oldest(EnumSet.of(State.ASKS_FOR_HEALTH));
        long manyAsk = places.values().stream()
                .filter(place -> place.state() == State.ASKS_FOR_HEALTH)
                .count();
        boolean isNew = idle.map(places::get)
                .filter(place -> ticker.getAsLong() - place.since() < GRACE.toNanos())
                .isPresent();
        return idle.isEmpty() || (isNew && manyAsk > max / 2) ? asking : idle;
    }

    private Optional<HttpConnection> oldest(Set<State> states) {
        return places.entrySet().stream()
                .filter(entry -> states.contains(entry.getValue().state()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void close(HttpConnection connection) {
        forget(connection);
        LOG.debug("The connection of {} gives way to another one", connection.remoteAddress());
        connection.close();
    }

    private void forget(HttpConnection connection) {
        Place place = places.remove(connection);
        if (place != null) {
            place.whenClosed().run();
        }
    }

    void waits(HttpConnection connection) {
        become(connection, State.WAITS);
    }

    void isServed(HttpConnection connection) {
        become(connection, State.IS_SERVED);
    }

    void asksForHealth(HttpConnection connection) {
        become(connection, State.ASKS_FOR_HEALTH);
    }

    void takesItsAnswer(HttpConnection connection) {
        become(connection, State.TAKES);
    }

    /** @param whenClosed run when it closes before anything else becomes of it */
    void sendsABody(HttpConnection connection, Runnable whenClosed) {
        become(connection, new Place(State.SENDS, ticker.getAsLong(), whenClosed));
    }

    private void become(HttpConnection connection, State state) {
        become(connection, new Place(state, ticker.getAsLong(), () -> {}));
    }

    /** One that had to give way has no place any more. */
    private void become(HttpConnection connection, Place place) {
        if (places.remove(connection) != null) {
            places.put(connection, place);
        }
    }

    /** Closes those whose time is over; called now and then. */
    void closeLate() {
        long now = ticker.getAsLong();
        List<HttpConnection> late = new ArrayList<>();
        places.forEach((connection, place) -> {
            if (now - place.since() > place.state().longest.toNanos()) {
                late.add(connection);
            }
        });
        late.forEach(this::close);
    }
}
