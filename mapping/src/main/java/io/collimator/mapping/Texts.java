package io.collimator.mapping;

import io.collimator.dicom.data.Vr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Conversions to text, and the cleaning that every text goes through (PS3.5 §6.2). */
final class Texts {

    private static final String LINE_BREAK = "\r\n";
    private static final Pattern LINE_END = Pattern.compile("\\r\\n?|\\n");

    /** C0 without those that divide lines, DEL, C1 (PS3.5 §6.1.3). */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x08\\x0B\\x0E-\\x1F\\x7F-\\x9F]");

    private static final Pattern C1 = Pattern.compile("[\\x80-\\x9F]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    /** What free text ends in when it was cut. */
    private static final String CUT = "...";

    private static final int XTN_EXTENSION = 8;
    private static final int XTN_REMARK = 9;
    private static final int XTN_UNFORMATTED = 12;

    private Texts() {}

    static Produced plain(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(sources.stream()
                .map(source -> clean(source.text(), source, context))
                .toList());
    }

    /** A value for each source; what is longer than the VR allows goes on in the next value, parted at a blank. */
    static Produced values(List<SourceValue> sources, RuleContext context) {
        return divided(sources, context, SourceValue::text);
    }

    static Produced codeValues(List<SourceValue> sources, RuleContext context) {
        return divided(sources, context, SourceValue::meaning);
    }

    private static Produced divided(
            List<SourceValue> sources, RuleContext context, Function<SourceValue, String> text) {
        int limit = context.target().vr().maxLength();
        List<String> values = new ArrayList<>();
        for (SourceValue source : sources) {
            String rest = oneLine(text.apply(source));
            while (rest.codePointCount(0, rest.length()) > limit) {
                int end = parting(rest, limit);
                values.add(rest.substring(0, end).strip());
                rest = rest.substring(end).strip();
            }
            values.add(rest);
        }
        return Produced.texts(values);
    }

    /** The last blank within the limit; the limit itself where there is none in its second half. */
    private static int parting(String text, int limit) {
        int end = text.offsetByCodePoints(0, limit);
        int blank = text.lastIndexOf(' ', end);
        return blank > end / 2 ? blank : end;
    }

    /**
     * A number for each source: as one text, else country, area and number, else what is not formatted (HL7 v2.5.1
     * §2.A.89). An extension and a remark beside it are left out.
     */
    static Produced phone(List<SourceValue> sources, RuleContext context) {
        List<String> numbers = new ArrayList<>();
        for (SourceValue source : sources) {
            String number = number(source);
            numbers.add(clean(number, source, context));
            if (!number.isBlank()) {
                context.leave(source.at(XTN_EXTENSION), "is left out: %s takes the number alone.");
                context.leave(source.at(XTN_REMARK), "is left out: %s takes the number alone.");
                leaveOtherNumber(source, number, context);
            }
        }
        return Produced.texts(numbers);
    }

    /** The unformatted number of the same line, where it is another one. */
    private static void leaveOtherNumber(SourceValue source, String number, RuleContext context) {
        String unformatted = source.component(XTN_UNFORMATTED).orEmpty();
        if (!digits(number).equals(digits(unformatted))) {
            context.leave(source.at(XTN_UNFORMATTED), "is left out: %s takes the formatted number.");
        }
    }

    private static String digits(String number) {
        return number.replaceAll("[^0-9]", "");
    }

    private static String number(SourceValue source) {
        String number = source.component(1).orEmpty();
        if (number.isBlank()) {
            number = String.join(
                            " ",
                            source.component(5).orEmpty(),
                            source.component(6).orEmpty(),
                            source.component(7).orEmpty())
                    .strip();
        }
        return number.isBlank() ? source.component(XTN_UNFORMATTED).orEmpty() : number;
    }

    static Produced lines(List<SourceValue> sources, RuleContext context) {
        List<String> lines = sources.stream()
                .map(SourceValue::text)
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty()
                ? new Produced.Absent()
                : Produced.text(clean(String.join(LINE_BREAK, lines), sources.get(0), context));
    }

    static Produced joined(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(sources.stream()
                .map(source -> clean(source.isText() ? source.text() : joined(source), source, context))
                .toList());
    }

    /** A component that has subcomponents stands by its first, by the others where that one is empty. */
    private static String joined(SourceValue source) {
        List<String> components = new ArrayList<>();
        for (int component = 1; component <= source.components(); component++) {
            String text = source.component(component).orEmpty().strip();
            for (int part = 2; part <= 3 && text.isEmpty(); part++) {
                text = source.at(component).subcomponent(part).orEmpty().strip();
            }
            components.add(text);
        }
        return withoutTrailing(String.join("^", components));
    }

    static Produced ofCode(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(sources.stream()
                .map(source -> clean(source.meaning(), source, context))
                .toList());
    }

    /** Trimmed, without characters that the target's VR does not allow, not over its length. */
    static String clean(String text, SourceValue source, RuleContext context) {
        return cut(allowed(text, context.target().vr()), source, context);
    }

    /** Not over the length of the VR; what is cut ends in three dots. */
    static String shortened(String text, Vr vr) {
        return text.codePointCount(0, text.length()) <= vr.maxLength()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, vr.maxLength() - CUT.length()))
                                .stripTrailing()
                        + CUT;
    }

    /** What parts several texts in one value; empty where they do not go together. */
    static Optional<String> between(Vr vr) {
        return switch (vr) {
            case LT, ST, UT -> Optional.of(LINE_BREAK);
            case LO, UC -> Optional.of("; ");
            default -> Optional.empty();
        };
    }

    /** In one line, no backslash: it would divide the value. LT, ST and UT keep lines and backslashes. */
    static String allowed(String text, Vr vr) {
        if (vr == Vr.LT || vr == Vr.ST || vr == Vr.UT) {
            String lines = LINE_END.matcher(text).replaceAll(LINE_BREAK);
            return FORBIDDEN.matcher(lines).replaceAll("").stripTrailing();
        }
        return oneLine(text);
    }

    /** Trimmed, blanks and C0 controls collapsed, C1 controls left out, backslashes turned. */
    static String oneLine(String text) {
        return isPlain(text)
                ? text
                : BLANKS.matcher(C1.matcher(text).replaceAll(""))
                        .replaceAll(" ")
                        .replace('\\', '/')
                        .strip();
    }

    /** Whether nothing needs to be put right: most texts are like that, and patterns are slow. */
    private static boolean isPlain(String text) {
        int end = text.length();
        if (end > 0 && (text.charAt(0) == ' ' || text.charAt(end - 1) == ' ')) {
            return false;
        }
        boolean afterBlank = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '\\' || c >= 0x7F || (c == ' ' && afterBlank)) {
                return false;
            }
            afterBlank = c == ' ';
        }
        return true;
    }

    private static String cut(String text, SourceValue source, RuleContext context) {
        int limit = context.target().vr().maxLength();
        if (text.length() <= limit || text.codePointCount(0, text.length()) <= limit) {
            return text;
        }
        context.warn(
                MappingWarning.Kind.CUT,
                source,
                "%s has %d characters and is cut at %d."
                        .formatted(context.target().keyword(), text.codePointCount(0, text.length()), limit));
        return text.substring(0, text.offsetByCodePoints(0, limit - CUT.length()))
                        .stripTrailing()
                + CUT;
    }

    private static String withoutTrailing(String joined) {
        int end = joined.length();
        while (end > 0 && joined.charAt(end - 1) == '^') {
            end--;
        }
        return joined.substring(0, end);
    }
}
