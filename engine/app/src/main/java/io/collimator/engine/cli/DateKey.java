package io.collimator.engine.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A date or a range of dates on the command line, ISO 8601 or as DICOM has it (PS3.4 §C.2.2.2.5.1). */
final class DateKey {

    private static final String DATE = "(\\d{4}-\\d{2}-\\d{2}|\\d{8})";
    private static final Pattern FORM = Pattern.compile(DATE + "?(?:(/|\\.\\.|-)" + DATE + "?)?");
    private static final DateTimeFormatter STRICT =
            DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

    private DateKey() {}

    /**
     * The key of a query; "" stays "", and a backslash parts alternatives.
     *
     * @throws WrongUsageException when it is no date, or a range that ends before it begins
     */
    static String parse(String option, String text) {
        return text.isEmpty()
                ? ""
                : Arrays.stream(text.split("\\\\", -1))
                        .map(part -> one(option, part))
                        .collect(Collectors.joining("\\"));
    }

    private static String one(String option, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (form.matches() && (form.group(1) != null || form.group(3) != null)) {
            String from = date(option, text, form.group(1));
            String to = date(option, text, form.group(3));
            if (form.group(2) == null) {
                return from;
            }
            if (from.isEmpty() || to.isEmpty() || from.compareTo(to) <= 0) {
                return from + "-" + to;
            }
            throw wrong(option, text, "ends before it begins");
        }
        throw wrong(option, text, "is no date");
    }

    private static String date(String option, String text, @Nullable String written) {
        if (written == null) {
            return "";
        }
        String digits = written.replace("-", "");
        try {
            LocalDate.parse(digits, STRICT);
            return digits;
        } catch (DateTimeException e) {
            throw wrong(option, text, "is no date of the calendar");
        }
    }

    private static WrongUsageException wrong(String option, String text, String what) {
        return new WrongUsageException(
                "%s \"%s\" %s; write 2026-11-22, 2026-11-22/2026-11-30, or 2026-11-22/ for from then on."
                        .formatted(option, text, what));
    }
}
