package io.collimator.dicom.net.association;

import io.collimator.dicom.operation.ArrivingDataSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data set that is read while it arrives: the event loop fills it, a handler thread reads. When much of it waits, nothing
 * more is read from the peer. Thread-safe.
 */
final class IncomingDataSet implements ArrivingDataSet {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingDataSet.class);

    private enum Arrival {
        UNDER_WAY,
        COMPLETE,
        LOST
    }

    /** Bytes that may wait before reading is held. */
    private static final int MAX_WAITING = 256 * 1024;

    private final Link link;
    private final ReadingBrake brake;
    private final Duration timeout;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final List<Runnable> onceArrived = new ArrayList<>();
    private int waitingBytes;
    private long changes;
    private Arrival arrival = Arrival.UNDER_WAY;
    private boolean discarding;
    private boolean tooLong;

    /**
     * @param timeout how long a reader waits for the next bytes
     */
    IncomingDataSet(Link link, ReadingBrake brake, Duration timeout) {
        this.link = link;
        this.brake = brake;
        this.timeout = timeout;
    }

    /** A fragment arrived. */
    synchronized void add(ByteBuffer fragment) {
        changed();
        if (discarding || !fragment.hasRemaining()) {
            return;
        }
        byte[] content = new byte[fragment.remaining()];
        fragment.get(content);
        waiting.add(content);
        waitingBytes += content.length;
        brake();
    }

    /** The last fragment arrived. */
    void complete() {
        arrived(Arrival.COMPLETE);
    }

    /** The rest will not come. */
    void lose() {
        arrived(Arrival.LOST);
    }

    private void arrived(Arrival how) {
        List<Runnable> told;
        synchronized (this) {
            if (arrival != Arrival.UNDER_WAY) {
                return;
            }
            arrival = how;
            told = List.copyOf(onceArrived);
            onceArrived.clear();
            changed();
        }
        told.forEach(Runnable::run);
    }

    /** Runs the task once nothing more is to come: at once, or on the event loop. */
    void onceArrived(Runnable task) {
        synchronized (this) {
            if (arrival == Arrival.UNDER_WAY) {
                onceArrived.add(task);
                return;
            }
        }
        task.run();
    }

    /** Throws away what is here and what is still to come. */
    synchronized void discard() {
        discarding = true;
        waiting.clear();
        waitingBytes = 0;
        brake();
        changed();
    }

    @Override
    public boolean finish() {
        try {
            drain();
            return true;
        } catch (IOException e) {
            LOG.info("The association is aborted in the middle of a data set: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.abort();
        return false;
    }

    private synchronized void drain() throws IOException, InterruptedException {
        discard();
        while (arrival == Arrival.UNDER_WAY) {
            await();
        }
    }

    @Override
    public synchronized boolean isTooLong() {
        return tooLong;
    }

    @Override
    public InputStream open(long maxBytes) {
        return new Reader(maxBytes);
    }

    /** The next bytes; null at the end. */
    private synchronized byte @Nullable [] take() throws IOException {
        try {
            while (waiting.isEmpty() && !discarding && arrival == Arrival.UNDER_WAY) {
                await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The thread was interrupted while it read a data set.");
        }
        if (!waiting.isEmpty()) {
            byte[] next = waiting.remove();
            waitingBytes -= next.length;
            brake();
            return next;
        }
        if (discarding || arrival == Arrival.LOST) {
            throw new IOException(
                    discarding
                            ? "The data set is no longer to be read: its request is answered."
                            : "The association ended before the data set was complete.");
        }
        return null;
    }

    private synchronized IOException tooLong(long maxBytes) {
        tooLong = true;
        discard();
        return new IOException("The data set is longer than the %d bytes that are allowed.".formatted(maxBytes));
    }

    /** Waits for something to change; the peer must send something within the timeout. */
    private void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        long before = changes;
        while (changes == before) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new IOException("The peer sent no more of the data set within %s.".formatted(timeout));
            }
            wait(millis);
        }
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    private void brake() {
        brake.set(this, waitingBytes > MAX_WAITING);
    }

    /** Not thread-safe, as streams are. */
    private final class Reader extends InputStream {

        private final long maxBytes;
        private long left;
        private @Nullable ByteBuffer current;

        Reader(long maxBytes) {
            this.maxBytes = maxBytes;
            this.left = maxBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            ByteBuffer bytes = current;
            if (bytes == null || !bytes.hasRemaining()) {
                byte[] next = take();
                if (next == null) {
                    return -1;
                }
                bytes = ByteBuffer.wrap(next);
                current = bytes;
            }
            if (left == 0) {
                throw tooLong(maxBytes);
            }
            int count = (int) Math.min(left, Math.min(length, bytes.remaining()));
            bytes.get(target, offset, count);
            left -= count;
            return count;
        }

        @Override
        public int available() {
            ByteBuffer bytes = current;
            return bytes == null ? 0 : (int) Math.min(left, bytes.remaining());
        }
    }
}
