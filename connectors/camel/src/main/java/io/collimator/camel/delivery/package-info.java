/** The steps of a route that delivers messages from a queue: what leaves as what, whose turn it is, and what is noted of it. */
@NullMarked
package io.collimator.camel.delivery;

import org.jspecify.annotations.NullMarked;
