package io.collimator.mapping;

import io.collimator.dicom.data.Vr;
import io.collimator.hl7.outcome.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
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
    private static final Target START_DATE =
            Target.of("ScheduledProcedureStepSequence.ScheduledProcedureStepStartDate");
    private static final Target START_TIME =
            Target.of("ScheduledProcedureStepSequence.ScheduledProcedureStepStartTime");

    private Times() {}

    /** A day, with a time of day or without. */
    private record Moment(LocalDate date, Optional<LocalTime> time) {

        Optional<Instant> instant(ZoneId zone) {
            return time.map(known -> date.atTime(known).atZone(zone).toInstant());
        }
    }

    /** A birth date is a date where the patient was born: its offset, if any, does not move it. */
    static Produced dateAsWritten(List<SourceValue> sources, RuleContext context) {
        SourceValue source = sources.get(0);
        String text = source.value().orEmpty().strip();
        String day = text.length() > 8 ? text.substring(0, 8) : text;
        return moment(day, ZoneOffset.UTC)
                .map(moment -> Produced.text(DA.format(moment.date())))
                .orElseGet(() -> leftOut(source, context));
    }

    /** The time of day of a birth, like its date, is that of the place. */
    static Produced timeAsWritten(List<SourceValue> sources, RuleContext context) {
        String text = sources.get(0).value().orEmpty().strip();
        int offset = Math.max(text.indexOf('+'), text.indexOf('-'));
        return moment(offset < 0 ? text : text.substring(0, offset), ZoneOffset.UTC)
                .flatMap(Moment::time)
                .map(TM::format)
                .map(Produced::text)
                .orElseGet(Produced.Absent::new);
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
                .orElseGet(Produced.Emptied::new);
    }

    /** Minutes in a field whose next one holds the unit, as SCH-9 and AIS-7 do; empty when it is no whole number. */
    static Optional<Integer> minutesOf(SourceValue source, RuleContext context) {
        String text = source.value().orEmpty().strip();
        if (text.length() > 4 || text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int number = Integer.parseInt(text);
        String unit =
                source.segment().value(source.field() + 1).orEmpty().strip().toLowerCase(Locale.ROOT);
        if (unit.equals("s") || unit.startsWith("sec")) {
            return Optional.of(number / 60);
        }
        boolean isHours = unit.equals("h") || unit.startsWith("hr") || unit.startsWith("hour");
        return Optional.of(isHours ? number * 60 : number);
    }

    /** The date or the time so many minutes after the start that was made before; empty when there is no start. */
    static Optional<Produced> end(Optional<Integer> minutes, AttributeTree made, RuleContext context) {
        if (minutes.isEmpty()) {
            return Optional.empty();
        }
        List<String> date = made.texts(START_DATE);
        List<String> time = made.texts(START_TIME);
        if (date.isEmpty() || time.isEmpty()) {
            return Optional.of(new Produced.Absent());
        }
        LocalDateTime end = LocalDateTime.of(LocalDate.parse(date.get(0), DA), LocalTime.parse(time.get(0), TM))
                .plusMinutes(minutes.get());
        return Optional.of(Produced.text(context.target().vr() == Vr.DA ? DA.format(end) : TM.format(end)));
    }

    /** The instant of a time; one without offset is in the zone, one without a time of day is midnight. */
    static Optional<Instant> instant(String text, ZoneId zone) {
        return moment(text.strip(), zone)
                .map(moment -> moment.date()
                        .atTime(moment.time().orElse(LocalTime.MIDNIGHT))
                        .atZone(zone)
                        .toInstant());
    }

    /** The instant of a time that has a time of day; one without offset is in the zone. */
    static Optional<Instant> instantOfDay(String text, ZoneId zone) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches() && matcher.group(OFFSET_GROUP) != null
                ? moment(text.strip(), ZoneOffset.UTC).flatMap(moment -> moment.instant(ZoneOffset.UTC))
                : moment(text.strip(), zone).flatMap(moment -> moment.instant(zone));
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
                MappingWarning.Kind.UNREADABLE,
                source,
                "is no full date; %s is left out.".formatted(context.target().keyword()));
        return new Produced.Absent();
    }
}
