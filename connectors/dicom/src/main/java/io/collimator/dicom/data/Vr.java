package io.collimator.dicom.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Value representations (PS3.5 §6.2, Table 6.2-1). Lengths are characters for text and bytes for binary. */
public enum Vr {
    AE(Kind.TEXT, 16, ' ', true, false, false),
    AS(Kind.TEXT, 4, ' ', true, false, false),
    AT(Kind.TAGS, 4, '\0', true, false, false),
    CS(Kind.TEXT, 16, ' ', true, false, false),
    DA(Kind.TEXT, 18, ' ', true, false, false),
    DS(Kind.TEXT, 16, ' ', true, false, false),
    DT(Kind.TEXT, 54, ' ', true, false, false),
    FD(Kind.REALS, 8, '\0', true, false, false),
    FL(Kind.REALS, 4, '\0', true, false, false),
    IS(Kind.TEXT, 12, ' ', true, false, false),
    LO(Kind.TEXT, 64, ' ', true, true, false),
    LT(Kind.TEXT, 10240, ' ', false, true, false),
    OB(Kind.BYTES, Vr.UNLIMITED, '\0', false, false, true),
    OD(Kind.BYTES, Vr.UNLIMITED, '\0', false, false, true),
    OF(Kind.BYTES, Vr.UNLIMITED, '\0', false, false, true),
    OL(Kind.BYTES, Vr.UNLIMITED, '\0', false, false, true),
    OV(Kind.BYTES, Vr.UNLIMITED, '\0', false, false, true),
    OW(Kind.BYTES, Vr.UNLIMITED, '\0', false, false, true),
    PN(Kind.TEXT, 194, ' ', true, true, false),
    SH(Kind.TEXT, 16, ' ', true, true, false),
    SL(Kind.INTEGERS, 4, '\0', true, false, false),
    SQ(Kind.ITEMS, Vr.UNLIMITED, '\0', false, false, true),
    SS(Kind.INTEGERS, 2, '\0', true, false, false),
    ST(Kind.TEXT, 1024, ' ', false, true, false),
    SV(Kind.INTEGERS, 8, '\0', true, false, true),
    TM(Kind.TEXT, 28, ' ', true, false, false),
    UC(Kind.TEXT, Vr.UNLIMITED, ' ', true, true, true),
    UI(Kind.TEXT, 64, '\0', true, false, false),
    UL(Kind.INTEGERS, 4, '\0', true, false, false),
    UN(Kind.BYTES, Vr.UNLIMITED, '\0', false, false, true),
    UR(Kind.TEXT, Vr.UNLIMITED, ' ', false, false, true),
    US(Kind.INTEGERS, 2, '\0', true, false, false),
    UT(Kind.TEXT, Vr.UNLIMITED, ' ', false, true, true),
    UV(Kind.INTEGERS, 8, '\0', true, false, true);

    private static final int UNLIMITED = Integer.MAX_VALUE;

    /** Which {@link Value} holds values of a representation. */
    public enum Kind {
        TEXT,
        INTEGERS,
        REALS,
        TAGS,
        BYTES,
        ITEMS
    }

    private static final Map<String, Vr> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Vr::name, vr -> vr));

    /** Read for each element: by its two letters as a number, without making a string. */
    private static final List<Optional<Vr>> BY_LETTERS = IntStream.range(0, 26 * 26)
            .mapToObj(i -> Optional.ofNullable(BY_CODE.get(
                    new String(new char[] {(char) ('A' + i / 26), (char) ('A' + i % 26)}))))
            .toList();

    private final Kind kind;
    private final int maxLength;
    private final char padding;
    private final boolean multiValued;
    private final boolean characterSetAffected;
    private final boolean longForm;

    Vr(Kind kind, int maxLength, char padding, boolean multiValued, boolean characterSetAffected, boolean longForm) {
        this.kind = kind;
        this.maxLength = maxLength;
        this.padding = padding;
        this.multiValued = multiValued;
        this.characterSetAffected = characterSetAffected;
        this.longForm = longForm;
    }

    /** The representation with this code of two capital letters, empty when there is none. */
    public static Optional<Vr> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The representation with this code, letter by letter. */
    public static Optional<Vr> ofCode(char first, char second) {
        return first < 'A' || first > 'Z' || second < 'A' || second > 'Z'
                ? Optional.empty()
                : BY_LETTERS.get((first - 'A') * 26 + second - 'A');
    }

    public Kind kind() {
        return kind;
    }

    /** Longest single value in characters (text) or bytes (binary); queries may carry ranges, hence DA 18, TM 28, DT 54. */
    public int maxLength() {
        return maxLength;
    }

    /** What fills an odd value to even length. */
    public char padding() {
        return padding;
    }

    /** Whether a backslash separates values. */
    public boolean isMultiValued() {
        return multiValued;
    }

    /** Whether Specific Character Set (0008,0005) governs it. */
    public boolean isCharacterSetAffected() {
        return characterSetAffected;
    }

    /** Explicit VR: two reserved bytes and a 32-bit length (PS3.5 §7.1.2). */
    public boolean isLongForm() {
        return longForm;
    }
}
