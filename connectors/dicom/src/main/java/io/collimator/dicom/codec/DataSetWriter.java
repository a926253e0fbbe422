package io.collimator.dicom.codec;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes data sets; sequences and items get their length before their content, so each is built apart. */
final class DataSetWriter {

    /** The longest even length that the short form can tell (PS3.5 §7.1.2). */
    private static final int LONGEST_SHORT_FORM = 0xFFFE;

    private final boolean implicit;

    DataSetWriter(boolean implicit) {
        this.implicit = implicit;
    }

    byte[] write(DataSet dataSet, SpecificCharacterSet inherited) {
        SpecificCharacterSet characterSet =
                dataSet.contains(Tags.SpecificCharacterSet) ? SpecificCharacterSet.of(dataSet) : inherited;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Element element : dataSet.elements()) {
            // a group length would be wrong by now, and is retired (PS3.5 §7.2)
            if (!element.tag().isGroupLength() || element.tag().group() == 0) {
                writeElement(out, element, characterSet);
            }
        }
        return out.toByteArray();
    }

    private void writeElement(ByteArrayOutputStream out, Element element, SpecificCharacterSet characterSet) {
        byte[] value = element.value() instanceof Value.Items items
                ? writeItems(items, characterSet)
                : ValueEncoder.encode(element, characterSet);
        writeTag(out, element.tag());
        if (implicit) {
            writeInt(out, value.length);
        } else {
            writeVrAndLength(out, element.vr(), value.length);
        }
        out.writeBytes(value);
    }

    private byte[] writeItems(Value.Items items, SpecificCharacterSet characterSet) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (DataSet item : items.values()) {
            byte[] content = write(item, characterSet);
            writeTag(out, ElementHeader.ITEM);
            writeInt(out, content.length);
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    private static void writeVrAndLength(ByteArrayOutputStream out, Vr vr, int length) {
        Vr written = vr.isLongForm() || length <= LONGEST_SHORT_FORM ? vr : Vr.UN;
        out.writeBytes(written.name().getBytes(StandardCharsets.US_ASCII));
        if (written.isLongForm()) {
            writeShort(out, 0);
            writeInt(out, length);
        } else {
            writeShort(out, length);
        }
    }

    private static void writeTag(ByteArrayOutputStream out, Tag tag) {
        writeShort(out, tag.group());
        writeShort(out, tag.element());
    }

    private static void writeShort(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >>> 8);
    }

    private static void writeInt(ByteArrayOutputStream out, int value) {
        writeShort(out, value);
        writeShort(out, value >>> 16);
    }
}
