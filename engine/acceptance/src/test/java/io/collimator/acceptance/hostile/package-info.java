/**
 * Names, titles and identifiers that are attacks on logs, paths, SQL, templates and metrics: they stay what they say. And strangers
 * at the ports, whom the honest peers beside them do not notice.
 */
@NullMarked
package io.collimator.acceptance.hostile;

import org.jspecify.annotations.NullMarked;
