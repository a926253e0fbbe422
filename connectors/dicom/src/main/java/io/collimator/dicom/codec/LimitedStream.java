package io.collimator.dicom.codec;

import io.collimator.dicom.data.DicomDataException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Hands over so many bytes and fails at the next one, rather than ending as if that were all. */
final class LimitedStream extends FilterInputStream {

    private final long limit;
    private long count;

    LimitedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count += Math.max(0, read);
        if (count > limit) {
            throw new DicomDataException(
                    "More than %d bytes follow the elements that were read, which is the limit of what passes through."
                            .formatted(limit));
        }
        return read;
    }

    @Override
    public long skip(long length) throws IOException {
        long skipped = 0;
        while (skipped < length && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
