package io.collimator.dicom.codec;

import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Vr;
import java.util.List;

/**
 * An element whose place is known and whose value is not decoded yet: text can be decoded only when all of the data set
 * has been seen, because elements may be out of order and one of them is the Specific Character Set.
 */
sealed interface RawElement {

    Tag tag();

    /** A value field: its bytes start at {@code offset}. */
    record Field(Tag tag, Vr vr, ElementLayout layout, int offset, int length) implements RawElement {}

    /** A sequence with the elements of each item. */
    record Sequence(Tag tag, List<List<RawElement>> items) implements RawElement {}

    /** Pixel data in fragments. */
    record Fragments(Tag tag, Vr vr, List<Field> fragments) implements RawElement {}
}
