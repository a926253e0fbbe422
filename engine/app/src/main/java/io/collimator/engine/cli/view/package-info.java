/** What commands show as text: an accession, a worklist. For the command line and its demo. */
@NullMarked
package io.collimator.engine.cli.view;

import org.jspecify.annotations.NullMarked;
