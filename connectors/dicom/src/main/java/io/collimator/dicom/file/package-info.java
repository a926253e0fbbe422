/**
 * DICOM files (PS3.10 §7.1): {@link io.collimator.dicom.file.DicomFileReader} opens a
 * {@link io.collimator.dicom.file.DicomFile} from a stream, {@link io.collimator.dicom.file.DicomFileWriter} writes one.
 * Pixels pass through as bytes. For every module that stores or sends objects.
 */
@NullMarked
package io.collimator.dicom.file;

import org.jspecify.annotations.NullMarked;
