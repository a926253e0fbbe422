/**
 * The outside world for tests and the demonstration: a RIS, a modality and an archive, each in a package of its own. They
 * know neither engine nor mapping and bind to loopback only. Other modules may use what is public; this package holds what the
 * simulators share, {@link io.collimator.simulators.PeerAddress} and {@link io.collimator.simulators.EventLog}.
 */
@NullMarked
package io.collimator.simulators;

import org.jspecify.annotations.NullMarked;
