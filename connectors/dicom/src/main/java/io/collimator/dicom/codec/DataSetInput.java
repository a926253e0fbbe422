package io.collimator.dicom.codec;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes of a data set with a position, from an array or, as far as they are asked for, from a stream. Memory grows with
 * the bytes that came, never with a length that was declared. Not thread-safe.
 */
final class DataSetInput {

    private static final int CHUNK = 8192;

    private final InputStream source;
    private final int maxBytes;
    private byte[] bytes;
    private int filled;
    private boolean exhausted;
    private int position;
    private int zerosFrom = -1;

    private DataSetInput(byte[] bytes, InputStream source, int maxBytes, boolean exhausted) {
        this.bytes = bytes;
        this.filled = exhausted ? bytes.length : 0;
        this.source = source;
        this.maxBytes = maxBytes;
        this.exhausted = exhausted;
    }

    static DataSetInput of(byte[] bytes) {
        return new DataSetInput(bytes, InputStream.nullInputStream(), bytes.length, true);
    }

    /** Reads from the stream; an {@link IOException} of it comes out unchecked. */
    static DataSetInput of(InputStream source, int maxBytes) {
        return new DataSetInput(new byte[Math.min(CHUNK, maxBytes)], source, maxBytes, false);
    }

    int position() {
        return position;
    }

    /** Where elements end at the latest: the end of the bytes when it is known. */
    int end() {
        return exhausted ? filled : Integer.MAX_VALUE;
    }

    boolean isAtEnd() {
        return !has(1);
    }

    /** Whether so many bytes are left. */
    boolean has(int count) {
        fill((long) position + count);
        return count <= filled - position;
    }

    /** Fails unless so many bytes are left before {@code end}. */
    void require(int count, int end) {
        if (count > end - position || !has(count)) {
            throw new DicomDataException(
                    "The data set is cut off: %d bytes must follow and %d are left."
                            .formatted(count, Math.min(end, filled) - position),
                    null,
                    position);
        }
    }

    private void fill(long target) {
        while (filled < target && !exhausted) {
            if (filled > maxBytes) {
                throw LimitsAccount.tooManyBytes("more than " + maxBytes, maxBytes);
            }
            if (filled == bytes.length) {
                int room = (int) Math.min(2L * filled + CHUNK, (long) maxBytes + CHUNK);
                bytes = Arrays.copyOf(bytes, Math.max(room, filled + 1));
            }
            try {
                int count = source.read(bytes, filled, bytes.length - filled);
                exhausted = count < 0;
                filled += Math.max(0, count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    int readShort(ElementLayout layout) {
        int first = bytes[position] & 0xFF;
        int second = bytes[position + 1] & 0xFF;
        position += 2;
        return layout.isBigEndian() ? first << 8 | second : second << 8 | first;
    }

    /** 0 to FFFFFFFFH. */
    long readInt(ElementLayout layout) {
        long first = readShort(layout);
        long second = readShort(layout);
        return layout.isBigEndian() ? first << 16 | second : second << 16 | first;
    }

    Tag readTag(ElementLayout layout) {
        int group = readShort(layout);
        return Tag.of(group, readShort(layout));
    }

    /** The tag that comes next; four bytes must be left. */
    Tag peekTag(ElementLayout layout) {
        Tag tag = readTag(layout);
        position -= 4;
        return tag;
    }

    /** A byte after the position, which must be left, 0 to FFH. */
    int peek(int distance) {
        return bytes[position + distance] & 0xFF;
    }

    void skip(int count) {
        position += count;
    }

    /** Whether nothing but zeros is left. The bytes are looked at once, however often it is asked. */
    boolean isPaddingLeft() {
        if (has(1) && bytes[position] != 0) {
            return false;
        }
        fill(Long.MAX_VALUE);
        if (zerosFrom < 0) {
            zerosFrom = filled;
            while (zerosFrom > 0 && bytes[zerosFrom - 1] == 0) {
                zerosFrom--;
            }
        }
        return position >= zerosFrom;
    }

    byte[] slice(int offset, int count) {
        return Arrays.copyOfRange(bytes, offset, offset + count);
    }

    /** The bytes themselves, not a copy. */
    ByteBuffer view(int offset, int count, ElementLayout layout) {
        return ByteBuffer.wrap(bytes, offset, count)
                .order(layout.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    /** What was not read: bytes that came already, then those of the stream. */
    InputStream rest() {
        return new SequenceInputStream(new ByteArrayInputStream(bytes, position, filled - position), source);
    }
}
