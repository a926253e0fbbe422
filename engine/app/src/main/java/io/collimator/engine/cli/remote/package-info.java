/**
 * A running engine over HTTP: {@link io.collimator.engine.cli.remote.RemoteEngine}. For the commands and the demonstration.
 */
@NullMarked
package io.collimator.engine.cli.remote;

import org.jspecify.annotations.NullMarked;
