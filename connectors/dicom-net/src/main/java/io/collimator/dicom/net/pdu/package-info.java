/**
 * Protocol data units of the DICOM upper layer (PS3.8 §9.3, PS3.7 Annex D.3.3): {@link io.collimator.dicom.net.pdu.Pdu}
 * and its records, {@link io.collimator.dicom.net.pdu.PduDecoder} and {@link io.collimator.dicom.net.pdu.PduEncoder}.
 * Other modules use {@code io.collimator.dicom.service} instead.
 */
@NullMarked
package io.collimator.dicom.net.pdu;

import org.jspecify.annotations.NullMarked;
