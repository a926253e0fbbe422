package io.collimator.acceptance.engine;

import io.collimator.acceptance.engine.ScriptedRis.Taken;
import io.collimator.acceptance.peer.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A receiver of HL7 over MLLP on one port that is away, mute, refuses or accepts, as a test says. */
public final class SwitchedReceiver implements AutoCloseable {

    /** What it does. */
    public enum Mode {
        /** Nothing listens on its port. */
        AWAY,
        /** It takes connections and messages and says nothing. */
        MUTE,
        /** AR with text and ERR. */
        REFUSES,
        /** It closes the connection in the middle of its answer. */
        BREAKS_OFF,
        ACCEPTS
    }

    public static final String WORDS = "No bed for DOE^JANE";
    public static final String ERROR = "ERR|||207^Application internal error^HL70357|E||||Ward is closed";

    private final int port;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Mode mode = Mode.AWAY;
    private @Nullable ServerSocket listener;
    private Future<?> accepting = CompletableFuture.completedFuture(null);

    public SwitchedReceiver() {
        port = FreePort.choose();
    }

    public int port() {
        return port;
    }

    /** Whoever is connected is disconnected. */
    public synchronized void become(Mode next) {
        mode = next;
        try {
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
            if (listener != null && next == Mode.AWAY) {
                listener.close();
                listener = null;
                // its port is free only when nobody accepts on it any more
                accepting.get(1, TimeUnit.MINUTES);
            } else if (listener == null && next != Mode.AWAY) {
                ServerSocket opened = new ServerSocket();
                opened.setReuseAddress(true);
                opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
                listener = opened;
                accepting = threads.submit(() -> accept(opened));
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The receiver cannot become " + next, e);
        } catch (IOException e) {
            throw new UncheckedIOException("The receiver cannot become " + next, e);
        }
    }

    /** Accession number and ORC-5 of what was accepted, in order. */
    public List<String> accepted() {
        return List.copyOf(accepted);
    }

    private void accept(ServerSocket opened) {
        try {
            while (true) {
                Socket socket = opened.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            sockets.removeIf(Socket::isClosed);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (Optional<String> frame = MllpFrames.next(in, StandardCharsets.UTF_8);
                    frame.isPresent();
                    frame = MllpFrames.next(in, StandardCharsets.UTF_8)) {
                answer(socket, frame.get().replace('\r', '\n'));
            }
        } catch (IOException closed) {
            sockets.remove(socket);
        }
    }

    private void answer(Socket socket, String message) throws IOException {
        Taken taken = new Taken(message, "");
        Mode now = mode;
        if (now == Mode.MUTE) {
            return;
        }
        String refusal = now == Mode.REFUSES ? "|" + WORDS + "\r" + ERROR : "";
        String answer = "\u000bMSH|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102||ACK|1|P|2.5.1\rMSA|"
                + (now == Mode.REFUSES ? "AR" : "AA") + "|" + taken.field("MSH", 10) + refusal + "\r\u001c\r";
        if (now == Mode.BREAKS_OFF) {
            socket.getOutputStream().write(answer.substring(0, 20).getBytes(StandardCharsets.UTF_8));
            socket.close();
            return;
        }
        if (now == Mode.ACCEPTS) {
            accepted.add(taken.field("OBR", 18) + " " + taken.field("ORC", 5));
        }
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        become(Mode.AWAY);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The receiver did not end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
