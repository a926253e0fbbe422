/** How routes do: which of their steps fail, and whether their exchanges end well. */
@NullMarked
package io.collimator.camel.watch;

import org.jspecify.annotations.NullMarked;
