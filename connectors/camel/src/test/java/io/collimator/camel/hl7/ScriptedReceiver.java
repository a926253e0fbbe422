package io.collimator.camel.hl7;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A receiver that does with each message what its script says next; AA when the script has ended. */
final class ScriptedReceiver implements AutoCloseable {

    /** What came, and on which connection, counted from 1. */
    record Event(int connection, String what) {}

    final List<Event> events = new CopyOnWriteArrayList<>();

    private final ServerSocket listener;
    private final Queue<String> script = new ConcurrentLinkedQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * @param script for each message in turn: an acknowledgement code; SILENCE; GARBAGE; OTHER, an AA that names another
     *     message; LATE, the AA to the message that got SILENCE on the first connection, then AE
     */
    ScriptedReceiver(String... script) throws IOException {
        this.script.addAll(List.of(script));
        listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The control IDs that came, in order. */
    List<String> received() {
        return events.stream()
                .map(Event::what)
                .filter(what -> !what.equals("end"))
                .toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = sockets.size();
                threads.execute(() -> serve(socket, number));
            }
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                if (read == 0x1C) {
                    in.read();
                    answer(socket, number, content.toString(StandardCharsets.UTF_8));
                    content.reset();
                } else if (read != 0x0B) {
                    content.write(read);
                }
            }
        } catch (IOException reset) {
            events.add(new Event(number, "reset"));
        }
        events.add(new Event(number, "end"));
    }

    private void answer(Socket socket, int number, String message) throws IOException {
        String controlId = message.split("\\|", -1)[9];
        events.add(new Event(number, controlId));
        String step = script.isEmpty() ? "AA" : script.remove();
        switch (step) {
            case "SILENCE" -> {
                // the sender waits in vain
            }
            case "GARBAGE" -> write(socket, "thank you");
            case "OTHER" -> write(socket, acknowledgement("AA", "OTHER"));
            case "LATE" -> {
                if (!sockets.get(0).isClosed()) {
                    write(sockets.get(0), acknowledgement("AA", "C1"));
                }
                write(socket, acknowledgement("AE", controlId));
            }
            default -> write(socket, acknowledgement(step, controlId));
        }
    }

    private static String acknowledgement(String code, String controlId) {
        return "MSH|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102||ACK|9|P|2.5.1\rMSA|" + code + "|" + controlId
                + "|ZZTESTNAME\rERR||PID^1^5|102^Data type error^HL70357|E|||ZZTESTNAME\r";
    }

    private static void write(Socket socket, String content) throws IOException {
        socket.getOutputStream().write(MllpSocket.frame(content).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws Exception {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
        if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The receiver did not end.");
        }
    }
}
