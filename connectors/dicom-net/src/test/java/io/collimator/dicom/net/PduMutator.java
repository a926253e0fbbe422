package io.collimator.dicom.net;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes a conversation, a list of PDUs as bytes, in ways that hurt parsers. The same seed gives the same change. */
final class PduMutator {

    /** At the edges of bytes, shorts and ints, and those that PDUs and items begin with. */
    private static final int[] EDGES = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 0x10, 0x20, 0x21, 0x30, 0x40, 0x50, 0x51, 0x53, 0x58, 0x59, 0x7F, 0x80, 0xFE, 0xFF
    };

    private static final int MAX_INSERTED = 64;

    private final Random random;

    PduMutator(long seed) {
        this.random = new Random(seed);
    }

    /** One to four changes, one after the other. */
    List<byte[]> mutate(List<byte[]> conversation) {
        List<byte[]> mutant = new ArrayList<>(conversation);
        for (int changes = 1 + random.nextInt(4); changes > 0 && !mutant.isEmpty(); changes--) {
            change(mutant);
        }
        return mutant;
    }

    private void change(List<byte[]> mutant) {
        int at = random.nextInt(mutant.size());
        byte[] pdu = mutant.get(at);
        switch (random.nextInt(10)) {
            case 0 -> mutant.remove(at);
            case 1 -> mutant.add(at, pdu);
            case 2 -> mutant.set(at, mutant.set(random.nextInt(mutant.size()), pdu));
            case 3 -> mutant.set(at, Arrays.copyOf(pdu, random.nextInt(pdu.length + 1)));
            case 4 -> mutant.set(at, inserted(pdu));
            case 5 -> mutant.set(at, withLength(inserted(pdu)));
            case 6 -> mutant.set(at, withLength(without(pdu)));
            case 7 -> mutant.set(at, edge(pdu));
            default -> mutant.set(at, flipped(pdu));
        }
    }

    private byte[] flipped(byte[] pdu) {
        byte[] copy = pdu.clone();
        for (int flips = 1 + random.nextInt(8); flips > 0 && copy.length > 0; flips--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    /** Overwrites one, two or four bytes with a number at an edge. */
    private byte[] edge(byte[] pdu) {
        byte[] copy = pdu.clone();
        int width = 1 << random.nextInt(3);
        int at = random.nextInt(copy.length + 1);
        boolean allSame = random.nextBoolean();
        byte value = (byte) EDGES[random.nextInt(EDGES.length)];
        for (int i = 0; i < width && at + i < copy.length; i++) {
            copy[at + i] = allSame || i == width - 1 ? value : 0;
        }
        return copy;
    }

    /** Inserts noise, or a piece of the PDU itself. */
    private byte[] inserted(byte[] pdu) {
        int at = random.nextInt(pdu.length + 1);
        byte[] piece = new byte[random.nextInt(MAX_INSERTED)];
        if (random.nextBoolean()) {
            random.nextBytes(piece);
        } else {
            int from = random.nextInt(pdu.length + 1);
            piece = Arrays.copyOfRange(pdu, from, Math.min(pdu.length, from + piece.length));
        }
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(pdu, 0, at);
        longer.writeBytes(piece);
        longer.write(pdu, at, pdu.length - at);
        return longer.toByteArray();
    }

    private byte[] without(byte[] pdu) {
        int from = random.nextInt(pdu.length + 1);
        int to = Math.min(pdu.length, from + random.nextInt(MAX_INSERTED));
        ByteArrayOutputStream shorter = new ByteArrayOutputStream();
        shorter.write(pdu, 0, from);
        shorter.write(pdu, to, pdu.length - to);
        return shorter.toByteArray();
    }

    /** Makes the PDU length right again, so that the change gets past the frame. */
    private static byte[] withLength(byte[] pdu) {
        byte[] copy = pdu.clone();
        int length = copy.length - 6;
        for (int i = 0; i < 4 && copy.length >= 6; i++) {
            copy[2 + i] = (byte) (length >> (24 - 8 * i));
        }
        return copy;
    }
}
