package io.collimator.dicom.codec;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import java.util.Optional;

/**
 * What stands before a value field (PS3.5 §7.1).
 *
 * @param tag which element; an item or delimiter of group FFFE has VR UN
 * @param vr its representation
 * @param layout of its value and of elements nested in it
 * @param length of the value field in bytes, {@link #UNDEFINED} when a delimiter ends it
 * @param offset where the element starts
 */
record ElementHeader(Tag tag, Vr vr, ElementLayout layout, long length, int offset) {

    static final long UNDEFINED = 0xFFFF_FFFFL;

    static final Tag ITEM = Tag.of(0xFFFE, 0xE000);
    static final Tag ITEM_DELIMITATION = Tag.of(0xFFFE, 0xE00D);
    static final Tag SEQUENCE_DELIMITATION = Tag.of(0xFFFE, 0xE0DD);

    /** Reads a header that must end before {@code end}. */
    static ElementHeader read(Reading reading, ElementLayout layout, int end) {
        DataSetInput input = reading.input();
        int offset = input.position();
        input.require(8, end);
        Tag tag = input.readTag(layout);
        if (tag.group() == 0xFFFE) {
            return new ElementHeader(tag, Vr.UN, layout, input.readInt(layout), offset);
        }
        if (layout.isImplicit()) {
            return new ElementHeader(tag, Dictionary.vrOf(tag), layout, input.readInt(layout), offset);
        }
        return readExplicit(reading, new ElementHeader(tag, Vr.UN, layout, 0, offset), end);
    }

    private static ElementHeader readExplicit(Reading reading, ElementHeader start, int end) {
        DataSetInput input = reading.input();
        Vr vr = readVr(reading, start);
        if (!vr.isLongForm()) {
            return start.with(vr, input.readShort(start.layout));
        }
        input.skip(2);
        input.require(4, end);
        long length = input.readInt(start.layout);
        if (vr != Vr.UN) {
            return start.with(vr, length);
        }
        // PS3.5 §6.2.2: what a writer declared UN is in Implicit VR Little Endian, whatever the transfer syntax
        Vr known = length == UNDEFINED ? Vr.UN : Dictionary.vrOf(start.tag);
        return new ElementHeader(start.tag, known, ElementLayout.IMPLICIT_LITTLE_ENDIAN, length, start.offset);
    }

    /** A VR of the future has the long form (PS3.5 §6.2 Note), so that it can be read as UN. */
    private static Vr readVr(Reading reading, ElementHeader start) {
        char first = (char) reading.input().peek(0);
        char second = (char) reading.input().peek(1);
        reading.input().skip(2);
        if (first < 'A' || first > 'Z' || second < 'A' || second > 'Z') {
            throw new DicomDataException(
                    "The VR is the bytes %02XH %02XH; two capital letters must stand there in Explicit VR. Is it Implicit VR?"
                            .formatted((int) first, (int) second),
                    start.tag,
                    start.offset);
        }
        Optional<Vr> vr = Vr.ofCode(first, second);
        if (reading.isHeard()) {
            noteVr(reading, start.tag, vr);
        }
        return vr.orElse(Vr.UN);
    }

    private static void noteVr(Reading reading, Tag tag, Optional<Vr> vr) {
        if (vr.isEmpty()) {
            reading.note(Sloppiness.UNKNOWN_VR, tag);
        } else if (vr.get() == Vr.UN && Dictionary.vrOf(tag) != Vr.UN) {
            reading.note(Sloppiness.UNDEFINED_VR, tag);
        } else if (vr.get() != Vr.UN && !Dictionary.allows(tag, vr.get())) {
            reading.note(Sloppiness.VR_MISMATCH, tag);
        }
    }

    private ElementHeader with(Vr read, long readLength) {
        return new ElementHeader(tag, read, layout, readLength, offset);
    }

    boolean hasUndefinedLength() {
        return length == UNDEFINED;
    }

    /** Whether items follow: SQ, and UN of undefined length (PS3.5 §6.2.2). */
    boolean isSequence() {
        return vr == Vr.SQ || (vr == Vr.UN && hasUndefinedLength());
    }

    /** Whether fragments follow (PS3.5 §A.4). */
    boolean isFragmented() {
        return hasUndefinedLength() && (vr == Vr.OB || vr == Vr.OW);
    }
}
