/**
 * The store: {@link io.collimator.persistence.Database} opens H2 or PostgreSQL, brings its schema up to date and gives
 * the workflow its {@link io.collimator.workflow.port.Transactions}. For the wiring; nothing else is public.
 */
@NullMarked
package io.collimator.persistence;

import org.jspecify.annotations.NullMarked;
