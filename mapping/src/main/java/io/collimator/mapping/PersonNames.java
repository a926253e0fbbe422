package io.collimator.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * HL7 person names to PN (PS3.5 §6.2.1): HL7 puts the suffix before the prefix, DICOM after it; a degree follows the
 * suffix.
 */
final class PersonNames {

    private static final int XPN_REPRESENTATION = 8;
    private static final int XPN_PROFESSIONAL_SUFFIX = 14;
    private static final int XPN_CALLED_BY = 15;
    private static final int XCN_PROFESSIONAL_SUFFIX = 21;
    private static final String SUFFIX_AND_DEGREE = "is left out: %s ends with suffix and degree.";

    private static final int GROUP_LENGTH = 64;

    private PersonNames() {}

    /** Repetitions whose XPN.8 is I or P become the ideographic and the phonetic group. */
    static Produced xpn(List<SourceValue> sources, RuleContext context) {
        String[] groups = {"", "", ""};
        for (SourceValue source : sources) {
            String representation =
                    source.component(XPN_REPRESENTATION).orEmpty().strip();
            int group = Math.max(0, "AIP".indexOf(representation.isEmpty() ? "A" : representation));
            if (groups[group].isEmpty()) {
                groups[group] = ofXpn(source, context);
            } else {
                context.leave(source, "a further name is left out: %s holds one in each representation.");
            }
        }
        return Produced.text(withoutTrailing(String.join("=", groups), '='));
    }

    static Produced xcn(List<SourceValue> sources, RuleContext context) {
        return Produced.text(ofXcn(sources.get(0), context));
    }

    static Produced xpnValues(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(
                sources.stream().map(source -> ofXpn(source, context)).toList());
    }

    static Produced xcnValues(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(
                sources.stream().map(source -> ofXcn(source, context)).toList());
    }

    private static String ofXpn(SourceValue source, RuleContext context) {
        context.leave(source.at(XPN_PROFESSIONAL_SUFFIX), SUFFIX_AND_DEGREE);
        context.leave(source.at(XPN_CALLED_BY), "is left out: %s has no part for what a person is called by.");
        return group(part -> source.component(part).orEmpty(), source, context);
    }

    private static String ofXcn(SourceValue source, RuleContext context) {
        context.leave(source.at(XCN_PROFESSIONAL_SUFFIX), SUFFIX_AND_DEGREE);
        return group(part -> source.component(part + 1).orEmpty(), source, context);
    }

    static Produced cnn(List<SourceValue> sources, RuleContext context) {
        SourceValue source = sources.get(0);
        return Produced.text(group(part -> source.subcomponent(part + 1).orEmpty(), source, context));
    }

    /** @param part 1 family, 2 given, 3 middle, 4 suffix, 5 prefix, 6 degree */
    static String group(IntFunction<String> part, SourceValue source, RuleContext context) {
        List<String> parts = new ArrayList<>();
        for (int number = 1; number <= 6; number++) {
            parts.add(component(part.apply(number)));
        }
        String suffix = (parts.get(3) + " " + parts.get(5)).strip();
        String[] name = {parts.get(0), parts.get(1), parts.get(2), parts.get(4), suffix};
        String whole = joined(name);
        int length = length(whole);
        if (length <= GROUP_LENGTH) {
            return whole;
        }
        shorten(name);
        context.warn(
                MappingWarning.Kind.CUT,
                source,
                "%s has %d characters; its longest part is cut so that there are %d."
                        .formatted(context.target().keyword(), length, GROUP_LENGTH));
        return joined(name);
    }

    /** Takes from the longest part, so that each part that is there stays: a family name goes before a given one. */
    private static void shorten(String[] name) {
        for (int i = 0; i < name.length; i++) {
            name[i] = cut(name[i], GROUP_LENGTH);
        }
        for (int over = length(joined(name)) - GROUP_LENGTH; over > 0; over = length(joined(name)) - GROUP_LENGTH) {
            int longest = 0;
            int second = 0;
            for (int i = 0; i < name.length; i++) {
                if (length(name[i]) > length(name[longest])) {
                    longest = i;
                }
            }
            for (int i = 0; i < name.length; i++) {
                second = i == longest ? second : Math.max(second, length(name[i]));
            }
            int kept = Math.max(length(name[longest]) - over, Math.min(second, length(name[longest]) - 1));
            name[longest] = cut(name[longest], kept);
        }
    }

    private static String cut(String part, int limit) {
        return length(part) <= limit
                ? part
                : part.substring(0, part.offsetByCodePoints(0, limit)).stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String joined(String[] name) {
        return withoutTrailing(String.join("^", name), '^');
    }

    private static String component(String text) {
        return text.isEmpty() ? text : Texts.oneLine(text.replace('^', ' ').replace('=', ' '));
    }

    private static String withoutTrailing(String text, char delimiter) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == delimiter) {
            end--;
        }
        return text.substring(0, end);
    }
}
