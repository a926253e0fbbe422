/** What the engine tells the outside, as facts, before they are put into a format. */
@NullMarked
package io.collimator.workflow.event;

import org.jspecify.annotations.NullMarked;
