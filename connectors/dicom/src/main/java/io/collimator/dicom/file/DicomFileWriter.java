package io.collimator.dicom.file;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.DataSetHead;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes files: preamble of zeros, DICM, meta information in Explicit VR Little Endian, data set (PS3.10 §7.1). */
public final class DicomFileWriter {

    private static final int PREAMBLE = 128;
    private static final List<Tag> REQUIRED = List.of(
            Tags.FileMetaInformationVersion,
            Tags.MediaStorageSOPClassUID,
            Tags.MediaStorageSOPInstanceUID,
            Tags.TransferSyntaxUID,
            Tags.ImplementationClassUID);

    private DicomFileWriter() {}

    /** A data set in the transfer syntax that the meta information names. */
    public static void write(FileMeta meta, DataSet dataSet, OutputStream out) throws IOException {
        write(meta, new DataSetHead(dataSet, InputStream.nullInputStream()), out);
    }

    /**
     * A data set of which the last elements are encoded already.
     *
     * @param out is not closed
     * @throws DicomDataException when something is missing in the meta information, the data set holds elements that may
     *     not be in a file, or the transfer syntax is none that we write
     */
    public static void write(FileMeta meta, DataSetHead dataSet, OutputStream out) throws IOException {
        Uid syntax = meta.transferSyntax().orElseThrow(() -> missing(Tags.TransferSyntaxUID));
        TransferSyntax encoding = TransferSyntax.encodingOf(syntax)
                .orElseThrow(() -> new DicomDataException(
                        "Transfer syntax %s is none that is written; let the encoded data set pass through."
                                .formatted(syntax),
                        Tags.TransferSyntaxUID,
                        -1));
        dataSet.dataSet().forEach(element -> {
            if (element.tag().group() < 8) {
                throw new DicomDataException(
                        "Groups below 0008 do not stand in the data set of a file; leave the element out.",
                        element.tag(),
                        -1);
            }
        });
        writeMeta(meta, out);
        new DataSetCodec(encoding, CodecLimits.defaults()).encode(dataSet, out);
    }

    /**
     * A data set as it is encoded, for instance as it came in a C-STORE.
     *
     * @param content in the transfer syntax that the meta information names; it is not looked at
     */
    public static void writeEncoded(FileMeta meta, InputStream content, OutputStream out) throws IOException {
        writeMeta(meta, out);
        content.transferTo(out);
    }

    private static void writeMeta(FileMeta meta, OutputStream out) throws IOException {
        for (Tag tag : REQUIRED) {
            if (!meta.elements().hasValue(tag)) {
                throw missing(tag);
            }
        }
        byte[] elements = new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults())
                .encode(meta.elements());
        ByteBuffer start = ByteBuffer.allocate(PREAMBLE + 16).order(ByteOrder.LITTLE_ENDIAN);
        start.position(PREAMBLE);
        start.put("DICM".getBytes(StandardCharsets.US_ASCII));
        // the group length, the one that is not retired
        start.putShort((short) 2).putShort((short) 0);
        start.put("UL".getBytes(StandardCharsets.US_ASCII)).putShort((short) 4).putInt(elements.length);
        out.write(start.array());
        out.write(elements);
    }

    private static DicomDataException missing(Tag tag) {
        return new DicomDataException(
                "File meta information must have this element (PS3.10 Table 7.1-1); FileMeta.of has it.", tag, -1);
    }
}
