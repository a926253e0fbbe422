/**
 * What config/logback.xml names: log lines that nobody outside can break or colour. Other modules use nothing of it.
 */
@NullMarked
package io.collimator.engine.logging;

import org.jspecify.annotations.NullMarked;
