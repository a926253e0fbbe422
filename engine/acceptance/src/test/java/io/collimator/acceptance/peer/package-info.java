/**
 * Drives peers that we did not write, so that our protocols are proved against other people's reading of the standard:
 * {@link io.collimator.acceptance.peer.DcmtkTools}, {@link io.collimator.acceptance.peer.OrthancPeer},
 * {@link io.collimator.acceptance.peer.DcmjsModality} and {@link io.collimator.acceptance.peer.DcmjsArchive}. A test
 * that uses one of them carries {@code @Tag("peers")}.
 */
@NullMarked
package io.collimator.acceptance.peer;

import org.jspecify.annotations.NullMarked;
