package io.collimator.bench;

/**
 * What one benchmark came to.
 *
 * @param benchmark class and method, {@code DataSetBenchmark.decode}
 * @param parameters values of its parameters, "" when it has none
 * @param nanoseconds of one operation, the mean
 * @param error half of the 99.9 % interval around it; not a number after fewer than three intervals
 * @param bytes that one operation allocates
 */
record CodecMeasurement(String benchmark, String parameters, double nanoseconds, double error, double bytes) {}
