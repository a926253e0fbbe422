package io.collimator.dicom.codec;

import static io.collimator.dicom.codec.ElementHeader.ITEM;
import static io.collimator.dicom.codec.ElementHeader.ITEM_DELIMITATION;
import static io.collimator.dicom.codec.ElementHeader.SEQUENCE_DELIMITATION;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the elements in the bytes of one data set (PS3.5 §7.1, §7.5) and checks every length and limit on the way. */
final class ElementReader {

    private static final Tag ZERO = new Tag(0);

    private final Reading reading;
    private final DataSetInput input;

    ElementReader(Reading reading) {
        this.reading = reading;
        this.input = reading.input();
    }

    /** Reads to the end, or to the first tag that is not wanted. */
    List<RawElement> readWhile(Predicate<Tag> wanted, ElementLayout layout) {
        List<RawElement> elements = new ArrayList<>();
        while (!input.isAtEnd() && !isPadding(layout)) {
            if (input.has(4) && !wanted.test(input.peekTag(layout))) {
                break;
            }
            readElement(ElementHeader.read(reading, layout, input.end()), input.end(), 0, elements);
        }
        return elements;
    }

    /** Files and messages are filled up with zeros now and then. */
    private boolean isPadding(ElementLayout layout) {
        boolean zeros =
                input.position() > 0 && (!input.has(8) || input.peekTag(layout).equals(ZERO)) && input.isPaddingLeft();
        if (zeros) {
            reading.note(Sloppiness.TRAILING_PADDING, Tags.DataSetTrailingPadding);
        }
        return zeros;
    }

    private void readElement(ElementHeader header, int end, int depth, List<RawElement> elements) {
        if (header.tag().group() == 0xFFFE) {
            throw failure("An item or delimiter stands where an element must be.", header);
        }
        reading.account().countElements(1, header.tag(), header.offset());
        if (reading.isHeard()) {
            noteOrder(header.tag(), elements);
        }
        if (header.isSequence()) {
            reading.account().checkDepth(depth + 1, header.tag(), header.offset());
            elements.add(new RawElement.Sequence(header.tag(), readItems(header, end, depth + 1)));
        } else if (header.isFragmented()) {
            elements.add(new RawElement.Fragments(header.tag(), header.vr(), readFragments(header, end)));
        } else {
            readField(header, end, elements);
        }
    }

    private void noteOrder(Tag tag, List<RawElement> elements) {
        if (!elements.isEmpty() && elements.get(elements.size() - 1).tag().compareTo(tag) > 0) {
            reading.note(Sloppiness.OUT_OF_ORDER, tag);
        }
    }

    private void readField(ElementHeader header, int end, List<RawElement> elements) {
        if (header.hasUndefinedLength()) {
            throw failure(
                    "The length of a value of VR %s is undefined; only SQ, UN and pixel data in OB or OW may have that."
                            .formatted(header.vr()),
                    header);
        }
        RawElement.Field field = fieldOf(header, end);
        // retired outside group 0000: counts bytes that we do not write (PS3.5 §7.2)
        if (!header.tag().isGroupLength() || header.tag().group() == 0) {
            elements.add(field);
        } else if (header.tag().group() != 2) {
            reading.note(Sloppiness.GROUP_LENGTH, header.tag());
        }
    }

    /** Passes over a value field whose bytes must be there. */
    private RawElement.Field fieldOf(ElementHeader header, int end) {
        int length = definedLength(header, end);
        reading.account().checkValue(length, header.tag(), header.offset());
        if (!input.has(length)) {
            throw failure("A length of %d bytes is declared and fewer are left.".formatted(length), header);
        }
        RawElement.Field field =
                new RawElement.Field(header.tag(), header.vr(), header.layout(), input.position(), length);
        input.skip(length);
        return field;
    }

    private List<List<RawElement>> readItems(ElementHeader sequence, int outerEnd, int depth) {
        boolean delimited = sequence.hasUndefinedLength();
        int end = delimited ? outerEnd : input.position() + definedLength(sequence, outerEnd);
        List<List<RawElement>> items = new ArrayList<>();
        while (delimited || input.position() < end) {
            ElementHeader header = readWithin(sequence, sequence.layout(), end, items.size() + 1);
            if (isDelimiter(header, SEQUENCE_DELIMITATION, delimited)) {
                if (delimited) {
                    return items;
                }
                continue;
            }
            if (!header.tag().equals(ITEM)) {
                throw failure("Sequence %s must hold items (FFFE,E000).".formatted(sequence.tag()), header);
            }
            reading.account().countItem(sequence.tag(), header.offset());
            items.add(readItem(sequence, header, end, items.size() + 1, depth));
        }
        return items;
    }

