package io.collimator.mapping;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of a file that ought to be UTF-8.
 *
 * @param text of all of it, read as what it probably is where it is none
 * @param fault where it stops being UTF-8
 */
public record Utf8Text(String text, Optional<Fault> fault) {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /**
     * A byte that is no UTF-8.
     *
     * @param line of it, from 1
     * @param found what is there instead, for people
     */
    public record Fault(int line, String found) {

        /** What to do. */
        public static final String FIX =
                "Save the file as UTF-8 (in a spreadsheet: CSV UTF-8, with the delimiter comma).";
    }

    /** Reads the bytes of a file; a byte order mark stays. */
    public static Utf8Text of(byte[] content) {
        boolean isUtf16 = content.length > 1
                && ((content[0] == (byte) 0xFF && content[1] == (byte) 0xFE)
                        || (content[0] == (byte) 0xFE && content[1] == (byte) 0xFF));
        if (isUtf16) {
            return new Utf8Text(
                    new String(content, StandardCharsets.UTF_16),
                    Optional.of(new Fault(1, "UTF-16, two bytes a letter")));
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer characters = CharBuffer.allocate(content.length);
        CoderResult result = decoder.decode(bytes, characters, true);
        if (!result.isError()) {
            return new Utf8Text(characters.flip().toString(), Optional.empty());
        }
        int line = 1;
        for (int i = 0; i < bytes.position(); i++) {
            line += content[i] == '\n' ? 1 : 0;
        }
        String text = new String(content, WINDOWS);
        String found = "the byte %02XH, which is no UTF-8 but \"%s\" in Latin-1 (Windows-1252)"
                .formatted(content[bytes.position()], WINDOWS.decode(ByteBuffer.wrap(content, bytes.position(), 1)));
        return new Utf8Text(text, Optional.of(new Fault(line, found)));
    }
}
