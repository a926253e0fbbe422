/**
 * Makes {@code docs/reference/interoperability.md} of what the test run of all modules recorded; Maven runs
 * {@link io.collimator.acceptance.interoperability.InteroperabilityPage} last. Nobody else uses it.
 */
@NullMarked
package io.collimator.acceptance.interoperability;

import org.jspecify.annotations.NullMarked;
