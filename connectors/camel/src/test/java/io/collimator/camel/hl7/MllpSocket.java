package io.collimator.camel.hl7;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A sender that works on bytes; every read is bounded. */
final class MllpSocket implements AutoCloseable {

    private final Socket socket;

    MllpSocket(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
    }

    void write(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    void send(String message) throws IOException {
        write(frame(message));
    }

    static String frame(String message) {
        return "\u000b" + message + "\u001c\r";
    }

    /** The content of the next frame; "" when the connection ended before it. */
    String receive() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (true) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                return "";
            }
            if (read == 0x1C) {
                socket.getInputStream().read();
                return content.toString(StandardCharsets.ISO_8859_1);
            }
            if (read == 0x0B) {
                content.reset();
            } else {
                content.write(read);
            }
        }
    }

    String ask(String message) throws IOException {
        send(message);
        return receive();
    }

    /** Whether the other side ends the connection, sending nothing more. */
    boolean isEnded() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Ends this side only: nothing more is sent, answers are still read. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection with RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
