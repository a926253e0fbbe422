package io.collimator.dicom.data;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The tag of a data element: group and element number (PS3.5 §7.1). Ordered as unsigned numbers, which is the order of
 * elements in a data set.
 */
public record Tag(int value) implements Comparable<Tag> {

    /** A tag from its two halves, each 0 to FFFFH. */
    public static Tag of(int group, int element) {
        if ((group & ~0xFFFF) != 0 || (element & ~0xFFFF) != 0) {
            throw new IllegalArgumentException(
                    "Tag group %X or element %X is over FFFFH; pass two 16-bit numbers.".formatted(group, element));
        }
        return new Tag(group << 16 | element);
    }

    /**
     * A tag from eight hexadecimal digits, with or without parentheses and comma.
     *
     * @throws IllegalArgumentException when the text is no tag
     */
    public static Tag parse(String text) {
        String digits = text.replaceAll("[(),\\s]", "");
        if (!digits.matches("[0-9A-Fa-f]{8}")) {
            throw new IllegalArgumentException(
                    "\"%s\" is no tag; write eight hexadecimal digits such as (0010,0020).".formatted(text));
        }
        return new Tag(Integer.parseUnsignedInt(digits, 16));
    }

    public int group() {
        return value >>> 16;
    }

    public int element() {
        return value & 0xFFFF;
    }

    /** Odd group: a private element (PS3.5 §7.8). */
    public boolean isPrivate() {
        return (group() & 1) == 1;
    }

    /** (gggg,0010) to (gggg,00FF) of an odd group: the element that reserves a private block (PS3.5 §7.8.1). */
    public boolean isPrivateCreator() {
        return isPrivate() && element() >= 0x10 && element() <= 0xFF;
    }

    /** (gggg,0000): retired outside groups 0000 and 0002. */
    public boolean isGroupLength() {
        return element() == 0;
    }

    @Override
    public int compareTo(Tag other) {
        return Integer.compareUnsigned(value, other.value);
    }

    /** Written out, as {@link #hashCode}: tags are compared more than anything else. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tag tag && tag.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }

    @Override
    public String toString() {
        String digits = HexFormat.of().withUpperCase().toHexDigits(value);
        return "(" + digits.substring(0, 4) + "," + digits.substring(4) + ")";
    }
}
