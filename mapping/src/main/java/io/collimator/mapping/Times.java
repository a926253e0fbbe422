package io.collimator.mapping;

import io.collimator.hl7.outcome.ErrorCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HL7 times to DA and TM (HL7 v2.5.1 §2.A.22; PS3.5 §6.2). */
final class Times {

    private static final Pattern FORM =
            Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(?:(\\d\\d)(\\d\\d)?(\\d\\d)?(?:\\.\\d{1,6})?)?([+-]\\d{4})?");
    private static final DateTimeFormatter DA = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final DateTimeFormatter TM = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);
    private static final int OFFSET_GROUP = 7;

    private Times() {}

    /** A day, with a time of day or without. */
    private record Moment(LocalDate date, Optional<LocalTime> time) {}

    /** A birth date is a date where the patient was born: its offset, if any, does not move it. */
    static Produced dateAsWritten(List<SourceValue> sources, RuleContext context) {
        SourceValue source = sources.get(0);
        String text = source.value().orEmpty().strip();
        String day = text.length() > 8 ? text.substring(0, 8) : text;
        return moment(day, ZoneOffset.UTC)
                .map(moment -> Produced.text(DA.format(moment.date())))
                .orElseGet(() -> leftOut(source, context));
    }

    static Produced localDate(List<SourceValue> sources, RuleContext context) {
        SourceValue source = sources.get(0);
        return moment(source, context)
                .map(moment -> Produced.text(DA.format(moment.date())))
                .orElseGet(() -> leftOut(source, context));
    }

    static Produced localTime(List<SourceValue> sources, RuleContext context) {
        SourceValue source = sources.get(0);
        return moment(source, context)
                .flatMap(Moment::time)
                .map(TM::format)
                .map(Produced::text)
                .orElseGet(Produced.Absent::new);
    }

    static Produced startDate(List<SourceValue> sources, RuleContext context) {
        return Produced.text(DA.format(start(sources.get(0), context).date()));
    }

    /** A start that is a date alone has no time any more, whatever it was before. */
    static Produced startTime(List<SourceValue> sources, RuleContext context) {
        return start(sources.get(0), context)
                .time()
                .map(time -> Produced.text(TM.format(time)))
                .orElseGet(Produced.Cleared::new);
    }

    private static Moment start(SourceValue source, RuleContext context) {
        return moment(source, context)
                .orElseThrow(() -> context.refusal(
                        ErrorCode.DATA_TYPE_ERROR, source, "is no date or time; send YYYYMMDD[HHMM[SS]][+ZZZZ]."));
    }

    private static Optional<Moment> moment(SourceValue source, RuleContext context) {
        return moment(source.value().orEmpty().strip(), context.zone());
    }

    private static Optional<Moment> moment(String text, ZoneId zone) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3));
            if (matcher.group(4) == null) {
                return Optional.of(new Moment(date, Optional.empty()));
            }
            LocalDateTime written = timeOn(date, matcher);
            String offset = matcher.group(OFFSET_GROUP);
            LocalDateTime local = offset == null
                    ? written
                    : written.atOffset(ZoneOffset.of(offset))
                            .atZoneSameInstant(zone)
                            .toLocalDateTime();
            return Optional.of(new Moment(local.toLocalDate(), Optional.of(local.toLocalTime())));
        } catch (DateTimeException noSuchMoment) {
            return Optional.empty();
        }
    }

    /** 24:00 is midnight of the next day; a leap second counts as the second before it. */
    private static LocalDateTime timeOn(LocalDate date, Matcher matcher) {
        int hour = number(matcher, 4);
        int minute = number(matcher, 5);
        int second = Math.min(number(matcher, 6), 59);
        if (hour == 24 && minute == 0 && second == 0) {
            return date.plusDays(1).atStartOfDay();
        }
        return date.atTime(hour, minute, second);
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static Produced leftOut(SourceValue source, RuleContext context) {
        context.warn(
                source,
                "is no full date; %s is left out."
                        .formatted(context.rule().target().keyword()));
        return new Produced.Absent();
    }
}
