/**
 * Where messages go: a RIS, a receiver of results, the archive, and whatever the routes of a site send to from a queue. Each
 * is known by name, with what it does now; {@link io.collimator.engine.destination.DestinationAlarm} tells of one that waits.
 */
@NullMarked
package io.collimator.engine.destination;

import org.jspecify.annotations.NullMarked;
