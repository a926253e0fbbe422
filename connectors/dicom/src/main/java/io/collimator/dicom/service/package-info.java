/**
 * The port between DICOM networking and everything that uses it: a {@link io.collimator.dicom.service.DicomProvider}
 * listens and opens associations, {@link io.collimator.dicom.service.ServiceHandlers} answer requests,
 * {@link io.collimator.dicom.service.DicomAssociation} sends them. It names no library, so that providers can be
 * exchanged.
 */
@NullMarked
package io.collimator.dicom.service;

import org.jspecify.annotations.NullMarked;
