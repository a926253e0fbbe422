package io.collimator.hl7.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** MSH-18 in Java's terms (HL7 v2.5.1 §2.15.9.18, table 0211), and the text that bytes mean by it. */
final class CharacterSets {

    /**
     * By the term without blanks, dashes, underscores and slashes, in capitals. JIS X 0201 is read as the half of Shift
     * JIS that it is: there, other than in Java's JIS_X0201, the delimiters \ and ~ are themselves.
     */
    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("ASCII", "US-ASCII"),
            Map.entry("ISOIR6", "US-ASCII"),
            Map.entry("UNICODE", "UTF-8"),
            Map.entry("UNICODEUTF8", "UTF-8"),
            Map.entry("UTF8", "UTF-8"),
            Map.entry("ISOIR192", "UTF-8"),
            Map.entry("ISOIR14", "Shift_JIS"),
            Map.entry("ISOIR13", "Shift_JIS"),
            Map.entry("JISX0201", "Shift_JIS"),
            Map.entry("ISOIR87", "ISO-2022-JP"),
            Map.entry("ISOIR159", "ISO-2022-JP-2"),
            Map.entry("GB180302000", "GB18030"),
            Map.entry("GB18030", "GB18030"),
            Map.entry("KSX1001", "EUC-KR"),
            Map.entry("KSC5601", "EUC-KR"),
            Map.entry("ISOIR149", "EUC-KR"),
            Map.entry("CNS116431992", "TIS-620"),
            Map.entry("ISOIR166", "TIS-620"),
            Map.entry("BIG5", "Big5"),
            Map.entry("ISOIR100", "ISO-8859-1"),
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("ANSI", "windows-1252"));

    private static final Set<String> SWITCHED_ONLY = Set.of("ISO-2022-JP", "ISO-2022-JP-2");

    private CharacterSets() {}

    /**
     * Decoded text.
     *
     * @param charset what it was decoded by, and answers are written in
     * @param exact whether every byte was a character of the declared set
     * @param warnings what was odd
     */
    record Decoded(String text, Charset charset, boolean exact, List<String> warnings) {}

    /** The Java name of a term of table 0211 and of the spellings met in practice; empty when it is not known. */
    static Optional<Charset> of(String term) {
        String key = term.toUpperCase(Locale.ROOT).replaceAll("[\\s/_-]+", "");
        String name = JAVA_NAMES.get(key);
        if (name == null && key.matches("(ISO)?8859\\d{1,2}")) {
            name = "ISO-8859-" + key.substring(key.indexOf("8859") + 4);
        }
        if (name == null && key.matches("(WINDOWS|WIN|CP|ANSI)125[0-8]")) {
            name = "windows-" + key.substring(key.length() - 4);
        }
        return forName(name == null ? term.strip() : name).filter(CharacterSets::keepsAscii);
    }

    /**
     * Decodes a message by the sets it declares; bytes that they do not have are read by the default, or by one that has
     * every byte, so that nothing is lost. A byte from 80H to 9FH may become a C1 control.
     *
     * @param declared the repetitions of MSH-18: the set of the message, and those that escape sequences switch to;
     *     none when it is empty
     * @param standard where none is declared; a Windows code page also takes the place of ASCII and ISO 8859, because
     *     senders name the one and write the other
     */
    static Decoded decode(byte[] content, List<String> declared, Charset standard) {
        if (declared.isEmpty()) {
            return strictly(content, standard)
                    .map(text -> new Decoded(text, standard, true, List.of()))
                    .orElseGet(() -> fallBack(content, standard, "The default is " + standard));
        }
        String term = declared.get(0);
        Optional<Charset> charset = term.isEmpty() ? Optional.of(StandardCharsets.US_ASCII) : of(term);
        if (charset.isEmpty()) {
            Decoded byDefault = decode(content, List.of(), standard);
            return new Decoded(
                    byDefault.text(),
                    byDefault.charset(),
                    isAscii(content),
                    List.of("MSH-18 names a character set that is not known; read as " + byDefault.charset()
                            + ". Send a term of HL7 table 0211, for instance UNICODE UTF-8."));
        }
        Charset first = charset.filter(named -> !isMeantBy(standard, named)).orElse(standard);
        if (declared.size() > 1 || SWITCHED_ONLY.contains(first.name())) {
            return switched(content, first, standard);
        }
        return strictly(content, first)
                .map(text -> new Decoded(text, first, true, List.of()))
                .orElseGet(() -> fallBack(content, standard, "MSH-18 declares " + first));
    }

    /** By escape sequences (ISO 2022), beginning with the first set of MSH-18. */
    private static Decoded switched(byte[] content, Charset first, Charset standard) {
        Charset base = SWITCHED_ONLY.contains(first.name()) ? StandardCharsets.US_ASCII : first;
        // what can be written without switching is written by the base
        Charset answer = base.equals(StandardCharsets.US_ASCII) ? Charset.forName("ISO-2022-JP") : base;
        if (!Iso2022.isSwitched(content)) {
            return strictly(content, base)
                    .map(text -> new Decoded(text, answer, true, List.of()))
                    .orElseGet(() -> fallBack(content, standard, "MSH-18 declares " + base));
        }
        try {
            return new Decoded(new Iso2022(content, base).decode(), answer, true, List.of());
        } catch (CharacterCodingException malformed) {
            return fallBack(content, standard, "MSH-18 declares " + first + " with switching");
        }
    }

    private static Decoded fallBack(byte[] content, Charset standard, String cause) {
        Optional<String> byDefault = strictly(content, standard);
        Charset used = byDefault.isPresent() ? standard : StandardCharsets.ISO_8859_1;
        return new Decoded(
                byDefault.orElseGet(() -> new String(content, used)),
                used,
                false,
                List.of(cause + " but the message holds bytes that are none; read as " + used
                        + ". Declare the character set that is sent."));
    }

    private static boolean isMeantBy(Charset standard, Charset named) {
        return CodePages.isCodePage(standard)
                && (named.equals(StandardCharsets.US_ASCII) || named.name().startsWith("ISO-8859-"));
    }

    private static Optional<String> strictly(byte[] content, Charset charset) {
        if (CodePages.isCodePage(charset)) {
            return CodePages.decode(content, charset);
        }
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(byte[] content) {
        for (byte next : content) {
            if (next < 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Charset> forName(String name) {
        try {
            return Optional.of(Charset.forName(name)).filter(Charset::canEncode);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    /** UTF-16 cannot stand between the bytes of MLLP, and delimiters must be themselves. */
    private static boolean keepsAscii(Charset charset) {
        byte[] delimiters = "MSH|^~\\&\r".getBytes(StandardCharsets.US_ASCII);
        return Arrays.equals(new String(delimiters, charset).getBytes(StandardCharsets.ISO_8859_1), delimiters);
    }
}
