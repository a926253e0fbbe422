package io.collimator.dicom.codec;

import io.collimator.dicom.data.Vr;
import java.util.ArrayList;
import java.util.List;

/** Where the values of a text field begin and end (PS3.5 §6.2, §6.4). */
final class TextPadding {

    private TextPadding() {}

    /** The values without padding; none when there is padding only. */
    static List<String> split(String text, Vr vr) {
        if (!vr.isMultiValued() || text.indexOf('\\') < 0) {
            String value = trim(text, vr);
            return value.isEmpty() ? List.of() : List.of(value);
        }
        List<String> values = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\\'); end >= 0; end = text.indexOf('\\', start)) {
            values.add(trim(text.substring(start, end), vr));
            start = end + 1;
        }
        values.add(trim(text.substring(start), vr));
        return values;
    }

    private static String trim(String text, Vr vr) {
        int start = 0;
        int end = text.length();
        while (end > 0 && isPadding(text.charAt(end - 1))) {
            end--;
        }
        while (!areLeadingSpacesSignificant(vr) && start < end && text.charAt(start) == ' ') {
            start++;
        }
        return text.substring(start, end);
    }

    /** NUL is the padding of UI; broken peers fill other texts with it too. */
    private static boolean isPadding(char c) {
        return c == ' ' || c == '\0';
    }

    private static boolean areLeadingSpacesSignificant(Vr vr) {
        return switch (vr) {
            case LT, ST, UT, UC, UR -> true;
            default -> false;
        };
    }
}
