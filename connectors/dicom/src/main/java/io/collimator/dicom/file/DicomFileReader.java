package io.collimator.dicom.file;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.DataSetHead;
import io.collimator.dicom.codec.Sloppiness;
import io.collimator.dicom.codec.SloppinessListener;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Opens files (PS3.10 §7.1). A missing preamble or missing meta information is tolerated, and reported: then the transfer
 * syntax is guessed from the first element, among those that are not deflated.
 *
 * @param limits of the meta information, and of the data set or its head
 * @param listener told of what is sloppy in the file
 */
public record DicomFileReader(CodecLimits limits, SloppinessListener listener) {

    private static final int PREAMBLE = 128;
    private static final byte[] PREFIX = "DICM".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST_ELEMENT = 6;

    /** Bytes that were looked at, and the stream as if they had not been. */
    private record Peeked(byte[] bytes, InputStream stream) {

        static Peeked of(InputStream in, int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            return new Peeked(bytes, new SequenceInputStream(new ByteArrayInputStream(bytes), in));
        }

        boolean hasPrefixAt(int place) {
            return bytes.length >= place + PREFIX.length
                    && Arrays.equals(bytes, place, place + PREFIX.length, PREFIX, 0, PREFIX.length);
        }

        /** What the first element of a data set looks like; group numbers begin below 100H. */
        TransferSyntax syntax() {
            if (bytes.length < FIRST_ELEMENT
                    || Vr.ofCode((char) (bytes[4] & 0xFF), (char) (bytes[5] & 0xFF))
                            .isEmpty()) {
                return TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
            }
            return bytes[0] == 0 && bytes[1] != 0
                    ? TransferSyntax.EXPLICIT_VR_BIG_ENDIAN
                    : TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
        }

        boolean isFileMeta() {
            return bytes.length >= FIRST_ELEMENT
                    && ((bytes[0] == 2 && bytes[1] == 0) || (bytes[0] == 0 && bytes[1] == 2));
        }
    }

    /**
     * Reads as far as the data set.
     *
     * @param in is not closed
     * @throws io.collimator.dicom.data.DicomDataException when the meta information is broken
     */
    public DicomFile open(InputStream in) throws IOException {
        Peeked first = Peeked.of(withoutPreamble(in), FIRST_ELEMENT);
        if (!first.isFileMeta()) {
            listener.noticed(Sloppiness.MISSING_FILE_META, Tags.TransferSyntaxUID);
            return new DicomFile(new FileMeta(DataSet.empty()), first.syntax().uid(), first.stream(), this);
        }
        TransferSyntax syntax = first.syntax();
        if (syntax != TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN) {
            listener.noticed(Sloppiness.WRONG_FILE_META, Tags.TransferSyntaxUID);
        }
        DataSetHead head = new DataSetCodec(syntax, limits)
                .decodeWhile(tag -> tag.group() == 2, first.stream(), Long.MAX_VALUE, listener);
        FileMeta meta = new FileMeta(head.dataSet());
        Optional<Uid> said = meta.transferSyntax();
        if (said.isPresent()) {
            return new DicomFile(meta, said.get(), head.rest(), this);
        }
        listener.noticed(Sloppiness.MISSING_FILE_META, Tags.TransferSyntaxUID);
        Peeked content = Peeked.of(head.rest(), FIRST_ELEMENT);
        return new DicomFile(meta, content.syntax().uid(), content.stream(), this);
    }

    private InputStream withoutPreamble(InputStream in) throws IOException {
        Peeked start = Peeked.of(in, PREAMBLE + PREFIX.length);
        if (start.hasPrefixAt(PREAMBLE)) {
            return in;
        }
        listener.noticed(Sloppiness.MISSING_PREAMBLE, Tags.FileMetaInformationGroupLength);
        if (start.hasPrefixAt(0)) {
            start.stream().skipNBytes(PREFIX.length);
        }
        return start.stream();
    }
}
