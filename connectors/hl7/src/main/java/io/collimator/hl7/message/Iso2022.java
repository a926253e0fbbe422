package io.collimator.hl7.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text whose character set is switched by escape sequences (ISO 2022; HL7 v2.5.1 §2.7.2, §2.15.9.20), written as ESC or as
 * {@code \Cxxyy\} and {@code \Mxxyyzz\}. The end of a segment switches back.
 */
final class Iso2022 {

    private static final byte ESC = 0x1B;
    private static final int LONGEST_SEQUENCE = 9;
    private static final Pattern HL7_SWITCH = Pattern.compile("\\\\[CM]((?:[0-9A-Fa-f]{2}){2,3})\\\\");

    /** What stands behind ESC, and the set that it means; JIS X 0201 as the half of Shift JIS that leaves \\ and ~ alone. */
    private static final Map<String, Switch> SWITCHES = Map.ofEntries(
            Map.entry("(B", new Switch(0, 1, StandardCharsets.US_ASCII)),
            Map.entry("(J", new Switch(0, 1, Charset.forName("Shift_JIS"))),
            Map.entry(")I", new Switch(1, 1, Charset.forName("Shift_JIS"))),
            Map.entry("$@", new Switch(0, 2, Charset.forName("EUC-JP"))),
            Map.entry("$B", new Switch(0, 2, Charset.forName("EUC-JP"))),
            Map.entry("$(B", new Switch(0, 2, Charset.forName("EUC-JP"))),
            Map.entry("$(D", new Switch(0, 3, Charset.forName("EUC-JP"))),
            Map.entry("$)C", new Switch(1, 2, Charset.forName("EUC-KR"))),
            Map.entry("$)A", new Switch(1, 2, Charset.forName("GB2312"))),
            Map.entry("-A", new Switch(1, 1, StandardCharsets.ISO_8859_1)),
            Map.entry("-B", new Switch(1, 1, Charset.forName("ISO-8859-2"))),
            Map.entry("-C", new Switch(1, 1, Charset.forName("ISO-8859-3"))),
            Map.entry("-D", new Switch(1, 1, Charset.forName("ISO-8859-4"))),
            Map.entry("-L", new Switch(1, 1, Charset.forName("ISO-8859-5"))),
            Map.entry("-G", new Switch(1, 1, Charset.forName("ISO-8859-6"))),
            Map.entry("-F", new Switch(1, 1, Charset.forName("ISO-8859-7"))),
            Map.entry("-H", new Switch(1, 1, Charset.forName("ISO-8859-8"))),
            Map.entry("-M", new Switch(1, 1, Charset.forName("ISO-8859-9"))),
            Map.entry("-T", new Switch(1, 1, Charset.forName("TIS-620"))));

    private final byte[] content;
    private final Charset base;
    private final StringBuilder text = new StringBuilder();
    private @Nullable Switch low;
    private @Nullable Switch high;
    private int at;

    /**
     * @param half 0: bytes below 80H, 1: bytes above
     * @param form 1: a byte is a character; 2: two bytes are; 3: two bytes are, of the supplementary set JIS X 0212
     * @param charset which has the characters, above 80H where they are two bytes
     */
    private record Switch(int half, int form, Charset charset) {}

    Iso2022(byte[] content, Charset base) {
        this.content = content;
        this.base = base;
    }

    /** @throws CharacterCodingException when a byte is no character of the set that is in force */
    String decode() throws CharacterCodingException {
        while (at < content.length) {
            if (!switched()) {
                next();
            }
        }
        return text.toString();
    }

    private boolean switched() {
        if (content[at] == ESC) {
            for (int length = 3; length >= 2; length--) {
                if (at + length < content.length && apply(ascii(at + 1, length))) {
                    at += length + 1;
                    return true;
                }
            }
        } else if (content[at] == '\\') {
            Matcher sequence = HL7_SWITCH.matcher(ascii(at, Math.min(LONGEST_SEQUENCE, content.length - at)));
            if (sequence.lookingAt() && apply(fromHex(sequence.group(1)))) {
                at += sequence.end();
                return true;
            }
        }
        return false;
    }

    private boolean apply(String sequence) {
        Optional<Switch> found = Optional.ofNullable(SWITCHES.get(sequence));
        found.ifPresent(change -> {
            if (change.half() == 0) {
                low = change;
            } else {
                high = change;
            }
        });
        return found.isPresent();
    }

    private void next() throws CharacterCodingException {
        byte first = content[at];
        if (first == '\r' || first == '\n') {
            low = null;
            high = null;
        }
        Switch inForce = first < 0 ? high : low;
        if (inForce == null) {
            run(base);
        } else if (inForce.form() == 1) {
            run(inForce.charset());
        } else if (first >= 0 && first <= ' ') {
            text.append((char) first);
            at++;
        } else {
            pair(inForce, first);
        }
    }

    private void pair(Switch inForce, byte first) throws CharacterCodingException {
        if (at + 1 >= content.length) {
            throw new MalformedInputException(1);
        }
        byte second = content[at + 1];
        byte lead = (byte) (first | 0x80);
        byte trail = (byte) (second | 0x80);
        if (inForce.form() == 3) {
            append(inForce.charset(), (byte) 0x8F, lead, trail);
        } else {
            append(inForce.charset(), lead, trail);
        }
        at += 2;
    }

    /** Up to where the set may change: another half, an escape sequence, the end of the segment. */
    private void run(Charset charset) throws CharacterCodingException {
        int from = at++;
        while (at < content.length && (content[at] < 0) == (content[from] < 0) && !mayChange(content[at])) {
            at++;
        }
        append(charset, Arrays.copyOfRange(content, from, at));
    }

    private static boolean mayChange(byte next) {
        return next == ESC || next == '\\' || next == '\r' || next == '\n';
    }

    /** Whether anything in the content can switch. */
    static boolean isSwitched(byte[] content) {
        for (byte next : content) {
            if (next == ESC) {
                return true;
            }
        }
        return HL7_SWITCH
                .matcher(new String(content, StandardCharsets.ISO_8859_1))
                .find();
    }

    private void append(Charset charset, byte... bytes) throws CharacterCodingException {
        text.append(charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes)));
    }

    private String ascii(int from, int length) {
        return new String(content, from, length, StandardCharsets.ISO_8859_1);
    }

    private static String fromHex(String hex) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 2) {
            bytes.append((char) Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        return bytes.toString();
    }
}
