package io.collimator.dicom.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Changes bytes as broken or hostile peers do; the same changes for the same random numbers. */
public final class Mutations {

    private static final byte[][] WORDS = {
        {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
        {(byte) 0xFE, (byte) 0xFF, 0x00, (byte) 0xE0},
        {(byte) 0xFE, (byte) 0xFF, 0x0D, (byte) 0xE0},
        {(byte) 0xFE, (byte) 0xFF, (byte) 0xDD, (byte) 0xE0},
        {0x08, 0x00, 0x05, 0x00},
        {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F},
        {0, 0, 0, 0, 0, 0, 0, 0},
        {'S', 'Q', 0, 0},
        {'U', 'N', 0, 0},
        {0x1B, '$', 'B'},
        {0x1B, '$', ')', 'C'},
        {0x1B, '(', 'B'},
        {0x1B, '(', 'J'},
        {0x1B, ')', 'I'},
        {0x1B, '-', 'A'},
        {0x1B, '$', '(', 'D'},
        {0x1B, '$', ')', 'A'},
        {'\\', '^', '='}
    };

    private final Random random;

    public Mutations(Random random) {
        this.random = random;
    }

    /** One to five changes, one after the other. */
    public byte[] mutate(byte[] bytes) {
        byte[] mutated = bytes;
        for (int change = random.nextInt(5); change >= 0; change--) {
            mutated = once(mutated);
        }
        return mutated;
    }

    private byte[] once(byte[] bytes) {
        int place = random.nextInt(bytes.length + 1);
        int length = Math.min(random.nextInt(24), bytes.length - place);
        byte[] word = WORDS[random.nextInt(WORDS.length)];
        return switch (random.nextInt(6)) {
            case 0 -> splice(bytes, place, Math.min(1, length), new byte[] {(byte) random.nextInt(256)});
            case 1 -> splice(bytes, place, length, new byte[0]);
            case 2 -> splice(bytes, place, Math.min(word.length, bytes.length - place), word);
            case 3 -> splice(bytes, place, 0, word);
            case 4 -> splice(bytes, place, 0, Arrays.copyOfRange(bytes, place, place + length));
            default -> splice(bytes, place, random.nextInt(4) == 0 ? bytes.length - place : 0, new byte[0]);
        };
    }

    private static byte[] splice(byte[] bytes, int place, int removed, byte[] inserted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, place);
        out.writeBytes(inserted);
        out.write(bytes, place + removed, bytes.length - place - removed);
        return out.toByteArray();
    }
}
