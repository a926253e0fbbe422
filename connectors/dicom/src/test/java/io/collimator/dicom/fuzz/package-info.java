/** What the fuzzers of this module share: seeded changes of bytes, bounds of time and memory, and the kept corpus. */
@NullMarked
package io.collimator.dicom.fuzz;

import org.jspecify.annotations.NullMarked;
