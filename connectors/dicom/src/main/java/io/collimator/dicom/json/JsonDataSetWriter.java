package io.collimator.dicom.json;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Writes data sets as objects of the DICOM JSON Model (PS3.18 §F.2). */
final class JsonDataSetWriter {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final List<String> GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");

    /** Writes one value of an element. */
    @FunctionalInterface
    private interface ValueWriter<T> {
        void write(T value) throws IOException;
    }

    private final Appendable out;

    JsonDataSetWriter(Appendable out) {
        this.out = out;
    }

    void write(DataSet dataSet) throws IOException {
        out.append('{');
        boolean first = true;
        for (Element element : dataSet.elements()) {
            // counts bytes, of which there are none here (PS3.18 §F.2.2)
            if (!element.tag().isGroupLength()) {
                if (!first) {
                    out.append(',');
                }
                first = false;
                write(element);
            }
        }
        out.append('}');
    }

    private void write(Element element) throws IOException {
        out.append('"').append(hex(element.tag())).append("\":{\"vr\":\"");
        out.append(element.vr().name()).append('"');
        if (!element.isEmpty()) {
            writeValue(element);
        }
        out.append('}');
    }

    private static String hex(Tag tag) {
        return HEX.toHexDigits(tag.value());
    }

    private void writeValue(Element element) throws IOException {
        Value value = element.value();
        if (element.tag().equals(Tags.SpecificCharacterSet)) {
            // JSON is UTF-8, whatever the data set came in (PS3.18 §F.2.1)
            out.append(",\"Value\":[\"ISO_IR 192\"]");
        } else if (value instanceof Value.Text text) {
            writeTexts(element.vr(), text.values());
        } else if (value instanceof Value.Integers integers) {
            writeAll(integers.values(), number -> writeInteger(element.vr(), number));
        } else if (value instanceof Value.Reals reals) {
            writeAll(reals.values(), number -> writeReal(element.vr(), number));
        } else if (value instanceof Value.Tags tags) {
            writeAll(tags.values(), tag -> JsonText.write(hex(tag), out));
        } else if (value instanceof Value.Items items) {
            writeItems(element.tag(), items.values());
        } else if (value instanceof Value.Bytes bytes) {
            out.append(",\"InlineBinary\":\"")
                    .append(Base64.getEncoder().encodeToString(bytes.content()))
                    .append('"');
        } else {
            throw new DicomDataException(
                    "Pixel data in fragments has no form in JSON; leave it out (PS3.18 §F.2.6 would refer to it).",
                    element.tag(),
                    -1);
        }
    }

    private <T> void writeAll(List<T> values, ValueWriter<T> writer) throws IOException {
        out.append(",\"Value\":[");
        boolean first = true;
        for (T value : values) {
            if (!first) {
                out.append(',');
            }
            first = false;
            writer.write(value);
        }
        out.append(']');
    }

    /** One empty value is no value; among others it is null (PS3.18 §F.2.5). */
    private void writeTexts(Vr vr, List<String> values) throws IOException {
        if (!values.equals(List.of(""))) {
            writeAll(values, value -> writeText(vr, value));
        }
    }

    private void writeText(Vr vr, String value) throws IOException {
        if (value.isEmpty()) {
            out.append("null");
        } else if (vr == Vr.PN) {
            writeName(value);
        } else if ((vr == Vr.IS || vr == Vr.DS) && JsonNumbers.isExact(vr, value)) {
            out.append(value);
        } else {
            JsonText.write(value, out);
        }
    }

    private void writeName(String name) throws IOException {
        String[] groups = name.split("=", GROUPS.size());
        String separator = "{";
        for (int i = 0; i < groups.length; i++) {
            if (!groups[i].isEmpty()) {
                out.append(separator).append('"').append(GROUPS.get(i)).append("\":");
                JsonText.write(groups[i], out);
                separator = ",";
            }
        }
        out.append(separator.equals("{") ? "null" : "}");
    }

    private void writeInteger(Vr vr, long number) throws IOException {
        String digits = vr == Vr.UV ? Long.toUnsignedString(number) : Long.toString(number);
        if ((vr == Vr.SV || vr == Vr.UV) && !JsonNumbers.isExact(vr, number)) {
            JsonText.write(digits, out);
        } else {
            out.append(digits);
        }
    }

    /** JSON has no numbers for these three; DCMTK and others write them so. */
    private void writeReal(Vr vr, double number) throws IOException {
        if (Double.isNaN(number)) {
            out.append("\"nan\"");
        } else if (Double.isInfinite(number)) {
            out.append(number > 0 ? "\"inf\"" : "\"-inf\"");
        } else {
            out.append(vr == Vr.FL ? Float.toString((float) number) : Double.toString(number));
        }
    }

    private void writeItems(Tag sequence, List<DataSet> items) throws IOException {
        int[] place = {0};
        writeAll(items, item -> {
            place[0]++;
            try {
                write(item);
            } catch (DicomDataException e) {
                throw e.within(sequence, place[0]);
            }
        });
    }
}
