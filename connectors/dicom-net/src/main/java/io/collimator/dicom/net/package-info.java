/**
 * The default DICOM provider: our own upper layer (PS3.8) and message exchange (PS3.7) on Netty. Other modules use {@link
 * io.collimator.dicom.net.NettyDicomProvider} and, through it, {@code io.collimator.dicom.service} alone.
 */
@NullMarked
package io.collimator.dicom.net;

import org.jspecify.annotations.NullMarked;
