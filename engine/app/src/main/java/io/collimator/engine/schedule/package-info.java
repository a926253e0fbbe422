/** Work that is done again and again. */
@NullMarked
package io.collimator.engine.schedule;

import org.jspecify.annotations.NullMarked;
