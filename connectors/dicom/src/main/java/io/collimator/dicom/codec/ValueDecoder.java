package io.collimator.dicom.codec;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Turns elements that were found into elements with values (PS3.5 §6.2). */
final class ValueDecoder {

    /** Bytes of (0008,0005) that are looked at: more terms than there are sets. */
    private static final int LONGEST_DECLARATION = 1024;

    private final LittleEndianInput input;
    private final LimitsAccount account;

    ValueDecoder(LittleEndianInput input, LimitsAccount account) {
        this.input = input;
        this.account = account;
    }

    /** @param inherited the set of the data set around an item (PS3.3 §C.12.1.1.2) */
    DataSet decode(List<RawElement> elements, SpecificCharacterSet inherited) {
        SpecificCharacterSet characterSet = characterSetOf(elements, inherited);
        List<Element> decoded = new ArrayList<>(elements.size());
        for (RawElement element : elements) {
            decoded.add(
                    element instanceof RawElement.Sequence sequence
                            ? decodeSequence(sequence, characterSet)
                            : decodeField((RawElement.Field) element, characterSet));
        }
        return DataSet.of(decoded);
    }

    private SpecificCharacterSet characterSetOf(List<RawElement> elements, SpecificCharacterSet inherited) {
        SpecificCharacterSet characterSet = inherited;
        for (RawElement element : elements) {
            if (element.tag().equals(Tags.SpecificCharacterSet) && element instanceof RawElement.Field field) {
                int length = Math.min(field.length(), LONGEST_DECLARATION);
                String terms = new String(input.slice(field.offset(), length), StandardCharsets.ISO_8859_1);
                characterSet = SpecificCharacterSet.of(TextPadding.split(terms, Vr.CS));
            }
        }
        return characterSet;
    }

    private Element decodeSequence(RawElement.Sequence sequence, SpecificCharacterSet characterSet) {
        List<DataSet> items = new ArrayList<>(sequence.items().size());
        sequence.items().forEach(item -> items.add(decode(item, characterSet)));
        return new Element(sequence.tag(), Vr.SQ, new Value.Items(items));
    }

    private Element decodeField(RawElement.Field field, SpecificCharacterSet characterSet) {
        Vr vr = field.vr();
        byte[] bytes = input.slice(field.offset(), field.length());
        Value value = switch (vr.kind()) {
            case TEXT -> new Value.Text(texts(field, bytes, characterSet));
            case INTEGERS ->
                isWhole(field)
                        ? new Value.Integers(numbers(field, bytes, buffer -> integer(vr, buffer)))
                        : new Value.Bytes(bytes);
            case REALS ->
                isWhole(field)
                        ? new Value.Reals(numbers(field, bytes, buffer -> real(vr, buffer)))
                        : new Value.Bytes(bytes);
            case TAGS ->
                isWhole(field) ? new Value.Tags(numbers(field, bytes, ValueDecoder::tag)) : new Value.Bytes(bytes);
            case BYTES, ITEMS -> new Value.Bytes(bytes);
        };
        // a number field whose length is no multiple of a number is kept as it came; it costs nobody the data set
        return new Element(field.tag(), value instanceof Value.Bytes && vr.kind() != Vr.Kind.BYTES ? Vr.UN : vr, value);
    }

    private List<String> texts(RawElement.Field field, byte[] bytes, SpecificCharacterSet characterSet) {
        if (field.vr().isMultiValued()) {
            int separators = 0;
            for (byte b : bytes) {
                separators += b == '\\' ? 1 : 0;
            }
            account.countElements(separators, field.tag(), field.offset());
        }
        String text = field.vr().isCharacterSetAffected()
                ? characterSet.decode(bytes)
                : new String(bytes, StandardCharsets.ISO_8859_1);
        return TextPadding.split(text, field.vr());
    }

    private static boolean isWhole(RawElement.Field field) {
        return field.length() % field.vr().maxLength() == 0;
    }

    private <T> List<T> numbers(RawElement.Field field, byte[] bytes, Function<ByteBuffer, T> next) {
        int count = bytes.length / field.vr().maxLength();
        account.countElements(Math.max(0, count - 1), field.tag(), field.offset());
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
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
