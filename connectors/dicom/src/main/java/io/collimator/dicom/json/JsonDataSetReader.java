package io.collimator.dicom.json;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads objects of the DICOM JSON Model (PS3.18 §F.2). Used once. */
final class JsonDataSetReader {

    private final CodecLimits limits;
    private int elements;
    private int items;
    private int depth;

    JsonDataSetReader(CodecLimits limits) {
        this.limits = limits;
    }

    DataSet read(JsonValue json) {
        if (!(json instanceof JsonValue.Members members)) {
            throw new DicomDataException("A data set must be an object of JSON (PS3.18 §F.2.2).");
        }
        List<Element> read = new ArrayList<>();
        for (Map.Entry<String, JsonValue> member : members.byName().entrySet()) {
            Tag tag = tagOf(member.getKey());
            elements++;
            if (elements > limits.maxElements()) {
                throw new DicomDataException(
                        "The data set has more than %d elements, which is the limit of what is accepted."
                                .formatted(limits.maxElements()),
                        tag,
                        -1);
            }
            if (!tag.isGroupLength()) {
                read.add(readElement(tag, member.getValue()));
            }
        }
        return DataSet.of(read);
    }

    private static Tag tagOf(String name) {
        if (!name.matches("[0-9A-Fa-f]{8}")) {
            throw new DicomDataException(
                    "An attribute has a name of %d characters; it must be a tag of eight hexadecimal digits (PS3.18 §F.2.2)."
                            .formatted(name.length()));
        }
        return new Tag(Integer.parseUnsignedInt(name, 16));
    }

    private Element readElement(Tag tag, JsonValue json) {
        if (!(json instanceof JsonValue.Members members)) {
            throw failure("An attribute must be an object with vr and Value (PS3.18 §F.2.2).", tag);
        }
        Vr vr = vrOf(tag, members.byName().get("vr"));
        if (tag.equals(Tags.SpecificCharacterSet)) {
            // the text is Unicode by now, and must stay whole when it is encoded
            return new Element(tag, Vr.CS, new Value.Text("ISO_IR 192"));
        }
        if (vr.kind() == Vr.Kind.BYTES) {
            return new Element(tag, vr, new Value.Bytes(binary(tag, members)));
        }
        JsonValue value = members.byName().getOrDefault("Value", JsonValue.Literal.NULL);
        if (value == JsonValue.Literal.NULL) {
            return new Element(tag, vr, valueOf(tag, vr, List.of()));
        }
        if (!(value instanceof JsonValue.Array array)) {
            throw failure("Value must be an array (PS3.18 §F.2.4).", tag);
        }
        return new Element(tag, vr, valueOf(tag, vr, array.values()));
    }

    private static Vr vrOf(Tag tag, @Nullable JsonValue json) {
        if (json == null) {
            return Dictionary.vrOf(tag);
        }
        Optional<Vr> vr = json instanceof JsonValue.Text text ? Vr.ofCode(text.value()) : Optional.empty();
        return vr.orElseThrow(() -> failure("The vr is none of PS3.5 §6.2.", tag));
    }

    private byte[] binary(Tag tag, JsonValue.Members members) {
        JsonValue inline = members.byName().getOrDefault("InlineBinary", JsonValue.Literal.NULL);
        JsonValue value = members.byName().getOrDefault("Value", JsonValue.Literal.NULL);
        if (value != JsonValue.Literal.NULL) {
            throw failure("Binary values stand in InlineBinary, not in Value (PS3.18 §F.2.7).", tag);
        }
        if (inline == JsonValue.Literal.NULL) {
            return new byte[0];
        }
        try {
            if (inline instanceof JsonValue.Text text) {
                return Base64.getDecoder().decode(text.value());
            }
        } catch (IllegalArgumentException noBase64) {
            throw failure("InlineBinary is not in Base64 (PS3.18 §F.2.7).", tag);
        }
        throw failure("InlineBinary must be a text in Base64 (PS3.18 §F.2.7).", tag);
    }

    private Value valueOf(Tag tag, Vr vr, List<JsonValue> values) {
        countValues(tag, values.size() - 1);
        return switch (vr.kind()) {
            case TEXT -> {
                List<String> texts = all(values, value -> text(tag, vr, value));
                yield new Value.Text(texts.equals(List.of("")) ? List.of() : texts);
            }
            case INTEGERS -> new Value.Integers(all(values, value -> integer(tag, vr, value)));
            case REALS -> new Value.Reals(all(values, value -> real(tag, value)));
            case TAGS -> new Value.Tags(all(values, value -> tagValue(tag, value)));
            case ITEMS -> new Value.Items(items(tag, values));
            case BYTES -> throw new IllegalArgumentException(vr + " has no values in an array.");
        };
    }

