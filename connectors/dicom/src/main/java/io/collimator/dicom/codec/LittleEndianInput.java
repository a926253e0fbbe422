package io.collimator.dicom.codec;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;
import java.util.Arrays;

/** Bytes of a data set with a position; nothing is read beyond their end. */
final class LittleEndianInput {

    private final byte[] bytes;
    private int position;

    LittleEndianInput(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return position;
    }

    int length() {
        return bytes.length;
    }

    /** Fails unless so many bytes are left before {@code end}. */
    void require(long count, int end) {
        if (count > end - position) {
            throw new DicomDataException(
                    "The data set is cut off: %d bytes must follow and %d are left.".formatted(count, end - position),
                    null,
                    position);
        }
    }

    int readShort() {
        int value = (bytes[position] & 0xFF) | ((bytes[position + 1] & 0xFF) << 8);
        position += 2;
        return value;
    }

    /** 0 to FFFFFFFFH. */
    long readInt() {
        long low = readShort();
        return low | ((long) readShort() << 16);
    }

    Tag readTag() {
        int group = readShort();
        return Tag.of(group, readShort());
    }

    void skip(int count) {
        position += count;
    }

    byte[] slice(int offset, int count) {
        return Arrays.copyOfRange(bytes, offset, offset + count);
    }
}
