package io.collimator.dicom.operation;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.ReadingNotes;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.service.SloppinessReport;
import java.util.Optional;

/**
 * Encodes and decodes the data sets of an association. Thread-safe.
 *
 * @param peer the other side's AE title
 * @param sloppiness told of data sets of the peer that break the standard, when somebody wants to know
 */
public record PeerDataSets(AeTitle peer, CodecLimits limits, Optional<SloppinessReport> sloppiness) {

    /** No bytes for an empty one. */
    byte[] encodeIfAny(TransferSyntax syntax, DataSet dataSet) {
        return dataSet.isEmpty() ? Operation.NO_DATA_SET : encode(syntax, dataSet);
    }

    byte[] encode(TransferSyntax syntax, DataSet dataSet) {
        return new DataSetCodec(syntax, limits).encode(dataSet);
    }

    /** Empty for no bytes. */
    DataSet decodeIfAny(TransferSyntax syntax, byte[] dataSet) {
        return dataSet.length == 0 ? DataSet.empty() : decode(syntax, dataSet);
    }

    /**
     * A data set of the peer.
     *
     * @throws io.collimator.dicom.data.DicomDataException when it cannot be decoded within the limits
     */
    DataSet decode(TransferSyntax syntax, byte[] dataSet) {
        DataSetCodec codec = new DataSetCodec(syntax, limits);
        if (sloppiness.isEmpty()) {
            return codec.decode(dataSet);
        }
        ReadingNotes notes = new ReadingNotes();
        DataSet decoded = codec.decode(dataSet, notes);
        if (!notes.isEmpty()) {
            sloppiness.get().sloppy(peer, notes);
        }
        return decoded;
    }
}
