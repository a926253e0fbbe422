package io.collimator.acceptance.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A TCP relay on loopback that stands for the network between two programs. A fault is switched on and off while it runs;
 * close ends every connection that went through it. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int BUFFER_BYTES = 16_384;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What is done with new connections; each link keeps what is done with its bytes. */
    private volatile Fault fault = Fault.PASS;

    /** What the network does. */
    private enum Fault {
        PASS,
        /** Connections are reset, new ones at once. */
        RESET,
        /** Bytes vanish both ways and nobody is told; new connections are taken, and their bytes vanish too. */
        SWALLOW,
        /** The next packet is cut in the middle, then the connection is reset. */
        CUT
    }

    private FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    /** A relay to a port of this machine that passes everything on. */
    public static FaultProxy to(int port) {
        try {
            FaultProxy proxy = new FaultProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            proxy.thread("fault-proxy-accept", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy cannot listen.", e);
        }
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Connections that are open through it. */
    public int connections() {
        return links.size();
    }

    /** The fault ends. What was swallowed stays swallowed: those connections never get their bytes. */
    public void pass() {
        fault = Fault.PASS;
        links.forEach(link -> link.delay = Duration.ZERO);
    }

    /** Resets what is open, and every new connection. */
    public void reset() {
        fault = Fault.RESET;
        links.forEach(Link::reset);
    }

    /** Bytes of the connections that are open vanish from now on, without a reset; new connections are passed on. */
    public void swallowOld() {
        fault = Fault.PASS;
        links.forEach(link -> link.fault = Fault.SWALLOW);
    }

    /** Bytes of all connections vanish, those of new ones too. */
    public void swallowAll() {
        fault = Fault.SWALLOW;
        links.forEach(link -> link.fault = Fault.SWALLOW);
    }

    /** Every packet on what is open takes so long each way. */
    public void delay(Duration each) {
        links.forEach(link -> link.delay = each);
    }

    /** The next packet on each open connection is cut in the middle, and the connection is reset. */
    public void cutNextPacket() {
        links.forEach(link -> link.fault = Fault.CUT);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy does not close.", e);
        }
        links.forEach(Link::reset);
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                take(listener.accept());
            } catch (IOException e) {
                // the listener was closed, or the caller left before it was taken
            }
        }
    }

    private void take(Socket near) throws IOException {
        if (fault == Fault.RESET) {
            abort(near);
            return;
        }
        Socket far = new Socket();
        Link link = new Link(near, far, fault);
        links.add(link);
        if (fault == Fault.SWALLOW) {
            thread("fault-proxy-swallow", () -> link.pump(near, far));
            return;
        }
        try {
            far.connect(target, CONNECT_MILLIS);
        } catch (IOException e) {
            link.reset();
            return;
        }
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        thread("fault-proxy-out", () -> link.pump(near, far));
        thread("fault-proxy-in", () -> link.pump(far, near));
    }

    private void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    /** One connection. */
    private final class Link {

        private final Socket near;
        private final Socket far;
        private volatile Fault fault;
        private volatile Duration delay = Duration.ZERO;

        Link(Socket near, Socket far, Fault fault) {
            this.near = near;
            this.far = far;
            this.fault = fault;
        }

        /** Copies one way until the connection ends. */
        void pump(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                for (int read = from.getInputStream().read(buffer);
                        read >= 0;
                        read = from.getInputStream().read(buffer)) {
                    pass(buffer, read, to);
                }
                if (fault != Fault.SWALLOW) {
                    to.shutdownOutput();
                    if (from.isOutputShutdown()) {
                        finish();
                    }
                    return;
                }
                end(from);
            } catch (IOException e) {
                end(from);
            }
        }

        private void pass(byte[] buffer, int length, Socket to) throws IOException {
            if (!delay.isZero()) {
                pause(delay);
            }
            switch (fault) {
                case PASS -> to.getOutputStream().write(buffer, 0, length);
                case CUT -> {
                    to.getOutputStream().write(buffer, 0, length / 2);
                    reset();
                }
                case RESET -> reset();
                case SWALLOW -> {
                    // nobody is told
                }
            }
        }

        private void pause(Duration duration) throws IOException {
            try {
                if (closed.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("The proxy was closed.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The proxy was interrupted.", e);
            }
        }

        /** A side ended: the other one is told, but for a fault that keeps it from hearing. */
        private void end(Socket side) {
            if (fault == Fault.SWALLOW) {
                abort(side);
                if (near.isClosed() && (far.isClosed() || !far.isConnected())) {
                    links.remove(this);
                }
            } else {
                reset();
            }
        }

        /** Both sides have ended. */
        private void finish() throws IOException {
            links.remove(this);
            near.close();
            far.close();
        }

        void reset() {
            links.remove(this);
            abort(near);
            abort(far);
        }
    }
}
