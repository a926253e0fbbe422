package io.collimator.dicom.net.pdu;

import io.collimator.dicom.data.AeTitle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the big-endian fields of a PDU. Not thread-safe. */
final class PduWriter {

    private static final int AE_TITLE_LENGTH = 16;

    private byte[] bytes;
    private int size;

    PduWriter(int capacity) {
        this.bytes = new byte[capacity];
    }

    PduWriter unsignedByte(int value) {
        grow(1);
        bytes[size++] = (byte) value;
        return this;
    }

    PduWriter unsignedShort(int value) {
        return unsignedByte(value >> 8).unsignedByte(value);
    }

    PduWriter unsignedInt(long value) {
        return unsignedShort((int) (value >> 16)).unsignedShort((int) value);
    }

    PduWriter zeros(int count) {
        grow(count);
        size += count;
        return this;
    }

    PduWriter text(String text) {
        return bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    PduWriter bytes(ByteBuffer content) {
        int length = content.remaining();
        grow(length);
        content.get(bytes, size, length);
        size += length;
        return this;
    }

    PduWriter aeTitle(@Nullable AeTitle title) {
        String text = title == null ? "" : title.value();
        return text(text + " ".repeat(AE_TITLE_LENGTH - text.length()));
    }

    /** An item or sub-item: type, reserved byte, 16-bit length and what the content writes. */
    PduWriter item(int type, Runnable content) {
        unsignedByte(type).zeros(1);
        int lengthAt = size;
        zeros(2);
        content.run();
        int length = size - lengthAt - 2;
        if (length > 0xFFFF) {
            throw new IllegalArgumentException(
                    "Item %02XH has %d bytes; an item holds at most 65535. Propose fewer presentation contexts."
                            .formatted(type, length));
        }
        bytes[lengthAt] = (byte) (length >> 8);
        bytes[lengthAt + 1] = (byte) length;
        return this;
    }

    PduWriter textItem(int type, String text) {
        return item(type, () -> text(text));
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void grow(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }
}