    private ElementHeader readWithin(ElementHeader sequence, ElementLayout layout, int end, int place) {
        try {
            return ElementHeader.read(reading, layout, end);
        } catch (DicomDataException e) {
            throw e.within(sequence.tag(), place);
        }
    }

    private List<RawElement> readItem(ElementHeader sequence, ElementHeader item, int end, int place, int depth) {
        try {
            return readItem(item, end, sequence.vr() == Vr.UN, depth);
        } catch (DicomDataException e) {
            throw e.within(sequence.tag(), place);
        }
    }

    private List<RawElement> readItem(ElementHeader item, int outerEnd, boolean unknown, int depth) {
        boolean delimited = item.hasUndefinedLength();
        int end = delimited ? outerEnd : input.position() + definedLength(item, outerEnd);
        ElementLayout layout = unknown ? layoutWithinUnknown(item.layout(), end) : item.layout();
        List<RawElement> elements = new ArrayList<>();
        while (delimited || input.position() < end) {
            ElementHeader header = ElementHeader.read(reading, layout, end);
            if (isDelimiter(header, ITEM_DELIMITATION, delimited)) {
                if (delimited) {
                    return elements;
                }
                continue;
            }
            readElement(header, end, depth, elements);
        }
        return elements;
    }

    /**
     * Items of UN are in Implicit VR (PS3.5 §6.2.2), but some writers leave their own Explicit VR in them: seen by a VR
     * where the length must be, which as a length would lead beyond the end.
     */
    private ElementLayout layoutWithinUnknown(ElementLayout layout, int end) {
        if (!input.has(8)
                || Vr.ofCode((char) input.peek(4), (char) input.peek(5)).isEmpty()) {
            return layout;
        }
        long length = input.peek(4) | input.peek(5) << 8 | input.peek(6) << 16 | (long) input.peek(7) << 24;
        if (length <= Math.min(end, input.end()) - input.position() - 8L) {
            return layout;
        }
        reading.note(Sloppiness.EXPLICIT_IN_UN, input.peekTag(ElementLayout.EXPLICIT_LITTLE_ENDIAN));
        return ElementLayout.EXPLICIT_LITTLE_ENDIAN;
    }

    private List<RawElement.Field> readFragments(ElementHeader pixels, int end) {
        List<RawElement.Field> fragments = new ArrayList<>();
        while (true) {
            ElementHeader header = ElementHeader.read(reading, pixels.layout(), end);
            if (isDelimiter(header, SEQUENCE_DELIMITATION, true)) {
                return fragments;
            }
            if (!header.tag().equals(ITEM) || header.hasUndefinedLength()) {
                throw failure("Pixel data %s must hold fragments of defined length.".formatted(pixels.tag()), header);
            }
            reading.account().countItem(pixels.tag(), header.offset());
            fragments.add(fieldOf(header, end));
        }
    }

    private int definedLength(ElementHeader header, int end) {
        if (header.length() > (long) end - input.position()) {
            throw failure(
                    "A length of %d bytes is declared and %d are left."
                            .formatted(header.length(), end - input.position()),
                    header);
        }
        reading.account().checkClaim(input.position() + header.length(), header.tag(), header.offset());
        if (header.length() % 2 != 0) {
            reading.note(Sloppiness.ODD_LENGTH, header.tag());
        }
        return (int) header.length();
    }

    private boolean isDelimiter(ElementHeader header, Tag delimiter, boolean wanted) {
        if (!header.tag().equals(delimiter)) {
            return false;
        }
        if (header.length() != 0) {
            throw failure("A delimiter has the length %d; it must be 0.".formatted(header.length()), header);
        }
        if (!wanted) {
            reading.note(Sloppiness.STRAY_DELIMITER, delimiter);
        }
        return true;
    }

    private static DicomDataException failure(String message, ElementHeader header) {
        return new DicomDataException(message, header.tag(), header.offset());
    }
}
