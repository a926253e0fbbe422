package io.collimator.dicom.codec;

/**
 * Bounds of a data set that comes from outside; beyond one of them it is refused. Every value is positive.
 *
 * @param maxBytes encoded size
 * @param maxDepth sequences within sequences
 * @param maxElements elements in all, those of items included; each further value of an element counts as one
 * @param maxItems items in all
 */
public record CodecLimits(int maxBytes, int maxDepth, int maxElements, int maxItems) {

    public CodecLimits {
        if (maxBytes <= 0 || maxDepth <= 0 || maxElements <= 0 || maxItems <= 0) {
            throw new IllegalArgumentException(
                    "Codec limits are maxBytes=%d, maxDepth=%d, maxElements=%d, maxItems=%d; each must be 1 or more."
                            .formatted(maxBytes, maxDepth, maxElements, maxItems));
        }
    }

    /** 16 MiB, 16 levels, 200,000 elements, 50,000 items: a commitment of 40,000 instances fits. */
    public static CodecLimits defaults() {
        return new CodecLimits(16 * 1024 * 1024, 16, 200_000, 50_000);
    }
}
