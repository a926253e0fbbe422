/**
 * The demonstration: {@link io.collimator.engine.cli.demo.Demo} plays one exam against an engine of its own and watches it
 * from outside. For the command line.
 */
@NullMarked
package io.collimator.engine.cli.demo;

import org.jspecify.annotations.NullMarked;
