/** An engine under test, in this process, and what an outsider sees of it. */
@NullMarked
package io.collimator.acceptance.engine;

import org.jspecify.annotations.NullMarked;
