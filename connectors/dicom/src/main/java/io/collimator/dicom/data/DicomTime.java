package io.collimator.dicom.data;

import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of VR TM (PS3.5 §6.2): {@code HH}, {@code HHMM}, {@code HHMMSS}, {@code HHMMSS.F} to {@code .FFFFFF}, and
 * {@code HH:MM:SS} of old peers. Second 60, a leap second, is the last microsecond of second 59. There is no 24:00.
 */
public final class DicomTime {

    private static final Pattern FORM = Pattern.compile("(\\d{2})(?:(:?)(\\d{2})(?:\\2(\\d{2})(?:\\.(\\d{1,6}))?)?)?");

    private static final int MICROS_OF_SECOND = 999_999;

    /** The earliest and the latest microsecond that a value of its precision means. */
    record Span(LocalTime first, LocalTime last) {}

    private DicomTime() {}

    /**
     * The time of a single value, its start where it is imprecise: {@code 10} is 10:00. Blanks around it do not count.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static LocalTime parse(String value) {
        return span(value).first();
    }

    public static boolean isValid(String value) {
        try {
            span(value);
            return true;
        } catch (IllegalArgumentException noTime) {
            return false;
        }
    }

    /** {@code HHMMSS}, with six digits of a second when it has a fraction. */
    public static String format(LocalTime time) {
        String seconds = "%02d%02d%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
        int micros = time.getNano() / 1000;
        return micros == 0 ? seconds : seconds + ".%06d".formatted(micros);
    }

    static Span span(String value) {
        Matcher matcher = FORM.matcher(value.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "A value of the form \"%s\" is no time; PS3.5 §6.2 asks for HH, HHMM, HHMMSS or HHMMSS.FFFFFF."
                            .formatted(ValueForm.of(value)));
        }
        int hour = Integer.parseInt(matcher.group(1));
        int firstMinute = number(matcher, 3, 0);
        int firstSecond = number(matcher, 4, 0);
        if (hour > 23 || firstMinute > 59 || firstSecond > 60) {
            throw new IllegalArgumentException(
                    "A value of the form \"%s\" has an hour over 23, a minute over 59 or a second over 60; PS3.5 §6.2 asks for a time of the day."
                            .formatted(ValueForm.of(value)));
        }
        return new Span(
                time(hour, firstMinute, firstSecond, micros(matcher, "000000")),
                time(hour, number(matcher, 3, 59), number(matcher, 4, 59), micros(matcher, "999999")));
    }

    private static LocalTime time(int hour, int minute, int second, int micros) {
        return second == 60
                ? LocalTime.of(hour, minute, 59, MICROS_OF_SECOND * 1000)
                : LocalTime.of(hour, minute, second, micros * 1000);
    }

    private static int number(Matcher matcher, int group, int absent) {
        String digits = matcher.group(group);
        return digits == null ? absent : Integer.parseInt(digits);
    }

    private static int micros(Matcher matcher, String filler) {
        String digits = matcher.group(5) == null ? "" : matcher.group(5);
        return Integer.parseInt(digits + filler.substring(digits.length()));
    }
}
