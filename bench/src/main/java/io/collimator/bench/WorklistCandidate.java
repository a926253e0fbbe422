package io.collimator.bench;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * A worklist that is measured.
 *
 * @param opens one association, or what stands for it
 * @param cpu processor time so far of its own processes, without PostgreSQL's
 */
record WorklistCandidate(Kind kind, Opening opens, Supplier<Duration> cpu) {

    /** What is measured. */
    enum Kind {
        WLMSCPFS("DCMTK wlmscpfs", false),
        ORTHANC("Orthanc, worklist plugin", false),
        JDBC("JDBC and encoding, no network", true),
        ENGINE("Collimator", true);

        private final String label;
        private final boolean usesPostgres;

        Kind(String label, boolean usesPostgres) {
            this.label = label;
            this.usesPostgres = usesPostgres;
        }

        String label() {
            return label;
        }

        /** The others read a file for each entry at each query. */
        boolean usesPostgres() {
            return usesPostgres;
        }
    }

    /** Opens what one asker keeps open. */
    @FunctionalInterface
    interface Opening {
        WorklistAsker open() throws Exception;
    }
}
