package io.collimator.dicom.codec;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.dictionary.Tags;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a deflated data set (PS3.5 §A.5, RFC 1951), a zlib header (RFC 1950) tolerated. It gives up when the
 * content is out of proportion to what came, so that a bomb costs no more than {@link #FREE_BYTES}. Closing it frees
 * memory outside the heap.
 */
final class InflatingStream extends InputStream {

    /** Up to here any ratio is fine: an empty image compresses well. */
    private static final long FREE_BYTES = 1024 * 1024;

    private static final int CHUNK = 4096;
    /** Two bytes of zlib header, or a stored block's header with its length and the complement (RFC 1951 §3.2.4). */
    private static final int LONGEST_HEADER = 5;

    private final InputStream source;
    private final int maxInflation;
    private final SloppinessListener listener;
    private final Inflater inflater;
    private final byte[] compressed = new byte[CHUNK];
    private boolean ended;

    InflatingStream(InputStream source, int maxInflation, SloppinessListener listener) throws IOException {
        this.source = source;
        this.maxInflation = maxInflation;
        this.listener = listener;
        int count = source.readNBytes(compressed, 0, LONGEST_HEADER);
        boolean zlib = hasZlibHeader(count);
        if (zlib) {
            listener.noticed(Sloppiness.ZLIB_HEADER, Tags.TransferSyntaxUID);
        }
        this.inflater = new Inflater(!zlib);
        inflater.setInput(compressed, 0, count);
    }

    /** As raw deflate these bytes would begin a stored block, whose length stands there twice. */
    private boolean hasZlibHeader(int count) {
        int first = compressed[0] & 0xFF;
        int second = compressed[1] & 0xFF;
        if (count < 2 || (first & 0x0F) != 8 || (first << 8 | second) % 31 != 0) {
            return false;
        }
        boolean stored = count == LONGEST_HEADER
                && (compressed[1] ^ compressed[3]) == -1
                && (compressed[2] ^ compressed[4]) == -1;
        return !stored;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            int count = 0;
            while (count == 0 && !ended) {
                count = inflater.inflate(bytes, offset, length);
                if (inflater.finished()) {
                    finish();
                } else if (count == 0) {
                    refill();
                }
            }
            checkProportion();
            return count == 0 ? -1 : count;
        } catch (DataFormatException e) {
            throw new DicomDataException(
                    "The data set is not deflated as RFC 1951 has it, after %d bytes. Which transfer syntax was negotiated?"
                            .formatted(inflater.getBytesRead()));
        }
    }

    private void refill() throws IOException {
        if (inflater.needsDictionary()) {
            throw new DicomDataException(
                    "The deflated data set asks for a preset dictionary, which DICOM does not have.");
        }
        int count = source.read(compressed, 0, CHUNK);
        if (count < 0) {
            throw new DicomDataException(
                    "The deflated data set is cut off after %d bytes.".formatted(inflater.getBytesRead()));
        }
        inflater.setInput(compressed, 0, count);
    }

    /** One NUL may follow to make the length even (PS3.5 §A.5); more of it does not hurt, and is not looked at. */
    private void finish() throws IOException {
        ended = true;
        if (inflater.getRemaining() > 1 || (inflater.getRemaining() == 1 && source.read() >= 0)) {
            listener.noticed(Sloppiness.TRAILING_PADDING, Tags.TransferSyntaxUID);
        }
    }

    private void checkProportion() {
        long content = inflater.getBytesWritten();
        if (content > FREE_BYTES && content / maxInflation > inflater.getBytesRead()) {
            throw new DicomDataException(
                    "%d deflated bytes have become %d, more than %d times as many; it is taken for an attack. Raise the codec limits if it is wanted."
                            .formatted(inflater.getBytesRead(), content, maxInflation));
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        source.close();
    }
}
