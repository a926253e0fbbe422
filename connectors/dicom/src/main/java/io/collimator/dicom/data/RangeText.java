package io.collimator.dicom.data;

import java.util.Optional;

/** The two ends of a range key as text; a single value is both of them. */
record RangeText(Optional<String> from, Optional<String> to) {

    static RangeText parse(String value) {
        int hyphen = value.indexOf('-');
        if (hyphen < 0) {
            Optional<String> single = Optional.of(value.strip()).filter(text -> !text.isEmpty());
            if (single.isEmpty()) {
                throw new IllegalArgumentException("The value is empty; a date, a time or a range is expected.");
            }
            return new RangeText(single, single);
        }
        Optional<String> from = end(value.substring(0, hyphen));
        Optional<String> to = end(value.substring(hyphen + 1));
        if (from.isEmpty() && to.isEmpty()) {
            throw new IllegalArgumentException(
                    "A hyphen alone is no range; write a-b, a- or -b, or leave the value empty to match everything (PS3.4 §C.2.2.2.5).");
        }
        return new RangeText(from, to);
    }

    private static Optional<String> end(String text) {
        return Optional.of(text.strip()).filter(end -> !end.isEmpty());
    }
}
