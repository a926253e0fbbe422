package io.collimator.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who keeps a place and who gives way. */
class ConnectionPlacesTest {

    private long now;
    private final ConnectionPlaces places = new ConnectionPlaces(4, () -> now);
    private final List<Peer> open = new ArrayList<>();

    /** A connection that can be closed by either side. */
    private final class Peer {

        private final HttpConnection connection = (HttpConnection) Proxy.newProxyInstance(
                HttpConnection.class.getClassLoader(), new Class<?>[] {HttpConnection.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "closeHandler" ->
                            whenClosed =
                                    () -> this.<Handler<Object>>cast(args[0]).handle(null);
                        case "close" -> {
                            close();
                            return Future.succeededFuture();
                        }
                        case "equals" -> {
                            return proxy == args[0];
                        }
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        default -> {
                            return null;
                        }
                    }
                    return proxy;
                });

        private Runnable whenClosed = () -> {};

        @SuppressWarnings("unchecked")
        private <T> T cast(Object handler) {
            return (T) handler;
        }

        private void close() {
            open.remove(this);
            whenClosed.run();
        }
    }

    private Peer connect() {
        Peer peer = new Peer();
        open.add(peer);
        places.opened(peer.connection);
        now += TimeUnit.SECONDS.toNanos(2);
        return peer;
    }

    @Test
    void the_one_that_is_idle_for_longest_gives_way() {
        Peer first = connect();
        Peer second = connect();
        Peer third = connect();
        Peer served = connect();
        places.isServed(served.connection);
        places.waits(first.connection);

        Peer late = connect();
        Peer later = connect();

        assertThat(open).containsExactly(first, served, late, later).doesNotContain(second, third);
    }

    @Test
    void whoever_is_served_keeps_its_place_and_a_new_one_is_turned_away() {
        for (int i = 0; i < 4; i++) {
            places.isServed(connect().connection);
        }
        List<Peer> before = List.copyOf(open);

        connect();

        assertThat(open).isEqualTo(before);
    }

    @Test
    void those_who_ask_for_health_give_way_when_they_are_the_most_and_the_idle_one_is_new() {
        Peer asking = connect();
        Peer other = connect();
        Peer third = connect();
        places.asksForHealth(asking.connection);
        places.asksForHealth(other.connection);
        Peer idle = connect();

        places.waits(idle.connection);
        Peer late = connect();
        assertThat(open).contains(asking, other, idle, late).doesNotContain(third);

        places.asksForHealth(idle.connection);
        places.waits(late.connection);
        Peer latest = connect();
        assertThat(open).containsExactly(other, idle, late, latest);
    }

    @Test
    void no_state_but_being_served_lasts_and_what_a_body_holds_is_let_go() {
        Peer idle = connect();
        Peer sending = connect();
        Peer taking = connect();
        Peer served = connect();
        List<String> released = new ArrayList<>();
        places.waits(idle.connection);
        places.sendsABody(sending.connection, () -> released.add("body"));
        places.takesItsAnswer(taking.connection);
        places.isServed(served.connection);

        now += TimeUnit.SECONDS.toNanos(31);
        places.closeLate();
        assertThat(open).containsExactly(sending, taking, served);
        now += TimeUnit.SECONDS.toNanos(30);
        places.closeLate();
        assertThat(open).containsExactly(served);
        assertThat(released).containsExactly("body");
    }

    @Test
    void a_connection_that_is_closed_frees_its_place() {
        Peer first = connect();
        connect();
        connect();
        connect();

        first.close();
        connect();

        assertThat(open).hasSize(4);
    }
}
