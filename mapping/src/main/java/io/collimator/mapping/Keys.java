package io.collimator.mapping;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.outcome.ErrorCode;
import java.util.List;

/** Identifiers: taken as they are or refused, never cut and never changed (PS3.5 §6.2, §9). */
final class Keys {

    private Keys() {}

    static Produced key(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(sources.stream()
                .map(source -> checked(source.value().orEmpty().strip(), source, context))
                .toList());
    }

    static Produced uid(List<SourceValue> sources, RuleContext context) {
        SourceValue first = sources.get(0);
        String sent = first.value().orEmpty().strip();
        if (context.target().tag().equals(Tags.StudyInstanceUID)
                && context.profile().studyUid() == SenderProfile.StudyUid.REPLACE_INVALID
                && !sent.isEmpty()
                && !Uid.isValid(sent)) {
            context.warn(MappingWarning.Kind.INVALID_UID, first, "is no UID; it is left out, and one is derived.");
            return new Produced.Absent();
        }
        return Produced.texts(sources.stream()
                .map(source -> {
                    String uid = source.value().orEmpty().strip();
                    if (uid.isEmpty() || Uid.isValid(uid)) {
                        return uid;
                    }
                    throw context.refusal(
                            ErrorCode.DATA_TYPE_ERROR,
                            source,
                            "has %d characters and is no UID; DICOM allows 64 digits and dots, no leading zero. Send a valid one or none."
                                    .formatted(uid.length()));
                })
                .toList());
    }

    static Produced aeTitle(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(sources.stream()
                .map(source -> {
                    String title = source.value().orEmpty().strip();
                    if (title.isEmpty()) {
                        return title;
                    }
                    return AeTitle.parse(title)
                            .map(AeTitle::value)
                            .orElseThrow(() -> context.refusal(
                                    ErrorCode.DATA_TYPE_ERROR,
                                    source,
                                    "has %d characters and is no AE title; DICOM allows 16 printable ASCII characters, no backslash."
                                            .formatted(title.length())));
                })
                .toList());
    }

    private static String checked(String key, SourceValue source, RuleContext context) {
        int limit = context.target().vr().maxLength();
        int length = key.codePointCount(0, key.length());
        if (length > limit && !context.rule().onlyIfEmpty()) {
            throw context.refusal(
                    ErrorCode.DATA_TYPE_ERROR,
                    source,
                    "has %d characters; DICOM %s allows %d and a key is never cut. Send a shorter one."
                            .formatted(length, context.target().vr(), limit));
        }
        if (!isWhole(key)) {
            throw context.refusal(
                    ErrorCode.DATA_TYPE_ERROR,
                    source,
                    "holds a backslash or a control character, which DICOM cannot; a key is never changed.");
        }
        if (length > limit) {
            context.warn(
                    MappingWarning.Kind.TOO_LONG,
                    source,
                    "stands in for %s but has %d characters; DICOM %s allows %d."
                            .formatted(
                                    context.target().keyword(),
                                    length,
                                    context.target().vr(),
                                    limit));
        }
        return key;
    }

    /** Whether DICOM can hold every character of it: no backslash, no control character, C1 included. */
    static boolean isWhole(String key) {
        return key.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    }
}
