package io.collimator.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Carry out an attack at its rate until they are closed: several threads, so that one that is made to wait does not end it. */
final class Attackers implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int PATIENCE_SECONDS = 120;

    private final MeasuredEngine engine;
    private final Attack attack;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Deque<Socket> held = new ArrayDeque<>();
    private final Deque<HttpConnection> askers = new ArrayDeque<>();
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong attempts = new AtomicLong();
    private volatile boolean isOver;

    /** Begins. */
    Attackers(MeasuredEngine engine, Attack attack) {
        this.engine = engine;
        this.attack = attack;
        long began = System.nanoTime();
        for (int i = 0; i < THREADS; i++) {
            threads.execute(() -> attack(began));
        }
    }

    private void attack(long began) {
        long period = Duration.ofSeconds(1).toNanos() / attack.aSecond();
        do {
            long number = next.getAndIncrement();
            awaitTime(began + number * period);
            // the first one is made even when it comes late
            if (!isOver || number == 0) {
                try {
                    attack.attempt(this, number);
                } catch (IOException refused) {
                    // the engine may end it in any way that it likes
                }
                attempts.incrementAndGet();
            }
        } while (!isOver);
    }

    /** Waits for a time of {@link System#nanoTime}, or until the thread is interrupted. */
    static void awaitTime(long due) {
        for (long left = due - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    MeasuredEngine engine() {
        return engine;
    }

    /** Attempts that have ended. */
    long attempts() {
        return attempts.get();
    }

    /** Opens a connection that stays open, unless more than so many are. */
    Socket hold(int port, int most) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket oldest = null;
        synchronized (held) {
            held.addLast(socket);
            if (held.size() > most) {
                oldest = held.removeFirst();
            }
        }
        if (oldest != null) {
            oldest.close();
        }
        return socket;
    }

    /** Asks on a connection that nobody uses, or on a new one. */
    void ask(String path, String headers) throws IOException {
        HttpConnection asker = takeAsker();
        if (asker == null) {
            asker = new HttpConnection(engine.httpPort());
        }
        try {
            asker.get(path, headers);
        } catch (IOException e) {
            asker.close();
            throw e;
        }
        synchronized (askers) {
            askers.push(asker);
        }
    }

    private @Nullable HttpConnection takeAsker() {
        synchronized (askers) {
            return askers.poll();
        }
    }

    /** Ends the attack and its connections. */
    @Override
    public void close() throws IOException {
        isOver = true;
        // who writes to a connection that is not read notices only that it is closed
        closeAll();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("An attempt does not end: " + attack.label());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeAll();
        for (HttpConnection asker : askers) {
            asker.close();
        }
    }

    private void closeAll() throws IOException {
        synchronized (held) {
            for (Socket socket : held) {
                socket.close();
            }
            held.clear();
        }
    }
}
