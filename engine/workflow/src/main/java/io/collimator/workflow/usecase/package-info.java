/** What the engine does, one class a use case; each runs in one transaction and returns its commit receipt. */
@NullMarked
package io.collimator.workflow.usecase;

import org.jspecify.annotations.NullMarked;
