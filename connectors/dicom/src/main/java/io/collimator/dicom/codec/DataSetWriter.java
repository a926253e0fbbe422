package io.collimator.dicom.codec;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;

/** Writes one data set; sequences and items with defined length (PS3.5 §7.1, §7.5). */
final class DataSetWriter {

    /** The longest even length that the short form can tell (PS3.5 §7.1.2). */
    private static final int LONGEST_SHORT_FORM = 0xFFFE;

    private final ElementLayout layout;
    private final DataSetOutput out;

    private DataSetWriter(ElementLayout layout) {
        this.layout = layout;
        this.out = new DataSetOutput(layout.isBigEndian());
    }

    static byte[] write(DataSet dataSet, ElementLayout layout) {
        DataSetWriter writer = new DataSetWriter(layout);
        writer.write(dataSet, SpecificCharacterSet.ASCII);
        return writer.out.toByteArray();
    }

    private void write(DataSet dataSet, SpecificCharacterSet inherited) {
        SpecificCharacterSet characterSet =
                dataSet.contains(Tags.SpecificCharacterSet) ? SpecificCharacterSet.of(dataSet) : inherited;
        for (Element element : dataSet.elements()) {
            // a group length would be wrong by now, and is retired (PS3.5 §7.2)
            if (!element.tag().isGroupLength() || element.tag().group() == 0) {
                write(element, characterSet);
            }
        }
    }

    private void write(Element element, SpecificCharacterSet characterSet) {
        if (element.value() instanceof Value.Items items) {
            writeSequence(element, items, characterSet);
        } else if (element.value() instanceof Value.Fragments fragments) {
            writeFragments(element, fragments);
        } else {
            writeField(element, characterSet);
        }
    }

    private void writeField(Element element, SpecificCharacterSet characterSet) {
        byte[] value = ValueEncoder.encode(element, characterSet);
        Vr vr = element.vr().isLongForm() || value.length <= LONGEST_SHORT_FORM ? element.vr() : opaque(element.tag());
        // what is declared UN stays in Little Endian (PS3.5 §6.2.2)
        if (layout.isBigEndian() && vr != Vr.UN) {
            ByteOrdering.swap(value, vr);
        }
        out.writeTag(element.tag());
        if (layout.isImplicit()) {
            out.writeInt(value.length);
        } else {
            writeVr(vr);
            if (vr.isLongForm()) {
                out.writeInt(value.length);
            } else {
                out.writeShort(value.length);
            }
        }
        out.write(value);
    }

    /** For bytes that nobody shall look into: UN, but where UN would be read as the items of a sequence (PS3.5 §6.2.2). */
    static Vr opaque(Tag tag) {
        return Dictionary.vrOf(tag) == Vr.SQ ? Vr.OB : Vr.UN;
    }

    private void writeSequence(Element element, Value.Items items, SpecificCharacterSet characterSet) {
        out.writeTag(element.tag());
        if (!layout.isImplicit()) {
            writeVr(Vr.SQ);
        }
        int length = reserveLength();
        int place = 0;
        for (DataSet item : items.values()) {
            place++;
            out.writeTag(ElementHeader.ITEM);
            int itemLength = reserveLength();
            try {
                write(item, characterSet);
            } catch (DicomDataException e) {
                throw e.within(element.tag(), place);
            }
            out.writeLengthAt(itemLength);
        }
        out.writeLengthAt(length);
    }

    private void writeFragments(Element element, Value.Fragments fragments) {
        if (layout != ElementLayout.EXPLICIT_LITTLE_ENDIAN) {
            throw new DicomDataException(
                    "Pixel data in fragments can be written in Explicit VR Little Endian only (PS3.5 §A.4).",
                    element.tag(),
                    -1);
        }
        out.writeTag(element.tag());
        writeVr(element.vr());
        out.writeInt((int) ElementHeader.UNDEFINED);
        for (Value.Bytes fragment : fragments.values()) {
            byte[] content = ValueEncoder.padded(fragment.content(), element.vr());
            out.writeTag(ElementHeader.ITEM);
            out.writeInt(content.length);
            out.write(content);
        }
        out.writeTag(ElementHeader.SEQUENCE_DELIMITATION);
        out.writeInt(0);
    }

    private int reserveLength() {
        int place = out.size();
        out.writeInt(0);
        return place;
    }

    private void writeVr(Vr vr) {
        out.writeByte(vr.name().charAt(0));
        out.writeByte(vr.name().charAt(1));
        if (vr.isLongForm()) {
            out.writeShort(0);
        }
    }
}
