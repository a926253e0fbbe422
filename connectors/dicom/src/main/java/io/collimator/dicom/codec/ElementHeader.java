package io.collimator.dicom.codec;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;

/**
 * What stands before a value field (PS3.5 §7.1).
 *
 * @param tag which element; an item or delimiter of group FFFE has VR UN
 * @param vr its representation
 * @param implicit whether elements nested in it are in Implicit VR
 * @param length of the value field in bytes, {@link #UNDEFINED} when a delimiter ends it
 * @param offset where the element starts
 */
record ElementHeader(Tag tag, Vr vr, boolean implicit, long length, int offset) {

    static final long UNDEFINED = 0xFFFF_FFFFL;

    static final Tag ITEM = Tag.of(0xFFFE, 0xE000);
    static final Tag ITEM_DELIMITATION = Tag.of(0xFFFE, 0xE00D);
    static final Tag SEQUENCE_DELIMITATION = Tag.of(0xFFFE, 0xE0DD);

    /** Reads a header that must end before {@code end}. */
    static ElementHeader read(LittleEndianInput input, boolean implicit, int end) {
        int offset = input.position();
        input.require(8, end);
        Tag tag = input.readTag();
        if (tag.group() == 0xFFFE) {
            return new ElementHeader(tag, Vr.UN, implicit, input.readInt(), offset);
        }
        if (implicit) {
            return new ElementHeader(tag, Dictionary.vrOf(tag), true, input.readInt(), offset);
        }
        return readExplicit(input, tag, offset, end);
    }

    private static ElementHeader readExplicit(LittleEndianInput input, Tag tag, int offset, int end) {
        int code = input.readShort();
        Vr vr = vrOfCode(code, tag, offset);
        if (!vr.isLongForm()) {
            return new ElementHeader(tag, vr, false, input.readShort(), offset);
        }
        input.skip(2);
        input.require(4, end);
        long length = input.readInt();
        if (vr != Vr.UN) {
            return new ElementHeader(tag, vr, false, length, offset);
        }
        // PS3.5 §6.2.2: what a writer declared UN is in Implicit VR, whatever the transfer syntax
        return new ElementHeader(tag, length == UNDEFINED ? Vr.UN : Dictionary.vrOf(tag), true, length, offset);
    }

    /** A VR of the future has the long form (PS3.5 §6.2 Note), so that it can be read as UN. */
    private static Vr vrOfCode(int code, Tag tag, int offset) {
        char first = (char) (code & 0xFF);
        char second = (char) (code >>> 8);
        if (first < 'A' || first > 'Z' || second < 'A' || second > 'Z') {
            throw new DicomDataException(
                    "The VR is the bytes %02XH %02XH; two capital letters must stand there in Explicit VR. Is it Implicit VR?"
                            .formatted((int) first, (int) second),
                    tag,
                    offset);
        }
        return Vr.ofCode(new String(new char[] {first, second})).orElse(Vr.UN);
    }

    boolean hasUndefinedLength() {
        return length == UNDEFINED;
    }

    /** Whether items follow: SQ, and UN of undefined length (PS3.5 §6.2.2). */
    boolean isSequence() {
        return vr == Vr.SQ || (vr == Vr.UN && hasUndefinedLength());
    }
}
