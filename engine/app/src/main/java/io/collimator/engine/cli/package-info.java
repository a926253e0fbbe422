/** The command line: one class a command, each ends with 0 (done), 1 (failed) or 2 (usage). For {@code bin/collimator}. */
@NullMarked
package io.collimator.engine.cli;

import org.jspecify.annotations.NullMarked;
