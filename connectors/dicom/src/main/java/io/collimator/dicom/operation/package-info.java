/**
 * DIMSE operations above the upper layer, once for every provider: answering the requests of a peer
 * ({@link io.collimator.dicom.operation.ServiceDispatcher}) and sending ours ({@link
 * io.collimator.dicom.operation.RequestingAssociation}). A provider brings what moves the messages: {@link
 * io.collimator.dicom.operation.AnswerChannel} and {@link io.collimator.dicom.operation.RequestChannel}. For providers of
 * the port {@code io.collimator.dicom.service} only; whoever uses the port sees nothing of this package.
 */
@NullMarked
package io.collimator.dicom.operation;

import org.jspecify.annotations.NullMarked;
