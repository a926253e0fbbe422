/**
 * Storage commitment as both of its sides see it (PS3.4 Annex J): requests and reports as values and as data sets. For the
 * simulators and for those that read what a simulator saw.
 */
@NullMarked
package io.collimator.simulators.commitment;

import org.jspecify.annotations.NullMarked;
