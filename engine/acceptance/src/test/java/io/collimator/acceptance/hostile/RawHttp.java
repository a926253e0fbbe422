package io.collimator.acceptance.hostile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** HTTP/1.1 over a plain socket from an address of the loopback network, as slow as a test likes. */
final class RawHttp implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private String head = "";

    RawHttp(InetSocketAddress server, String from) throws IOException {
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(server, TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Asks and reads the whole answer, so that the connection may be used again.
     *
     * @param headers each with CR LF at its end
     * @return the status
     */
    int get(String path, String headers) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: engine\r\n" + headers + "\r\n");
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            read.append((char) readByte());
        }
        head = read.toString().toLowerCase(Locale.ROOT);
        int left = Integer.parseInt(header("content-length"));
        while (left-- > 0) {
            readByte();
        }
        return Integer.parseInt(head.split(" ", 3)[1]);
    }

    /** Of the last answer; "" when it is not there. */
    String header(String name) {
        return head.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Whether the other side has closed it. */
    boolean isClosed() {
        try {
            socket.setSoTimeout(1);
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private int readByte() throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new IOException("The connection was closed before the end of the answer: " + head);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
