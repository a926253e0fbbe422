/** Names, titles and identifiers that are attacks on logs, paths, SQL, templates and metrics: they stay what they say. */
@NullMarked
package io.collimator.acceptance.hostile;

import org.jspecify.annotations.NullMarked;
