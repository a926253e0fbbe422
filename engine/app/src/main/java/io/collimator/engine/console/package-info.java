/**
 * The HTTP port: API, health (contract, HTTP). {@link io.collimator.engine.console.HttpConsole} serves it, {@link
 * io.collimator.engine.console.Readiness} says whether the engine can work. For the wiring; nothing below depends on it.
 */
@NullMarked
package io.collimator.engine.console;

import org.jspecify.annotations.NullMarked;
