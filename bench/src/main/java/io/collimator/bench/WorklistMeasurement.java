package io.collimator.bench;

import io.collimator.bench.WorklistAsker.Question;
import io.collimator.bench.WorklistCandidate.Kind;

/**
 * One interval of one worklist.
 *
 * @param perSecond queries
 * @param p50 milliseconds from asking to the final response
 * @param p99 the same
 * @param cpu milliseconds of its processes per query
 * @param databaseCpu the same of PostgreSQL's; 0 where it is not used
 */
record WorklistMeasurement(Cell cell, double perSecond, double p50, double p99, double cpu, double databaseCpu) {

    /**
     * Which intervals belong together.
     *
     * @param entries in the worklist
     */
    record Cell(Kind kind, int entries, Question question, int associations) {

        Cell with(Kind other) {
            return new Cell(other, entries, question, associations);
        }
    }
}
