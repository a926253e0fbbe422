package io.collimator.acceptance.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A receiver of HL7 over MLLP that answers each message with the code that a test chooses. */
public final class ScriptedRis implements AutoCloseable {

    /** A message as it came, LF between segments, and the code it was answered with. */
    public record Taken(String message, String code) {

        /** The field of the first segment of this name, "" when there is none. */
        public String field(String segment, int number) {
            int index = segment.equals("MSH") ? number - 1 : number;
            return message.lines()
                    .filter(line -> line.startsWith(segment + "|"))
                    .findFirst()
                    .map(line -> line.split("\\|", -1))
                    .filter(fields -> index < fields.length)
                    .map(fields -> fields[index])
                    .orElse("");
        }
    }

    private final ServerSocket listener;
    private final Function<Taken, String> answers;
    private final Charset charset;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param answers MSA-1 for a message whose code is still "" */
    public ScriptedRis(Function<Taken, String> answers) {
        this(answers, StandardCharsets.UTF_8);
    }

    /** @param charset that messages are read in, whatever they say */
    public ScriptedRis(Function<Taken, String> answers, Charset charset) {
        this.answers = answers;
        this.charset = charset;
        try {
            this.listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException("No port is free.", e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Everything that came, in order. */
    public List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** ORC-5 of the messages of an accession that were accepted, in order. */
    public List<String> accepted(String accession) {
        return taken.stream()
                .filter(one -> one.code().equals("AA") && one.field("OBR", 18).equals(accession))
                .map(one -> one.field("ORC", 5))
                .toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (Optional<String> frame = MllpFrames.next(in, charset);
                    frame.isPresent();
                    frame = MllpFrames.next(in, charset)) {
                answer(socket, frame.get().replace('\r', '\n'));
            }
        } catch (IOException closed) {
            sockets.remove(socket);
        }
    }

    private void answer(Socket socket, String message) throws IOException {
        String code = answers.apply(new Taken(message, ""));
        Taken one = new Taken(message, code);
        taken.add(one);
        String acknowledgement = String.join(
                "\r",
                Arrays.asList(
                        "MSH|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102||ACK|1|P|2.5.1",
                        "MSA|" + code + "|" + one.field("MSH", 10),
                        ""));
        socket.getOutputStream().write(("\u000b" + acknowledgement + "\u001c\r").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The receiver did not end.");
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The receiver did not close.", e);
        }
    }
}
