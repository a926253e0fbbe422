package io.collimator.bench;

import io.collimator.bench.Candidate.Kind;
import io.collimator.bench.Candidate.Store;

/**
 * One interval of one candidate.
 *
 * @param phase what was stored before
 * @param perSecond acknowledged orders
 * @param p50 milliseconds from sending to the answer
 * @param p99 the same
 * @param cpu milliseconds of the server's process per order, until nothing waits for its relay any more
 * @param databaseCpu the same of PostgreSQL's processes; 0 where it is not used
 */
record Measurement(
        Phase phase,
        Kind kind,
        Store store,
        int connections,
        int round,
        double perSecond,
        double p50,
        double p99,
        double cpu,
        double databaseCpu) {

    /** How full the stores are. */
    enum Phase {
        FRESH,
        FULL
    }
}
