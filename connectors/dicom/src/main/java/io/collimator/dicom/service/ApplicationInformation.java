package io.collimator.dicom.service;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Service class application information of SOP class extended negotiation (PS3.7 §D.3.3.5): bytes that the service class
 * gives a meaning, for instance PS3.4 §K.5.1. Immutable.
 *
 * @param bytes read-only, from position to limit
 */
public record ApplicationInformation(ByteBuffer bytes) {

    public ApplicationInformation {
        bytes = bytes.asReadOnlyBuffer();
    }

    /** Of values 0 to 255. */
    public static ApplicationInformation of(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return new ApplicationInformation(bytes.flip());
    }

    /** Each caller gets a buffer of its own. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    public int size() {
        return bytes.remaining();
    }

    /**
     * A byte as the standard numbers it.
     *
     * @param number from 1
     * @return 0 to 255; 0 beyond the end, which is the default wherever the standard has one
     */
    public int at(int number) {
        return number <= size() ? bytes.get(bytes.position() + number - 1) & 0xFF : 0;
    }

    @Override
    public String toString() {
        byte[] copy = new byte[size()];
        bytes().get(copy);
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(copy);
    }
}
