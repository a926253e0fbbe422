/** The engine killed again and again on one ageing home: what it acknowledged is there, once and whole. */
@NullMarked
package io.collimator.acceptance.gate;

import org.jspecify.annotations.NullMarked;
