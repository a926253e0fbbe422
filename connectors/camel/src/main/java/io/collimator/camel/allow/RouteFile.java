package io.collimator.camel.allow;

/**
 * A route file to check.
 *
 * @param name as findings show it, for instance {@code routes/10-accept-orders.camel.yaml}
 */
public record RouteFile(String name, String text) {}
