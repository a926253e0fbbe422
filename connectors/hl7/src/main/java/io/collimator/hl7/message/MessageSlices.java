package io.collimator.hl7.message;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Messages as stretches of their frame: each is copied when it is asked for, and none is kept twice. */
final class MessageSlices extends AbstractList<byte[]> implements RandomAccess {

    private final byte[] content;
    private final List<Stretch> stretches;

    /** From the first byte of a message to the one behind its last. */
    record Stretch(int from, int to) {}

    MessageSlices(byte[] content, List<Stretch> stretches) {
        this.content = content;
        this.stretches = List.copyOf(stretches);
    }

    @Override
    public byte[] get(int index) {
        Stretch stretch = stretches.get(index);
        return Arrays.copyOfRange(content, stretch.from(), stretch.to());
    }

    @Override
    public int size() {
        return stretches.size();
    }
}
