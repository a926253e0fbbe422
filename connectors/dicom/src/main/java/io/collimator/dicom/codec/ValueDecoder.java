package io.collimator.dicom.codec;

import io.collimator.dicom.charset.DecodedText;
import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Turns elements that were found into elements with values (PS3.5 §6.2). */
final class ValueDecoder {

    /** Bytes of (0008,0005) that are looked at: more terms than there are sets. */
    private static final int LONGEST_DECLARATION = 1024;

    private final Reading reading;
    private final DataSetInput input;

    ValueDecoder(Reading reading) {
        this.reading = reading;
        this.input = reading.input();
    }

    /** @param inherited the set of the data set around an item (PS3.3 §C.12.1.1.2) */
    DataSet decode(List<RawElement> elements, SpecificCharacterSet inherited) {
        SpecificCharacterSet characterSet = characterSetOf(elements, inherited);
        List<Element> decoded = new ArrayList<>(elements.size());
        for (RawElement element : elements) {
            decoded.add(decode(element, characterSet));
        }
        DataSet dataSet = DataSet.of(decoded);
        if (reading.isHeard() && dataSet.size() < decoded.size()) {
            noteDuplicates(decoded);
        }
        return dataSet;
    }

    private Element decode(RawElement element, SpecificCharacterSet characterSet) {
        if (element instanceof RawElement.Sequence sequence) {
            return decodeSequence(sequence, characterSet);
        } else if (element instanceof RawElement.Fragments fragments) {
            return new Element(
                    fragments.tag(),
                    fragments.vr(),
                    new Value.Fragments(fragments.fragments().stream()
                            .map(field -> new Value.Bytes(input.slice(field.offset(), field.length())))
                            .toList()));
        }
        return decodeField((RawElement.Field) element, characterSet);
    }

    private void noteDuplicates(List<Element> elements) {
        Set<Tag> seen = new HashSet<>();
        for (Element element : elements) {
            if (!seen.add(element.tag())) {
                reading.note(Sloppiness.DUPLICATE_ELEMENT, element.tag());
            }
        }
    }

    private SpecificCharacterSet characterSetOf(List<RawElement> elements, SpecificCharacterSet inherited) {
        SpecificCharacterSet characterSet = inherited;
        for (RawElement element : elements) {
            if (element.tag().equals(Tags.SpecificCharacterSet) && element instanceof RawElement.Field field) {
                int length = Math.min(field.length(), LONGEST_DECLARATION);
                String text = new String(input.slice(field.offset(), length), StandardCharsets.ISO_8859_1);
                List<String> terms = TextPadding.split(text, Vr.CS);
                characterSet = SpecificCharacterSet.of(terms);
                if (reading.isHeard() && characterSet.isKnown() && !SpecificCharacterSet.isWellNamed(terms)) {
                    reading.note(Sloppiness.MISNAMED_CHARACTER_SET, Tags.SpecificCharacterSet);
                }
                if (!characterSet.isKnown()) {
                    reading.note(Sloppiness.UNKNOWN_CHARACTER_SET, Tags.SpecificCharacterSet);
                }
            }
        }
        return characterSet;
    }

    private Element decodeSequence(RawElement.Sequence sequence, SpecificCharacterSet characterSet) {
        List<DataSet> items = new ArrayList<>(sequence.items().size());
        for (List<RawElement> item : sequence.items()) {
            try {
                items.add(decode(item, characterSet));
            } catch (DicomDataException e) {
                throw e.within(sequence.tag(), items.size() + 1);
            }
        }
        return new Element(sequence.tag(), Vr.SQ, new Value.Items(items));
    }

    private Element decodeField(RawElement.Field field, SpecificCharacterSet characterSet) {
        Vr vr = field.vr();
        if (vr.kind() == Vr.Kind.TEXT) {
            return new Element(field.tag(), vr, new Value.Text(texts(field, characterSet)));
        }
        boolean whole = vr.kind() == Vr.Kind.BYTES || field.length() % vr.maxLength() == 0;
        Value value = switch (whole ? vr.kind() : Vr.Kind.BYTES) {
            case INTEGERS -> new Value.Integers(numbers(field, buffer -> integer(vr, buffer)));
            case REALS -> new Value.Reals(numbers(field, buffer -> real(vr, buffer)));
            case TAGS -> new Value.Tags(numbers(field, ValueDecoder::tag));
            default -> new Value.Bytes(bytes(field));
        };
        // a number field whose length is no multiple of a number is kept as it came; it costs nobody the data set
        if (!whole) {
            reading.note(Sloppiness.WRONG_NUMBER_LENGTH, field.tag());
        }
        return new Element(field.tag(), whole ? vr : DataSetWriter.opaque(field.tag()), value);
    }

    private byte[] bytes(RawElement.Field field) {
        byte[] bytes = input.slice(field.offset(), field.length());
        if (field.layout().isBigEndian()) {
            ByteOrdering.swap(bytes, field.vr());
        }
        return bytes;
    }

    private List<String> texts(RawElement.Field field, SpecificCharacterSet characterSet) {
        Vr vr = field.vr();
        byte[] bytes = input.slice(field.offset(), field.length());
        if (vr.isMultiValued()) {
            int separators = 0;
            for (byte b : bytes) {
                separators += b == '\\' ? 1 : 0;
            }
            reading.account().countElements(separators, field.tag(), field.offset());
        }
        String text;
        if (vr.isCharacterSetAffected()) {
            DecodedText decoded = characterSet.decode(bytes, vr);
            text = decoded.text();
            if (!decoded.isExact()) {
                reading.note(Sloppiness.CHARACTER_FALLBACK, field.tag());
            }
        } else {
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        }
        List<String> values = TextPadding.split(text, vr);
        if (reading.isHeard()) {
            noteForm(field, text, values);
        }
        return values;
    }

    private void noteForm(RawElement.Field field, String text, List<String> values) {
        if (field.vr() == Vr.UI ? text.endsWith(" ") : text.indexOf('\0') >= 0) {
            reading.note(Sloppiness.WRONG_PADDING, field.tag());
        }
        for (String value : values) {
            if (value.length() > field.vr().maxLength()
                    && value.codePointCount(0, value.length()) > field.vr().maxLength()) {
                reading.note(Sloppiness.TOO_LONG, field.tag());
            }
        }
    }

    private <T> List<T> numbers(RawElement.Field field, Function<ByteBuffer, T> next) {
        int count = field.length() / field.vr().maxLength();
        reading.account().countElements(Math.max(0, count - 1), field.tag(), field.offset());
        ByteBuffer buffer = input.view(field.offset(), field.length(), field.layout());
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(next.apply(buffer));
        }
        return values;
    }

    private static Long integer(Vr vr, ByteBuffer buffer) {
        return switch (vr) {
            case US -> buffer.getShort() & 0xFFFFL;
            case SS -> (long) buffer.getShort();
            case UL -> buffer.getInt() & 0xFFFF_FFFFL;
            case SL -> (long) buffer.getInt();
            default -> buffer.getLong();
        };
    }

    private static Double real(Vr vr, ByteBuffer buffer) {
        return vr == Vr.FL ? (double) buffer.getFloat() : buffer.getDouble();
    }

    private static Tag tag(ByteBuffer buffer) {
        int group = buffer.getShort() & 0xFFFF;
        return Tag.of(group, buffer.getShort() & 0xFFFF);
    }
}
