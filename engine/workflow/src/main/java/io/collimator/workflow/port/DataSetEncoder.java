package io.collimator.workflow.port;

import io.collimator.dicom.data.DataSet;

/** Data sets as bytes, for evidence and digests. A pure function. */
@FunctionalInterface
public interface DataSetEncoder {

    /** Encodes in Explicit VR Little Endian, text in the character set that the data set declares. */
    byte[] encode(DataSet dataSet);
}
