package io.collimator.hl7.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** MSH-18 in Java's terms (HL7 v2.5.1 §2.15.9.18, table 0211). A character set never fails a message. */
final class CharacterSets {

    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("ASCII", "US-ASCII"),
            Map.entry("UNICODE", "UTF-8"),
            Map.entry("UNICODE UTF-8", "UTF-8"),
            Map.entry("UTF-8", "UTF-8"),
            Map.entry("UTF8", "UTF-8"),
            Map.entry("UNICODE UTF-16", "UTF-16"),
            Map.entry("ISO IR14", "JIS_X0201"),
            Map.entry("ISO IR87", "ISO-2022-JP"),
            Map.entry("ISO IR159", "ISO-2022-JP-2"),
            Map.entry("GB 18030-2000", "GB18030"),
            Map.entry("KS X 1001", "EUC-KR"),
            Map.entry("CNS 11643-1992", "TIS-620"),
            Map.entry("BIG-5", "Big5"));

    private CharacterSets() {}

    /** Decoded text, the set it was decoded by, and what was odd. */
    record Decoded(String text, Charset charset, List<String> warnings) {}

    /** The Java name of a term of table 0211 and of the spellings met in practice; empty when it is not known. */
    static Optional<Charset> of(String term) {
        String key = term.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
        String name = JAVA_NAMES.get(key);
        if (name == null && key.matches("(ISO[- ]?)?8859[/-]\\d{1,2}")) {
            name = "ISO-8859-" + key.substring(key.indexOf("8859") + 5);
        }
        return forName(name == null ? key : name);
    }

    /**
     * Decodes a message by the set it declares; bytes that the set does not have are read by the default, so that
     * nothing is lost.
     *
     * @param declared the first repetition of MSH-18, empty when there is none
     */
    static Decoded decode(byte[] content, String declared, Charset standard) {
        if (declared.isBlank()) {
            return new Decoded(new String(content, standard), standard, List.of());
        }
        Optional<Charset> charset = of(declared).filter(CharacterSets::isFramedByBytes);
        if (charset.isEmpty()) {
            return new Decoded(
                    new String(content, standard),
                    standard,
                    List.of("MSH-18 names a character set that is not known; read as " + standard
                            + ". Send a term of HL7 table 0211, for instance UNICODE UTF-8."));
        }
        try {
            String text = charset.get()
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return new Decoded(text, charset.get(), List.of());
        } catch (CharacterCodingException malformed) {
            Charset fallback = isLossless(standard) ? standard : StandardCharsets.ISO_8859_1;
            return new Decoded(
                    new String(content, fallback),
                    fallback,
                    List.of("MSH-18 declares " + charset.get() + " but the message holds bytes that are none; read as "
                            + fallback + ". Declare the character set that is sent."));
        }
    }

    private static Optional<Charset> forName(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    /** UTF-16 and UTF-32 cannot stand between the bytes of MLLP. */
    private static boolean isFramedByBytes(Charset charset) {
        return !charset.name().startsWith("UTF-16") && !charset.name().startsWith("UTF-32");
    }

    private static boolean isLossless(Charset charset) {
        return charset.name().startsWith("ISO-8859-1") || charset.name().equals("windows-1252");
    }
}
