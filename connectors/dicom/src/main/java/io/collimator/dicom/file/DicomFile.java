package io.collimator.dicom.file;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.DataSetHead;
import io.collimator.dicom.codec.SloppinessListener;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file whose meta information has been read and whose data set is still in the stream. It is read once, in one of three
 * ways: {@link #read}, {@link #readUpTo} or {@link #content}. Who opened the stream closes it. Not thread-safe.
 */
public final class DicomFile {

    private final FileMeta meta;
    private final Uid transferSyntax;
    private final InputStream content;
    private final CodecLimits limits;
    private final SloppinessListener listener;

    DicomFile(FileMeta meta, Uid transferSyntax, InputStream content, DicomFileReader reader) {
        this.meta = meta;
        this.transferSyntax = transferSyntax;
        this.content = content;
        this.limits = reader.limits();
        this.listener = reader.listener();
    }

    public FileMeta meta() {
        return meta;
    }

    /** What the file says, or, when it says nothing, what its data set looks like. */
    public Uid transferSyntax() {
        return transferSyntax;
    }

    /** The data set as it is encoded, to pass through as a C-STORE has it (PS3.7 §9.1.1). */
    public InputStream content() {
        return content;
    }

    /**
     * The whole data set, pixels included.
     *
     * @throws DicomDataException when it is none, exceeds a limit, or is in a transfer syntax that we do not read
     */
    public DataSet read() throws IOException {
        return codec().decodeWhile(tag -> true, content, 0, listener).dataSet();
    }

    /**
     * The elements before {@code stop}, and the rest as it is encoded.
     *
     * @param stop usually (7FE0,0010) Pixel Data
     * @param maxRestBytes how much may follow
     * @throws DicomDataException as {@link #read} does
     */
    public DataSetHead readUpTo(Tag stop, long maxRestBytes) throws IOException {
        return codec().decodeUpTo(stop, content, maxRestBytes, listener);
    }

    private DataSetCodec codec() {
        TransferSyntax encoding = TransferSyntax.encodingOf(transferSyntax)
                .orElseThrow(() -> new DicomDataException(
                        "The file is in transfer syntax %s, which cannot be read; it can only pass through."
                                .formatted(transferSyntax)));
        return new DataSetCodec(encoding, limits);
    }
}
