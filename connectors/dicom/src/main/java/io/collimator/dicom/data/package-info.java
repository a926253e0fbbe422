/**
 * DICOM data sets as immutable values (PS3.5 §6–7): {@link io.collimator.dicom.data.DataSet},
 * {@link io.collimator.dicom.data.Value}, {@link io.collimator.dicom.data.Tag}; what a value says in
 * {@link io.collimator.dicom.data.PersonName}, {@link io.collimator.dicom.data.DicomDate},
 * {@link io.collimator.dicom.data.DicomTime} and, for queries, {@link io.collimator.dicom.data.DateRange} and
 * {@link io.collimator.dicom.data.TimeRange}. Text is Unicode here; the codec
 * decodes and encodes it at the edge. For every module.
 */
@NullMarked
package io.collimator.dicom.data;

import org.jspecify.annotations.NullMarked;
