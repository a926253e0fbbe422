/** JMH benchmarks of the DICOM codec and of PDUs; public because JMH wants them so. Nobody imports them. */
@NullMarked
package io.collimator.bench.codec;

import org.jspecify.annotations.NullMarked;