    private void countValues(Tag tag, int further) {
        elements += Math.max(0, further);
        if (elements > limits.maxElements()) {
            throw failure(
                    "There are more than %d elements and further values, which is the limit of what is accepted."
                            .formatted(limits.maxElements()),
                    tag);
        }
    }

    private static <T> List<T> all(List<JsonValue> values, Function<JsonValue, T> reader) {
        return values.stream().map(reader).toList();
    }

    private List<DataSet> items(Tag sequence, List<JsonValue> values) {
        depth++;
        if (depth > limits.maxDepth()) {
            throw failure(
                    "There are more than %d sequences within sequences, which is the limit of what is accepted."
                            .formatted(limits.maxDepth()),
                    sequence);
        }
        List<DataSet> read = new ArrayList<>(values.size());
        for (JsonValue value : values) {
            items++;
            if (items > limits.maxItems()) {
                throw failure(
                        "There are more than %d items, which is the limit of what is accepted."
                                .formatted(limits.maxItems()),
                        sequence);
            }
            try {
                read.add(value == JsonValue.Literal.NULL ? DataSet.empty() : read(value));
            } catch (DicomDataException e) {
                throw e.within(sequence, read.size() + 1);
            }
        }
        depth--;
        return read;
    }

    private static String text(Tag tag, Vr vr, JsonValue value) {
        if (value == JsonValue.Literal.NULL) {
            return "";
        } else if (value instanceof JsonValue.Text text) {
            return checked(tag, vr, text.value());
        } else if (value instanceof JsonValue.Digits number) {
            return vr == Vr.IS ? whole(tag, number.digits()).toString() : number.digits();
        } else if (vr == Vr.PN && value instanceof JsonValue.Members members) {
            return checked(tag, vr, name(tag, members));
        }
        throw failure("A value of VR %s must be a text (PS3.18 §F.2.3).".formatted(vr), tag);
    }

    /** Data sets hold text as it comes off the wire: without padding, and a backslash can only have separated values. */
    private static String checked(Tag tag, Vr vr, String value) {
        if (vr.isMultiValued() && value.indexOf('\\') >= 0) {
            throw failure("A value holds a backslash, which separates values in VR %s.".formatted(vr), tag);
        }
        return value;
    }

    private static String name(Tag tag, JsonValue.Members members) {
        StringBuilder name = new StringBuilder();
        for (String group : List.of("Alphabetic", "Ideographic", "Phonetic")) {
            JsonValue value = members.byName().getOrDefault(group, JsonValue.Literal.NULL);
            if (value instanceof JsonValue.Text text) {
                name.append(text.value());
            } else if (value != JsonValue.Literal.NULL) {
                throw failure("%s of a person name must be a text (PS3.18 §F.2.2).".formatted(group), tag);
            }
            name.append('=');
        }
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '=') {
            end--;
        }
        return name.substring(0, end);
    }

    private static Long integer(Tag tag, Vr vr, JsonValue value) {
        BigInteger whole = whole(tag, digits(tag, value));
        boolean fits = vr == Vr.UV ? whole.signum() >= 0 && whole.bitLength() <= 64 : whole.bitLength() <= 63;
        if (!fits) {
            throw failure("A number is out of the range of VR %s.".formatted(vr), tag);
        }
        return whole.longValue();
    }

    private static String digits(Tag tag, JsonValue value) {
        if (value instanceof JsonValue.Digits number) {
            return number.digits();
        } else if (value instanceof JsonValue.Text text && text.value().length() <= 64) {
            return text.value();
        }
        throw failure("A value must be a number (PS3.18 §F.2.3).", tag);
    }

    private static BigInteger whole(Tag tag, String digits) {
        try {
            return JsonNumbers.whole(digits);
        } catch (ArithmeticException | NumberFormatException notWhole) {
            throw failure("A value must be a whole number of at most 20 digits.", tag);
        }
    }

    private static Double real(Tag tag, JsonValue value) {
        String digits = digits(tag, value);
        try {
            return switch (digits) {
                case "nan", "NaN" -> Double.NaN;
                case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
                case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> Double.valueOf(digits);
            };
        } catch (NumberFormatException noNumber) {
            throw failure("A value must be a number (PS3.18 §F.2.3).", tag);
        }
    }

    private static Tag tagValue(Tag tag, JsonValue value) {
        if (value instanceof JsonValue.Text text && text.value().matches("[0-9A-Fa-f]{8}")) {
            return new Tag(Integer.parseUnsignedInt(text.value(), 16));
        }
        throw failure("A value must be a tag of eight hexadecimal digits.", tag);
    }

    private static DicomDataException failure(String message, Tag tag) {
        return new DicomDataException(message, tag, -1);
    }
}
