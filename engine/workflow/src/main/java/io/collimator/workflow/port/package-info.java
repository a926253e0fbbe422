/** What the use cases need from outside: transactions, repositories, encoders, identifiers. */
@NullMarked
package io.collimator.workflow.port;

import org.jspecify.annotations.NullMarked;
