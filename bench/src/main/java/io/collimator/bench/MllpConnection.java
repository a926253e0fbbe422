package io.collimator.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A sender's connection, as lean as can be: on the machine of the measured it must not be what is measured. */
final class MllpConnection implements AutoCloseable {

    private static final int START = 0x0B;
    private static final int END = 0x1C;
    private static final int CR = 0x0D;
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[8_192];

    MllpConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = socket.getInputStream();
    }

    /** Sends one message and waits for its answer. */
    String send(byte[] message) throws IOException {
        byte[] frame = new byte[message.length + 3];
        frame[0] = START;
        System.arraycopy(message, 0, frame, 1, message.length);
        frame[message.length + 1] = END;
        frame[message.length + 2] = CR;
        socket.getOutputStream().write(frame);
        ByteArrayOutputStream answer = new ByteArrayOutputStream(512);
        while (true) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("The server closed the connection without an answer.");
            }
            answer.write(buffer, 0, read);
            // one message is under way at a time, so that nothing comes after the end of its answer
            if (read > 0 && (buffer[read - 1] == CR && endsFrame(answer))) {
                return answer.toString(StandardCharsets.ISO_8859_1);
            }
        }
    }

    private static boolean endsFrame(ByteArrayOutputStream answer) {
        byte[] bytes = answer.toByteArray();
        return bytes.length > 2 && bytes[bytes.length - 2] == END;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
