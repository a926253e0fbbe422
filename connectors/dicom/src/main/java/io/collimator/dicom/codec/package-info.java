/**
 * Data sets as bytes (PS3.5 §7, §10 and Annex A): {@link io.collimator.dicom.codec.DataSetCodec} within
 * {@link io.collimator.dicom.codec.CodecLimits} for each {@link io.collimator.dicom.codec.TransferSyntax}.
 */
@NullMarked
package io.collimator.dicom.codec;

import org.jspecify.annotations.NullMarked;
