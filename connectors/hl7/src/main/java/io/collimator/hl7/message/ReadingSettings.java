package io.collimator.hl7.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the messages of a sender are read.
 *
 * @param standard the character set where MSH-18 names none, or none that is known; a Windows code page also where it names
 *     ASCII or an ISO 8859
 * @param undecodable what is done about bytes that are no characters of the declared set
 */
public record ReadingSettings(Charset standard, Undecodable undecodable, Hl7Limits limits) {

    /** ISO 8859-1, fall back, the default limits: a character set never fails an order. */
    public static final ReadingSettings DEFAULT =
            new ReadingSettings(StandardCharsets.ISO_8859_1, Undecodable.FALL_BACK, Hl7Limits.DEFAULT);

    /** The terms of HL7 table 0211 that are read, for people. */
    public static final String KNOWN_CHARACTER_SETS =
            "ASCII, 8859/1 to 8859/9, 8859/15, UNICODE UTF-8, ISO IR14, ISO IR87, ISO IR159, GB 18030-2000, KS X 1001, CNS 11643-1992, BIG-5; for what is no term of it but sent all the same, windows-1250 to windows-1258";

    /** The character set for a term of MSH-18 or one of its misspellings; empty when it is none that is known. */
    public static Optional<Charset> characterSet(String term) {
        return term.isBlank() ? Optional.empty() : CharacterSets.of(term);
    }

    /** Bytes that the declared character set does not have. */
    public enum Undecodable {
        /** The message is read by a set that has every byte, and a warning says so. */
        FALL_BACK,
        /** AE 102 at MSH-18. */
        REFUSE
    }
}
