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
            throw new DicomDataException(
                    "The data set has %d bytes; at most %d are accepted. Raise the codec limits if it is wanted."
                            .formatted(bytes, limits.maxBytes()));
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
