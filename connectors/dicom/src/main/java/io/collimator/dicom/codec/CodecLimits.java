package io.collimator.dicom.codec;

/**
 * Bounds of a data set that comes from outside; beyond one of them it is refused. Every value is positive.
 *
 * @param maxBytes encoded size, inflated when it is deflated; of a file: what stands before the pixels
 * @param maxDepth sequences within sequences
 * @param maxElements elements in all, those of items included; each further value of an element counts as one
 * @param maxItems items in all, fragments of pixel data included
 * @param maxValueBytes size of one value field
 * @param maxInflation how many times its size a deflated data set may become, once it is over 1 MiB
 */
public record CodecLimits(
        int maxBytes, int maxDepth, int maxElements, int maxItems, int maxValueBytes, int maxInflation) {

    /** Text shrinks to a tenth, repetitive commitments to a fiftieth; a bomb to a thousandth. */
    private static final int USUAL_MAX_INFLATION = 200;

    public CodecLimits {
        if (maxBytes <= 0
                || maxDepth <= 0
                || maxElements <= 0
                || maxItems <= 0
                || maxValueBytes <= 0
                || maxInflation <= 0) {
            throw new IllegalArgumentException(
                    "Codec limits are maxBytes=%d, maxDepth=%d, maxElements=%d, maxItems=%d, maxValueBytes=%d, maxInflation=%d; each must be 1 or more."
                            .formatted(maxBytes, maxDepth, maxElements, maxItems, maxValueBytes, maxInflation));
        }
    }

    /** A value field may be as long as the data set. */
    public CodecLimits(int maxBytes, int maxDepth, int maxElements, int maxItems) {
        this(maxBytes, maxDepth, maxElements, maxItems, maxBytes, USUAL_MAX_INFLATION);
    }

    /** 16 MiB, 16 levels, 200,000 elements, 50,000 items: a commitment of 40,000 instances fits. */
    public static CodecLimits defaults() {
        return new CodecLimits(16 * 1024 * 1024, 16, 200_000, 50_000);
    }
}
