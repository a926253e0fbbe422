/**
 * The DICOM JSON Model (PS3.18 Annex F): {@link io.collimator.dicom.json.DicomJson} writes and reads data sets. For
 * every module that offers or asks for JSON.
 */
@NullMarked
package io.collimator.dicom.json;

import org.jspecify.annotations.NullMarked;
