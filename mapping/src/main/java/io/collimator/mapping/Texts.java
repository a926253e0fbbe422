package io.collimator.mapping;

import io.collimator.dicom.data.Vr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Conversions to text, and the cleaning that every text goes through (PS3.5 §6.2). */
final class Texts {

    private static final String LINE_BREAK = "\r\n";
    private static final Pattern LINE_END = Pattern.compile("\\r\\n?|\\n");
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}&&[^\\r\\n\\t\\f]]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    private Texts() {}

    static Produced plain(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(sources.stream()
                .map(source -> clean(source.value().orEmpty(), source, context))
                .toList());
    }

    static Produced lines(List<SourceValue> sources, RuleContext context) {
        List<String> lines = sources.stream()
                .map(source -> source.value().orEmpty())
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty()
                ? new Produced.Absent()
                : Produced.text(clean(String.join(LINE_BREAK, lines), sources.get(0), context));
    }

    static Produced joined(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(sources.stream()
                .map(source -> {
                    List<String> components = new ArrayList<>();
                    for (int component = 1; component <= source.components(); component++) {
                        components.add(source.component(component).orEmpty().strip());
                    }
                    return clean(withoutTrailing(String.join("^", components)), source, context);
                })
                .toList());
    }

    static Produced ofCode(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(sources.stream()
                .map(source -> {
                    int start = Math.max(1, source.component());
                    String text = source.component(start + 1).orEmpty();
                    String meaning = text.isBlank() ? source.component(start).orEmpty() : text;
                    return clean(meaning, source, context);
                })
                .toList());
    }

    static Produced codeString(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(sources.stream()
                .map(source -> cut(
                        source.value()
                                .orEmpty()
                                .toUpperCase(Locale.ROOT)
                                .replaceAll("[^A-Z0-9 _]", "")
                                .strip(),
                        source,
                        context))
                .toList());
    }

    /** Trimmed, without characters that the target's VR does not allow, not over its length. */
    static String clean(String text, SourceValue source, RuleContext context) {
        return cut(allowed(text, context.rule().target().vr()), source, context);
    }

    /** In one line, no backslash: it would divide the value. LT, ST and UT keep lines and backslashes. */
    static String allowed(String text, Vr vr) {
        if (vr == Vr.LT || vr == Vr.ST || vr == Vr.UT) {
            String lines = LINE_END.matcher(text).replaceAll(LINE_BREAK);
            return FORBIDDEN.matcher(lines).replaceAll("").stripTrailing();
        }
        return oneLine(text);
    }

    /** Trimmed, blanks and control characters collapsed, backslashes turned. */
    static String oneLine(String text) {
        return BLANKS.matcher(text).replaceAll(" ").replace('\\', '/').strip();
    }

    private static String cut(String text, SourceValue source, RuleContext context) {
        int limit = context.rule().target().vr().maxLength();
        if (text.length() <= limit || text.codePointCount(0, text.length()) <= limit) {
            return text;
        }
        context.warn(
                source,
                "%s has %d characters and is cut at %d."
                        .formatted(context.rule().target().keyword(), text.codePointCount(0, text.length()), limit));
        return text.substring(0, text.offsetByCodePoints(0, limit)).stripTrailing();
    }

    private static String withoutTrailing(String joined) {
        int end = joined.length();
        while (end > 0 && joined.charAt(end - 1) == '^') {
            end--;
        }
        return joined.substring(0, end);
    }
}
