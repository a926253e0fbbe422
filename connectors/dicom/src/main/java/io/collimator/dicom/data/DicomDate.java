package io.collimator.dicom.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of VR DA (PS3.5 §6.2): {@code YYYYMMDD}, and {@code YYYY.MM.DD} of old peers. */
public final class DicomDate {

    private static final Pattern FORM = Pattern.compile("(\\d{4})(\\.?)(\\d{2})\\2(\\d{2})");

    private DicomDate() {}

    /**
     * The date of a single value; blanks around it do not count.
     *
     * @throws IllegalArgumentException when it is none; the message shows its form but not its digits, which may be a
     *     birth date
     */
    public static LocalDate parse(String value) {
        Matcher matcher = FORM.matcher(value.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A value of the form \"%s\" is no date; PS3.5 §6.2 asks for YYYYMMDD."
                    .formatted(ValueForm.of(value)));
        }
        try {
            return LocalDate.of(number(matcher, 1), number(matcher, 3), number(matcher, 4));
        } catch (DateTimeException noSuchDay) {
            throw new IllegalArgumentException(
                    "A value of the form \"%s\" names a month or day that no calendar has; PS3.5 §6.2 asks for YYYYMMDD."
                            .formatted(ValueForm.of(value)),
                    noSuchDay);
        }
    }

    public static boolean isValid(String value) {
        try {
            parse(value);
            return true;
        } catch (IllegalArgumentException noDate) {
            return false;
        }
    }

    /** {@code YYYYMMDD}. */
    public static String format(LocalDate date) {
        return "%04d%02d%02d".formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
