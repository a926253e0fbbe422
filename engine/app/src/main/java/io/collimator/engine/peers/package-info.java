/**
 * What the engine knows of its DICOM peers while it runs: {@link io.collimator.engine.peers.PeerEcho} asks one,
 * {@link io.collimator.engine.peers.PeersJson} tells programs, {@link io.collimator.engine.peers.RejectedPeers} counts whom
 * the listener rejects, {@link io.collimator.engine.peers.CharacterSetFallbacks} what peers may be unable to show. Used by the
 * console, the command line, intake and wiring.
 */
@NullMarked
package io.collimator.engine.peers;

import org.jspecify.annotations.NullMarked;
