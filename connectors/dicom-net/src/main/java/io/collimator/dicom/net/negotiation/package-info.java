/**
 * Association negotiation (PS3.8 §7.1, PS3.7 Annex D): {@link io.collimator.dicom.net.negotiation.Acceptor} answers an
 * A-ASSOCIATE-RQ, {@link io.collimator.dicom.net.negotiation.Requestor} makes one and reads the answer, {@link
 * io.collimator.dicom.net.negotiation.Agreement} is the outcome of both. Other modules use {@code
 * io.collimator.dicom.service} instead.
 */
@NullMarked
package io.collimator.dicom.net.negotiation;

import org.jspecify.annotations.NullMarked;
