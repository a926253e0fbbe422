package io.collimator.mapping;

import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Code strings (CS, PS3.5 §6.2): in upper case, else as they are or not at all; none is cut or loses a character. */
final class CodeStrings {

    /** What a code string is made of, for people. */
    static final String FORM = "a code string (at most 16 letters A to Z, digits, blanks, underscores)";

    private static final Pattern VALID = Pattern.compile("[A-Z0-9 _]{1,16}");

    /** Codes are shorter; what is longer is more than a code and stays out of logs. */
    private static final int MAX_SHOWN = 32;

    private CodeStrings() {}

    static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }

    /** Empty when the text is none. */
    static Optional<String> of(String text) {
        return Optional.of(text.strip().toUpperCase(Locale.ROOT)).filter(CodeStrings::isValid);
    }

    /** One for each source; what is none is refused where an entry needs the attribute, else left out. */
    static Produced convert(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(sources.stream()
                .map(source -> {
                    String sent = source.value().orEmpty();
                    return sent.isBlank() ? "" : of(sent).orElseGet(() -> without(sent, source, context));
                })
                .toList());
    }

    private static String without(String sent, SourceValue source, RuleContext context) {
        if (isNeeded(context)) {
            throw context.refusal(
                    ErrorCode.TABLE_VALUE_NOT_FOUND, source, "is \"%s\", ".formatted(shown(sent)) + fault(context));
        }
        context.warn(MappingWarning.Kind.INVALID_CODE, source, leftOut(context));
        return "";
    }

    /** The same for what an earlier rule or the sender's block gives. */
    static Produced ofTexts(List<String> texts, RuleContext context) {
        return Produced.texts(texts.stream()
                .map(text -> of(text).orElseGet(() -> without(text, context)))
                .toList());
    }

    private static String without(String text, RuleContext context) {
        if (isNeeded(context)) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.TABLE_VALUE_NOT_FOUND,
                    ErrorLocation.NONE,
                    "%s is \"%s\", ".formatted(context.target().keyword(), shown(text)) + fault(context));
        }
        context.leftOut()
                .warn(new MappingWarning(
                        MappingWarning.Kind.INVALID_CODE,
                        context.rule().id(),
                        ErrorLocation.NONE,
                        context.rule().sources().get(0).text(),
                        leftOut(context)));
        return "";
    }

    private static String leftOut(RuleContext context) {
        return "%s is left out: what was sent is ".formatted(context.target().keyword()) + fault(context);
    }

    /** What a worklist entry cannot do without. */
    private static boolean isNeeded(RuleContext context) {
        return context.target().tag().equals(Tags.Modality);
    }

    /** The table first: where an answer holds 80 characters it is still named. */
    private static String fault(RuleContext context) {
        return context.rule()
                .lookup()
                .map(lookup -> "not in %s and not %s; add a row, or send another code."
                        .formatted(lookup.table().file(), FORM))
                .orElseGet(() -> "not %s; give rule %s a table that has it, or send another code."
                        .formatted(FORM, context.rule().id()));
    }

    /** Of a modality; other codes may be about the patient and are not shown. */
    private static String shown(String code) {
        String cut = code.length() > MAX_SHOWN ? code.substring(0, MAX_SHOWN) + "..." : code;
        return cut.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
