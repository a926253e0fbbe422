package io.collimator.mapping;

import java.util.Locale;

/** Where a rule was written; a later one goes over an earlier one. */
public enum Layer {
    /** Shipped, or the site's own full definition. */
    BASE,
    /** What the site changes for all senders. */
    SITE,
    /** What is different for senders whose profile names the overlay. */
    SENDER;

    /** As files spell it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
