package io.collimator.hl7.message;

import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Segments and messages that were cut (HL7 v2.5.1 §2.10.2): ADD goes on where the segment before it ended, so it is joined to
 * it. A message that goes on in another one is refused, each part of it, for a part alone says something else.
 */
final class Continuation {

    private static final String SEND_WHOLE =
            " Messages in fragments are not joined; send the message whole, in one frame.";

    private final char separator;

    Continuation(char separator) {
        this.separator = separator;
    }

    /** @throws Hl7RejectedException when the message is a part of one, or an ADD continues nothing */
    void check(Hl7Headers headers, List<String> lines) {
        if (isValued(headers.field(14))) {
            throw fragment(ErrorLocation.ofField("MSH", 14), "MSH-14 says that this message continues another one.");
        }
        int additions = 0;
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("DSC") && List.of(fields(line)).stream().skip(1).anyMatch(Continuation::isValued)) {
                throw fragment(ErrorLocation.ofField("DSC", 1), "DSC says that this message goes on in another one.");
            }
            if (line.startsWith("ADD")) {
                checkAddition(line, lines.get(i - 1), ++additions);
            }
        }
    }

    private static void checkAddition(String line, String before, int number) {
        ErrorLocation place = new ErrorLocation("ADD", number, 0, 0);
        if (before.startsWith("MSH") || before.startsWith("DSC")) {
            throw fragment(
                    place,
                    "ADD follows %s and so continues a segment of another message.".formatted(before.substring(0, 3)));
        }
        if (line.length() <= 4) {
            throw fragment(place, "ADD is empty, which says that the segment before it goes on in another message.");
        }
    }

    private static Hl7RejectedException fragment(ErrorLocation place, String found) {
        return Hl7RejectedException.contentError(ErrorCode.SEGMENT_SEQUENCE_ERROR, place, found + SEND_WHOLE);
    }

    private String[] fields(String line) {
        return line.split(Pattern.quote(String.valueOf(separator)), -1);
    }

    private static boolean isValued(String field) {
        String value = field.strip();
        return !value.isEmpty() && !value.equals("\"\"");
    }

    /** The segments with what ADD brings at the end of the one before it; the last field goes on in ADD-1. */
    static List<String> joined(List<String> lines) {
        List<String> joined = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("ADD")) {
                current.append(line, 4, line.length());
                continue;
            }
            if (!current.isEmpty()) {
                joined.add(current.toString());
            }
            current.setLength(0);
            current.append(line);
        }
        joined.add(current.toString());
        return joined;
    }
}
