package io.collimator.dicom.dcm4che;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import org.dcm4che3.net.PDVInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a data set while they arrive. dcm4che reads them on its own thread only; the peer may not pause for longer than
 * the response time-out. Not thread-safe.
 */
final class ArrivingDataSet extends InputStream {

    private final PDVInputStream values;
    private final Socket socket;
    private final long maxBytes;
    private long left;
    private boolean tooLong;
    private boolean over;
    private @Nullable IOException lost;

    /**
     * @param maxBytes reading breaks off after so many
     */
    ArrivingDataSet(PDVInputStream values, Socket socket, Duration pause, long maxBytes) throws IOException {
        this.values = values;
        this.socket = socket;
        this.maxBytes = maxBytes;
        this.left = maxBytes;
        socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, pause.toMillis()));
    }

    boolean isTooLong() {
        return tooLong;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (over) {
            throw new IOException("The data set is no longer to be read: its request is answered.");
        }
        if (length == 0) {
            return 0;
        }
        int count = take(target, offset, (int) Math.min(length, left + 1));
        if (count > left) {
            left = 0;
            tooLong = true;
            throw new IOException("The data set is longer than the %d bytes that are allowed.".formatted(maxBytes));
        }
        left -= Math.max(0, count);
        return count;
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        try {
            return values.read(target, offset, length);
        } catch (IOException e) {
            lost = e;
            throw e;
        }
    }

    /**
     * Throws away what is left: an answer must not overtake its request.
     *
     * @throws IOException what broke off the reading, also when a handler has caught it; it ends the association
     */
    void finish() throws IOException {
        over = true;
        IOException broken = lost;
        if (broken != null) {
            throw broken;
        }
        values.skipAll();
        socket.setSoTimeout(0);
    }
}
