/**
 * What a route file may hold (architecture decision 10): {@link io.collimator.camel.allow.RouteChecker} reads route files
 * as text, without loading them into Camel, and reports every {@link io.collimator.camel.allow.RouteFinding}. The engine
 * states its beans and settings in {@link io.collimator.camel.allow.RouteRules}.
 */
@NullMarked
package io.collimator.camel.allow;

import org.jspecify.annotations.NullMarked;
