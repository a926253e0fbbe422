package io.collimator.mapping;

/**
 * What one step of an order message names.
 *
 * @param accession as the rules make it; "" when it names none, or none that can be held
 */
public record NamedOrder(OrderNumbers numbers, String accession) {}
