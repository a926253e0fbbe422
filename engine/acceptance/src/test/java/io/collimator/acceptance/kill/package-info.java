/** An engine in a process of its own that kills itself with SIGKILL at an exact point. */
@NullMarked
package io.collimator.acceptance.kill;

import org.jspecify.annotations.NullMarked;
