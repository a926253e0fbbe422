/**
 * What config/logback.xml names: log lines that nobody outside can break or colour; and {@link
 * io.collimator.engine.logging.LineBudget}, so that nobody outside can fill the log. Other modules use nothing of it.
 */
@NullMarked
package io.collimator.engine.logging;

import org.jspecify.annotations.NullMarked;
