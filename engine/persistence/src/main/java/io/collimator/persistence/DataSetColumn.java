package io.collimator.persistence;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;

/** Data sets as bytes of a column: Explicit VR Little Endian in UTF-8, which every text fits. */
final class DataSetColumn {

    private static final DataSetCodec CODEC =
            new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());

    private DataSetColumn() {}

    static byte[] encode(DataSet dataSet) {
        return CODEC.encode(Dictionary.dataSet(dataSet)
                .put(Tags.SpecificCharacterSet, "ISO_IR 192")
                .build());
    }

    /** Without Specific Character Set: inside, text is Unicode. */
    static DataSet decode(byte[] bytes) {
        return CODEC.decode(bytes).without(Tags.SpecificCharacterSet);
    }
}
