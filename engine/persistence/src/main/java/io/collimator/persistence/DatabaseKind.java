package io.collimator.persistence;

import java.util.Locale;

/** The databases that we run on, and what an acknowledgement survives on each. */
public enum DatabaseKind {
    H2_MEMORY("H2 in memory", "nothing: it ends with the process"),
    H2_FILE("H2 file", "a killed process, not a power cut"),
    H2_SERVER("H2 server", "a killed process, not a power cut"),
    POSTGRESQL("PostgreSQL", "a power cut");

    private final String label;
    private final String acknowledgementSurvives;

    DatabaseKind(String label, String acknowledgementSurvives) {
        this.label = label;
        this.acknowledgementSurvives = acknowledgementSurvives;
    }

    /**
     * The kind that a JDBC URL names.
     *
     * @throws IllegalArgumentException when it is neither H2 nor PostgreSQL
     */
    static DatabaseKind of(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        } else if (lower.startsWith("jdbc:h2:mem:")) {
            return H2_MEMORY;
        } else if (lower.startsWith("jdbc:h2:tcp:") || lower.startsWith("jdbc:h2:ssl:")) {
            return H2_SERVER;
        } else if (lower.startsWith("jdbc:h2:")) {
            return H2_FILE;
        }
        throw new IllegalArgumentException(
                "collimator.db.url does not begin with jdbc:h2: or jdbc:postgresql:; set it to a URL of one of them.");
    }

    public String label() {
        return label;
    }

    /** What is still there after an acknowledged message, in words for the start-up line. */
    public String acknowledgementSurvives() {
        return acknowledgementSurvives;
    }

    boolean isH2() {
        return this != POSTGRESQL;
    }
}
