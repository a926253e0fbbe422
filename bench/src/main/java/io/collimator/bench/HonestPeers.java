package io.collimator.bench;

import io.collimator.bench.WorklistAsker.Question;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Who works with the engine while it is attacked. Each sends at a fixed pace: a request that has to wait makes those after
 * it late, and late is counted.
 */
final class HonestPeers implements AutoCloseable {

    /** Requests of each of them. */
    static final int A_SECOND = 10;

    private static final long PERIOD = Duration.ofSeconds(1).toNanos() / A_SECOND;

    /** One of them. */
    enum Peer {
        OLD_CONNECTION("order, connection that stays"),
        NEW_CONNECTION("order, new connection"),
        WORKLIST("worklist query, new association"),
        HEALTH("health, new connection");

        private final String label;

        Peer(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /**
     * What one of them did.
     *
     * @param latencies of what was answered well, in nanoseconds from when it was due, ascending
     * @param errors what was not, one text each
     */
    record Work(long[] latencies, List<String> errors) {

        double millis(double share) {
            return latencies.length == 0
                    ? Double.NaN
                    : latencies[Math.min(latencies.length - 1, (int) (latencies.length * share))] / 1e6;
        }
    }

    private final MeasuredEngine engine;
    // the prefix by which WorklistIdentifiers asks
    private final OrderText asked;
    private final OrderText others;
    private final ExecutorService threads = Executors.newFixedThreadPool(Peer.values().length);
    private @Nullable MllpConnection old;
    private int begun;
    private volatile int lastOrder;

    /** Sends the first order. */
    HonestPeers(MeasuredEngine engine, LocalDate firstDay) throws IOException {
        this.engine = engine;
        this.asked = new OrderText("W", firstDay);
        this.others = new OrderText("N", firstDay);
        orderOnTheOldConnection(0);
        begun = 1;
    }

    /** All of them at their pace for so long, and longer when they are late; one call at a time. */
    CompletableFuture<Map<Peer, Work>> work(Duration duration) {
        int requests = Math.max(1, (int) (duration.toNanos() / PERIOD));
        int firstNumber = begun;
        begun += requests;
        Map<Peer, CompletableFuture<Work>> works = new EnumMap<>(Peer.class);
        long next = System.nanoTime();
        for (Peer peer : Peer.values()) {
            long first = next;
            works.put(peer, CompletableFuture.supplyAsync(() -> work(peer, first, firstNumber, requests), threads));
            // not all at the same moment
            next += PERIOD / Peer.values().length;
        }
        return CompletableFuture.allOf(works.values().toArray(CompletableFuture[]::new))
                .thenApply(ignored -> {
                    Map<Peer, Work> done = new EnumMap<>(Peer.class);
                    works.forEach((peer, work) -> done.put(peer, work.join()));
                    return done;
                });
    }

    private Work work(Peer peer, long first, int firstNumber, int requests) {
        long[] latencies = new long[requests];
        int count = 0;
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            long due = first + i * PERIOD;
            Attackers.awaitTime(due);
            try {
                request(peer, firstNumber + i);
                latencies[count++] = System.nanoTime() - due;
            } catch (IOException e) {
                errors.add(e.toString());
            }
        }
        long[] answered = Arrays.copyOf(latencies, count);
        Arrays.sort(answered);
        return new Work(answered, errors);
    }

    private void request(Peer peer, int number) throws IOException {
        switch (peer) {
            case OLD_CONNECTION -> orderOnTheOldConnection(number);
            case NEW_CONNECTION -> {
                try (MllpConnection connection = new MllpConnection(engine.mllpPort())) {
                    order(connection, others, number);
                }
            }
            case WORKLIST -> askForTheLastOrder();
            case HEALTH -> {
                String path = number % 2 == 0 ? "/health/live" : "/health/ready";
                try (HttpConnection connection = new HttpConnection(engine.httpPort())) {
                    expect(connection.get(path, ""), "HTTP/1.1 200 ");
                }
            }
        }
    }

    private void orderOnTheOldConnection(int number) throws IOException {
        MllpConnection connection = old == null ? new MllpConnection(engine.mllpPort()) : old;
        old = null;
        order(connection, asked, number);
        old = connection;
        lastOrder = number;
    }

    private void askForTheLastOrder() throws IOException {
        int number = lastOrder;
        try (FindConnection connection =
                new FindConnection(engine.dicomPort(), EngineHome.modalityAe(), "COLLIMATOR")) {
            int matches = connection.find(FindConnection.encoded(WorklistIdentifiers.of(Question.ONE_MATCH, number)));
            if (matches != 1) {
                throw new IOException("Order %d is in the worklist %d times.".formatted(number, matches));
            }
        }
    }

    private static void order(MllpConnection connection, OrderText orders, int number) throws IOException {
        expect(connection.send(orders.message(number)), "\rMSA|AA|" + orders.accession(number));
    }

    private static void expect(String answer, String part) throws IOException {
        if (!answer.contains(part)) {
            throw new IOException("Instead of %s the answer was: %s".formatted(part.strip(), answer));
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        if (old != null) {
            old.close();
        }
    }
}
