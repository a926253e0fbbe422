package io.collimator.dicom.dcm4che;

import io.collimator.dicom.operation.ArrivingDataSet;
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
final class PdvDataSet extends InputStream implements ArrivingDataSet {

    private final PDVInputStream values;
    private final Socket socket;
    private long maxBytes;
    private long left;
    private boolean tooLong;
    private boolean over;
    private @Nullable IOException lost;

    /**
     * @param pause how long the peer may send nothing
     */
    PdvDataSet(PDVInputStream values, Socket socket, Duration pause) throws IOException {
        this.values = values;
        this.socket = socket;
        socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, pause.toMillis()));
    }

    @Override
    public InputStream open(long allowed) {
        maxBytes = allowed;
        left = allowed;
        return this;
    }

    @Override
    public boolean isTooLong() {
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

    @Override
    public boolean finish() {
        over = true;
        try {
            if (lost == null) {
                values.skipAll();
                socket.setSoTimeout(0);
            }
        } catch (IOException e) {
            lost = e;
        }
        return lost == null;
    }

    /**
     * Fails when it did not arrive, for dcm4che to end the association.
     *
     * @throws IOException what broke off the reading, also when a handler has caught it
     */
    void checkArrived() throws IOException {
        IOException broken = lost;
        if (broken != null) {
            throw broken;
        }
    }
}
