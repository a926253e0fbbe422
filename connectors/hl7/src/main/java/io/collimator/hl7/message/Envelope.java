package io.collimator.hl7.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * FHS or BHS as it stands on the wire (HL7 v2.5.1 §2.15.2, §2.15.6): field numbers are the same in both. Values are raw,
 * each byte of them a character.
 */
public final class Envelope {

    private static final int MAX_FIELDS = 32;

    private final String name;
    private final String separator;
    private final List<String> fields;

    Envelope(String line) {
        this.name = line.substring(0, 3);
        this.separator = line.length() > 3 ? line.substring(3, 4) : "|";
        List<String> all = new ArrayList<>(List.of(separator));
        if (line.length() > 4) {
            all.addAll(Arrays.asList(line.substring(4).split(Pattern.quote(separator), MAX_FIELDS)));
        }
        this.fields = List.copyOf(all);
    }

    /** {@code FHS} or {@code BHS}. */
    public String name() {
        return name;
    }

    /** A field as sent, "" when it is not there; field 1 is the separator. */
    public String field(int number) {
        return number >= 1 && number <= fields.size() ? fields.get(number - 1) : "";
    }

    public String separator() {
        return separator;
    }

    /** The name only: names of sites and people stay out of logs. */
    @Override
    public String toString() {
        return name;
    }
}
