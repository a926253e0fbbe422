package io.collimator.dicom.codec;

import java.util.Locale;

/** What breaks the standard without hiding the meaning: it is read, reported to a {@link SloppinessListener}, and never written. */
public enum Sloppiness {
    /** A value, item or sequence of odd length (PS3.5 §7.1.1). */
    ODD_LENGTH,
    /** A tag below the one before it (PS3.5 §7.1). */
    OUT_OF_ORDER,
    /** A tag that was there already; the last one counts (PS3.5 §7.1). */
    DUPLICATE_ELEMENT,
    /** A group length outside groups 0000 and 0002, retired (PS3.5 §7.2). */
    GROUP_LENGTH,
    /** VR UN for an element of the standard; the dictionary's VR is taken (PS3.5 §6.2.2). */
    UNDEFINED_VR,
    /** A VR that the standard does not have; it is read as if it were UN. */
    UNKNOWN_VR,
    /** A VR that the standard does not give to that element; it is taken as sent (PS3.6 §6). */
    VR_MISMATCH,
    /** Explicit VR in an item of UN, where Implicit VR must be (PS3.5 §6.2.2). */
    EXPLICIT_IN_UN,
    /** A delimiter where the length was defined (PS3.5 §7.5). */
    STRAY_DELIMITER,
    /** A number field that is no multiple of its number; kept as bytes. */
    WRONG_NUMBER_LENGTH,
    /** NUL where space must pad or the other way round (PS3.5 §6.2). */
    WRONG_PADDING,
    /** A value longer than its VR allows (PS3.5 §6.2). */
    TOO_LONG,
    /** Zeros after the last element, or bytes after the deflated data set. */
    TRAILING_PADDING,
    /** A zlib header around a deflated data set (PS3.5 §A.5 wants RFC 1951 alone). */
    ZLIB_HEADER,
    /** A Specific Character Set that is misspelled or combined against PS3.3 §C.12.1.1.2, but plain. */
    MISNAMED_CHARACTER_SET,
    /** A Specific Character Set that the standard does not have. */
    UNKNOWN_CHARACTER_SET,
    /** Bytes or escape sequences that the declared Specific Character Set does not have (PS3.5 §6.1). */
    CHARACTER_FALLBACK,
    /** A file without the 128 bytes and DICM (PS3.10 §7.1). */
    MISSING_PREAMBLE,
    /** A file that does not say its transfer syntax; it was guessed (PS3.10 §7.1). */
    MISSING_FILE_META,
    /** File meta information not in Explicit VR Little Endian (PS3.10 §7.1). */
    WRONG_FILE_META,
    /** A key of a worklist query at the root or in the step's item, where PS3.4 Table K.6-1 has it in the other place. */
    MISPLACED_KEY;

    /** For metrics and settings: {@code odd-length}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
