package io.collimator.dicom.codec;

import io.collimator.dicom.data.Tag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of a data set that grow; a length is written when what it counts has been. */
final class DataSetOutput {

    private final boolean bigEndian;
    private byte[] bytes = new byte[512];
    private int size;

    DataSetOutput(boolean bigEndian) {
        this.bigEndian = bigEndian;
    }

    int size() {
        return size;
    }

    void writeTag(Tag tag) {
        writeShort(tag.group());
        writeShort(tag.element());
    }

    void writeByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void writeShort(int value) {
        room(2);
        bytes[size++] = (byte) (bigEndian ? value >>> 8 : value);
        bytes[size++] = (byte) (bigEndian ? value : value >>> 8);
    }

    void writeInt(int value) {
        room(4);
        order(ByteBuffer.wrap(bytes)).putInt(size, value);
        size += 4;
    }

    /** Writes into four bytes at {@code place} how many follow them. */
    void writeLengthAt(int place) {
        order(ByteBuffer.wrap(bytes)).putInt(place, size - place - 4);
    }

    void write(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int count) {
        if (count > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, (int)
                    Math.min(Integer.MAX_VALUE - 8, Math.max(2L * bytes.length, (long) size + count)));
        }
    }

    private ByteBuffer order(ByteBuffer buffer) {
        return buffer.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }
}
