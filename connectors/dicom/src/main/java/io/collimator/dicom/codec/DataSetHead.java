package io.collimator.dicom.codec;

import io.collimator.dicom.data.DataSet;
import java.io.InputStream;

/**
 * A data set up to some tag, and the rest as it is encoded, so that pixels can pass through unseen.
 *
 * @param dataSet the elements before that tag
 * @param rest the bytes of the elements from that tag on, in the same transfer syntax, inflated when it was deflated;
 *     nothing when there are none. Reading it beyond its limit throws {@link io.collimator.dicom.data.DicomDataException}.
 *     Closing it closes the stream that was read.
 */
public record DataSetHead(DataSet dataSet, InputStream rest) {}
