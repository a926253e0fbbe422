package io.collimator.dicom.codec;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Value fields of everything but sequences, padded to even length (PS3.5 §6.2). */
final class ValueEncoder {

    private ValueEncoder() {}

    static byte[] encode(Element element, SpecificCharacterSet characterSet) {
        Value value = element.value();
        if (value instanceof Value.Text text) {
            return padded(text(element, text.values(), characterSet), element.vr());
        } else if (value instanceof Value.Integers integers) {
            return integers(element, integers.values());
        } else if (value instanceof Value.Reals reals) {
            return reals(element.vr(), reals.values());
        } else if (value instanceof Value.Tags tags) {
            return tags(tags.values());
        } else if (value instanceof Value.Bytes bytes) {
            return padded(bytes.content(), element.vr());
        }
        throw new IllegalArgumentException("%s is a sequence; its items are written one by one.".formatted(element));
    }

    private static byte[] text(Element element, List<String> values, SpecificCharacterSet characterSet) {
        Vr vr = element.vr();
        if (!vr.isMultiValued() && values.size() > 1) {
            throw new DicomDataException(
                    "There are %d values; VR %s has one at most.".formatted(values.size(), vr), element.tag(), -1);
        }
        if (vr.isMultiValued()) {
            checkNoneHasSeparator(element, values);
        }
        String text = values.size() == 1 ? values.get(0) : String.join("\\", values);
        if (!vr.isCharacterSetAffected()) {
            return ascii(element, text);
        }
        if (!characterSet.canEncode(text)) {
            throw new DicomDataException(
                    "The value has a character that %s does not have; declare a set that has it."
                            .formatted(characterSet),
                    element.tag(),
                    -1);
        }
        return characterSet.encode(text, vr);
    }

    private static void checkNoneHasSeparator(Element element, List<String> values) {
        for (String value : values) {
            if (value.indexOf('\\') >= 0) {
                throw new DicomDataException(
                        "A value holds a backslash, which separates values in VR %s; replace it."
                                .formatted(element.vr()),
                        element.tag(),
                        -1);
            }
        }
    }

    private static byte[] ascii(Element element, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                throw new DicomDataException(
                        "The value has a character beyond ASCII, which VR %s does not allow.".formatted(element.vr()),
                        element.tag(),
                        -1);
            }
        }
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] padded(byte[] bytes, Vr vr) {
        if (bytes.length % 2 == 0) {
            return bytes;
        }
        byte[] even = Arrays.copyOf(bytes, bytes.length + 1);
        even[bytes.length] = (byte) vr.padding();
        return even;
    }

    private static byte[] integers(Element element, List<Long> values) {
        Vr vr = element.vr();
        byte[] bytes = new byte[Math.multiplyExact(values.size(), vr.maxLength())];
        ByteBuffer buffer = littleEndian(bytes);
        for (long value : values) {
            if (!fits(vr, value)) {
                throw new DicomDataException(
                        "The number %d is out of the range of VR %s.".formatted(value, vr), element.tag(), -1);
            }
            switch (vr) {
                case US, SS -> buffer.putShort((short) value);
                case UL, SL -> buffer.putInt((int) value);
                default -> buffer.putLong(value);
            }
        }
        return bytes;
    }

    private static boolean fits(Vr vr, long value) {
        return switch (vr) {
            case US -> value >= 0 && value <= 0xFFFF;
            case SS -> value == (short) value;
            case UL -> value >= 0 && value <= 0xFFFF_FFFFL;
            case SL -> value == (int) value;
            default -> true;
        };
    }

    private static byte[] reals(Vr vr, List<Double> values) {
        byte[] bytes = new byte[Math.multiplyExact(values.size(), vr.maxLength())];
        ByteBuffer buffer = littleEndian(bytes);
        for (double value : values) {
            if (vr == Vr.FL) {
                buffer.putFloat((float) value);
            } else {
                buffer.putDouble(value);
            }
        }
        return bytes;
    }

    private static byte[] tags(List<Tag> values) {
        byte[] bytes = new byte[Math.multiplyExact(values.size(), Vr.AT.maxLength())];
        ByteBuffer buffer = littleEndian(bytes);
        for (Tag tag : values) {
            buffer.putShort((short) tag.group()).putShort((short) tag.element());
        }
        return bytes;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
