package io.collimator.dicom.codec;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Tag;

/** Counts what one data set has used of its limits. */
final class LimitsAccount {

    private final CodecLimits limits;
    private int elements;
    private int items;

    LimitsAccount(CodecLimits limits) {
        this.limits = limits;
    }

    void checkBytes(int bytes) {
        if (bytes > limits.maxBytes()) {
            throw tooManyBytes(Integer.toString(bytes), limits.maxBytes());
        }
    }

    static DicomDataException tooManyBytes(String bytes, int limit) {
        return new DicomDataException(
                "The data set has %s bytes; at most %d are accepted. Raise the codec limits if it is wanted."
                        .formatted(bytes, limit));
    }

    /** @param end where something ends by its length, which may not have come yet */
    void checkClaim(long end, Tag tag, int offset) {
        if (end > limits.maxBytes()) {
            throw exceeded("bytes", limits.maxBytes(), tag, offset);
        }
    }

    void checkValue(int length, Tag tag, int offset) {
        if (length > limits.maxValueBytes()) {
            throw exceeded("bytes in a value", limits.maxValueBytes(), tag, offset);
        }
    }

    void checkDepth(int depth, Tag tag, int offset) {
        if (depth > limits.maxDepth()) {
            throw exceeded("sequences within sequences", limits.maxDepth(), tag, offset);
        }
    }

    /** Also called for each value after the first of an element: it costs what an element costs. */
    void countElements(int count, Tag tag, int offset) {
        if (count > limits.maxElements() - elements) {
            throw exceeded("elements and further values", limits.maxElements(), tag, offset);
        }
        elements += count;
    }

    void countItem(Tag sequence, int offset) {
        if (items == limits.maxItems()) {
            throw exceeded("items", limits.maxItems(), sequence, offset);
        }
        items++;
    }

    private static DicomDataException exceeded(String what, int limit, Tag tag, int offset) {
        return new DicomDataException(
                "The data set has more than %d %s, which is the limit of what is accepted.".formatted(limit, what),
                tag,
                offset);
    }
}
