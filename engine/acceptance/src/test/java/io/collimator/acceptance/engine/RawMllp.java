package io.collimator.acceptance.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A sender of bytes: MLLP as it should be and as it should not. */
public final class RawMllp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    public RawMllp(InetSocketAddress address) {
        try {
            this.socket = new Socket(address.getHostString(), address.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException("The MLLP port does not answer.", e);
        }
    }

    /** Bytes as they are. */
    public RawMllp send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("The MLLP port closed the connection.", e);
        }
    }

    /** A frame around the text, with LF turned into CR. */
    public RawMllp frame(String text) {
        return send(("\u000b" + text.replace('\n', '\r') + "\u001c\r").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends this side only: nothing more is sent, answers are still read. */
    public RawMllp endOutput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("The MLLP port closed the connection.", e);
        }
    }

    /** The next answer without its framing, with CR turned into LF; "" when the connection was closed instead. */
    public String answer() {
        try {
            return MllpFrames.next(socket.getInputStream(), StandardCharsets.ISO_8859_1)
                    .map(frame -> frame.replace('\r', '\n'))
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException("No answer came.", e);
        }
    }

    /** The next answer as a sender reads it. */
    public Acknowledgement acknowledgement() {
        return Acknowledgement.of(answer());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The connection did not close.", e);
        }
    }
}
