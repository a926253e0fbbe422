package io.collimator.dicom.net.pdu;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads big-endian fields of a PDU within its bounds. Not thread-safe. */
final class PduReader {

    private static final int AE_TITLE_LENGTH = 16;

    private final ByteBuffer bytes;

    PduReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    boolean hasRemaining() {
        return bytes.hasRemaining();
    }

    int unsignedByte(String field) {
        need(1, field);
        return bytes.get() & 0xFF;
    }

    int unsignedShort(String field) {
        need(2, field);
        return bytes.getShort() & 0xFFFF;
    }

    long unsignedInt(String field) {
        need(4, field);
        return bytes.getInt() & 0xFFFF_FFFFL;
    }

    void skip(int count, String field) {
        need(count, field);
        bytes.position(bytes.position() + count);
    }

    ByteBuffer slice(long length, String field) {
        need(length, field);
        ByteBuffer slice = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        return slice;
    }

    /** The next item or sub-item: its content, once the type is read. */
    PduReader item() {
        skip(1, "reserved byte of an item");
        int length = unsignedShort("item length");
        return new PduReader(slice(length, "item"));
    }

    /** What is left. */
    ByteBuffer rest() {
        return slice(bytes.remaining(), "rest");
    }

    /** What is left as text, without the padding that some peers add. */
    String text() {
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\0' || text.charAt(end - 1) == ' ')) {
            end--;
        }
        return text.substring(0, end);
    }

    Optional<Uid> uid() {
        return Uid.parse(text());
    }

    @Nullable
    AeTitle aeTitle(String field) {
        String text = new PduReader(slice(AE_TITLE_LENGTH, field)).text();
        return AeTitle.parse(text).orElse(null);
    }

    private void need(long count, String field) {
        if (bytes.remaining() < count) {
            throw new PduException(
                    Abort.INVALID_PDU_PARAMETER_VALUE,
                    "%s needs %d bytes, but only %d are left in its PDU or item."
                            .formatted(field, count, bytes.remaining()));
        }
    }
}
