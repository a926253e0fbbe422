package io.collimator.dicom.codec;

import static io.collimator.dicom.codec.ElementHeader.ITEM;
import static io.collimator.dicom.codec.ElementHeader.ITEM_DELIMITATION;
import static io.collimator.dicom.codec.ElementHeader.SEQUENCE_DELIMITATION;

import io.collimator.dicom.data.DicomDataException;
import java.util.ArrayList;
import java.util.List;

/** Finds the elements in the bytes of one data set (PS3.5 §7.1, §7.5) and checks every length and limit on the way. */
final class ElementReader {

    private final LittleEndianInput input;
    private final LimitsAccount account;

    ElementReader(LittleEndianInput input, LimitsAccount account) {
        this.input = input;
        this.account = account;
    }

    List<RawElement> readAll(boolean implicit) {
        List<RawElement> elements = new ArrayList<>();
        while (input.position() < input.length()) {
            readElement(ElementHeader.read(input, implicit, input.length()), input.length(), 0, elements);
        }
        return elements;
    }

    private void readElement(ElementHeader header, int end, int depth, List<RawElement> elements) {
        if (header.tag().group() == 0xFFFE) {
            throw failure("An item or delimiter stands where an element must be.", header);
        }
        account.countElements(1, header.tag(), header.offset());
        if (header.isSequence()) {
            account.checkDepth(depth + 1, header.tag(), header.offset());
            elements.add(new RawElement.Sequence(header.tag(), readItems(header, end, depth + 1)));
            return;
        }
        if (header.hasUndefinedLength()) {
            throw failure(
                    "The length of a value of VR %s is undefined; only SQ and UN may have that.".formatted(header.vr()),
                    header);
        }
        int length = definedLength(header, end);
        // retired outside group 0000: counts bytes that we do not write (PS3.5 §7.2)
        if (!header.tag().isGroupLength() || header.tag().group() == 0) {
            elements.add(new RawElement.Field(header.tag(), header.vr(), input.position(), length));
        }
        input.skip(length);
    }

    private List<List<RawElement>> readItems(ElementHeader sequence, int outerEnd, int depth) {
        int end = sequence.hasUndefinedLength() ? outerEnd : input.position() + definedLength(sequence, outerEnd);
        List<List<RawElement>> items = new ArrayList<>();
        while (sequence.hasUndefinedLength() || input.position() < end) {
            ElementHeader header = ElementHeader.read(input, sequence.implicit(), end);
            if (header.tag().equals(SEQUENCE_DELIMITATION) && sequence.hasUndefinedLength()) {
                checkEmpty(header);
                return items;
            }
            if (!header.tag().equals(ITEM)) {
                throw failure("Sequence %s must hold items (FFFE,E000).".formatted(sequence.tag()), header);
            }
            account.countItem(sequence.tag(), header.offset());
            items.add(readItem(header, end, depth));
        }
        return items;
    }

    private List<RawElement> readItem(ElementHeader item, int outerEnd, int depth) {
        int end = item.hasUndefinedLength() ? outerEnd : input.position() + definedLength(item, outerEnd);
        List<RawElement> elements = new ArrayList<>();
        while (item.hasUndefinedLength() || input.position() < end) {
            ElementHeader header = ElementHeader.read(input, item.implicit(), end);
            if (header.tag().equals(ITEM_DELIMITATION) && item.hasUndefinedLength()) {
                checkEmpty(header);
                return elements;
            }
            readElement(header, end, depth, elements);
        }
        return elements;
    }

    private int definedLength(ElementHeader header, int end) {
        if (header.length() > end - input.position()) {
            throw failure(
                    "A length of %d bytes is declared and %d are left."
                            .formatted(header.length(), end - input.position()),
                    header);
        }
        return (int) header.length();
    }

    private static void checkEmpty(ElementHeader delimiter) {
        if (delimiter.length() != 0) {
            throw failure("A delimiter has the length %d; it must be 0.".formatted(delimiter.length()), delimiter);
        }
    }

    private static DicomDataException failure(String message, ElementHeader header) {
        return new DicomDataException(message, header.tag(), header.offset());
    }
}
