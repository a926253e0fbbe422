/**
 * DIMSE commands and status (PS3.7): {@link io.collimator.dicom.dimse.DimseStatus} and the sealed command messages with
 * their encoding as command sets.
 */
@NullMarked
package io.collimator.dicom.dimse;

import org.jspecify.annotations.NullMarked;
