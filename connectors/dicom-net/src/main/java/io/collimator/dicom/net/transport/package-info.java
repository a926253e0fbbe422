/**
 * TCP for associations, the only package that knows Netty: {@link io.collimator.dicom.net.transport.Transport} binds
 * listeners and opens associations. Other modules may give {@link io.collimator.dicom.net.transport.Timers} of their own to
 * {@code io.collimator.dicom.net.NettyDicomProvider}.
 */
@NullMarked
package io.collimator.dicom.net.transport;

import org.jspecify.annotations.NullMarked;
