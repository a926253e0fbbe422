package io.collimator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Sends orders of one series, each connection its next one as soon as the answer to the one before is there. */
final class Load {

    private final OrderText orders;
    private final AtomicLong next = new AtomicLong();
    private final BitSet acknowledged = new BitSet();

    Load(OrderText orders) {
        this.orders = orders;
    }

    /**
     * What one interval came to.
     *
     * @param nanos from the first message to the last answer
     * @param latencies of the acknowledged orders in nanoseconds, ascending
     * @param refused answers other than AA
     */
    record Interval(long nanos, long[] latencies, int refused) {

        double perSecond() {
            return latencies.length * 1e9 / nanos;
        }

        /** In nanoseconds; 0 when nothing was acknowledged. */
        long percentile(double share) {
            return latencies.length == 0
                    ? 0
                    : latencies[Math.min(latencies.length - 1, (int) (latencies.length * share))];
        }
    }

    OrderText orders() {
        return orders;
    }

    /** Numbers of the orders that were answered AA since the beginning. */
    synchronized BitSet acknowledged() {
        return (BitSet) acknowledged.clone();
    }

    /** Sends over so many connections for so long. */
    Interval run(int port, int connections, Duration duration) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<MllpConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                open.add(new MllpConnection(port));
            }
            long began = System.nanoTime();
            List<Future<Sender>> senders = new ArrayList<>();
            for (MllpConnection connection : open) {
                senders.add(threads.submit(() -> new Sender().send(connection, began + duration.toNanos())));
            }
            return interval(began, senders);
        } finally {
            threads.shutdownNow();
            for (MllpConnection connection : open) {
                connection.close();
            }
        }
    }

    private Interval interval(long began, List<Future<Sender>> senders) throws IOException, InterruptedException {
        List<long[]> latencies = new ArrayList<>();
        int refused = 0;
        for (Future<Sender> sender : senders) {
            try {
                Sender done = sender.get();
                latencies.add(Arrays.copyOf(done.latencies, done.count));
                refused += done.refused;
            } catch (ExecutionException e) {
                throw new IOException("A sender failed.", e.getCause());
            }
        }
        long nanos = System.nanoTime() - began;
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Interval(nanos, all, refused);
    }

    private synchronized void note(BitSet numbers) {
        acknowledged.or(numbers);
    }

    /** What one connection does. */
    private final class Sender {

        private long[] latencies = new long[4_096];
        private int count;
        private int refused;

        Sender send(MllpConnection connection, long until) throws IOException {
            BitSet accepted = new BitSet();
            long sent = System.nanoTime();
            while (sent < until) {
                long number = next.getAndIncrement();
                byte[] message = orders.message(number);
                sent = System.nanoTime();
                boolean isAccepted = connection.send(message).contains("\rMSA|AA|" + orders.accession(number));
                if (isAccepted) {
                    add(System.nanoTime() - sent);
                    accepted.set(Math.toIntExact(number));
                } else {
                    refused++;
                }
            }
            note(accepted);
            return this;
        }

        private void add(long nanos) {
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, count * 2);
            }
            latencies[count++] = nanos;
        }
    }
}
