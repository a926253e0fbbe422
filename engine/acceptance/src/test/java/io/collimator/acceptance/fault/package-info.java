/** Faults between the engine and what it talks to: the network in between, switched by a test. */
@NullMarked
package io.collimator.acceptance.fault;

import org.jspecify.annotations.NullMarked;
