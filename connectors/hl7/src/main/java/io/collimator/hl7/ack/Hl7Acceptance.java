package io.collimator.hl7.ack;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.outcome.AckOutcome.ContentError;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.collimator.hl7.outcome.AckOutcome.Rejected;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Judges a message by its header alone: type, event, version, processing ID, control ID (HL7 v2.5.1 §2.9.2.2). */
public final class Hl7Acceptance {

    private final AcceptanceSettings settings;

    public Hl7Acceptance(AcceptanceSettings settings) {
        this.settings = settings;
    }

    /** Why the message is not served; empty when it is. */
    public Optional<Refusal> check(Hl7Headers headers) {
        return checkKind(headers)
                .or(() -> checkVersion(headers))
                .or(() -> checkProcessingId(headers))
                .or(() -> checkControlId(headers));
    }

    private Optional<Refusal> checkKind(Hl7Headers headers) {
        if (settings.versions().containsKey(headers.kind())) {
            return Optional.empty();
        }
        boolean typeIsServed =
                settings.versions().keySet().stream().anyMatch(kind -> kind.startsWith(headers.messageType() + "^"));
        return typeIsServed && !headers.messageType().isEmpty()
                ? rejected(ErrorCode.UNSUPPORTED_EVENT_CODE, 9, 2, headers.triggerEvent(), served())
                : rejected(ErrorCode.UNSUPPORTED_MESSAGE_TYPE, 9, 1, headers.kind(), served());
    }

    private Optional<Refusal> checkVersion(Hl7Headers headers) {
        Set<String> versions = settings.versions().getOrDefault(headers.kind(), Set.of());
        return versions.contains(headers.version())
                ? Optional.empty()
                : rejected(ErrorCode.UNSUPPORTED_VERSION_ID, 12, 1, headers.version(), versions);
    }

    private Optional<Refusal> checkProcessingId(Hl7Headers headers) {
        // the null of HL7 says as little as nothing
        String sent = headers.processingId().equals("\"\"") ? "" : headers.processingId();
        return settings.processingIds().contains(sent)
                ? Optional.empty()
                : rejected(
                        ErrorCode.UNSUPPORTED_PROCESSING_ID,
                        11,
                        1,
                        sent,
                        settings.processingIds().stream()
                                .map(id -> id.isEmpty() ? "(empty)" : id)
                                .toList());
    }

    private static Optional<Refusal> checkControlId(Hl7Headers headers) {
        return headers.controlId().isEmpty()
                ? Optional.of(new ContentError(
                        ErrorCode.REQUIRED_FIELD_MISSING,
                        ErrorLocation.ofField("MSH", 10),
                        "MSH-10 is empty; send a control ID of its own."))
                : Optional.empty();
    }

    private Collection<String> served() {
        return settings.versions().keySet();
    }

    private static Optional<Refusal> rejected(
            ErrorCode code, int field, int component, String found, Collection<String> served) {
        return Optional.of(new Rejected(
                code,
                new ErrorLocation("MSH", 1, field, component),
                "MSH-%d is \"%s\"; served: %s."
                        .formatted(
                                field,
                                shortened(found),
                                String.join(", ", served.stream().sorted().toList()))));
    }

    private static String shortened(String found) {
        return found.length() > 20 ? found.substring(0, 20) + "…" : found;
    }
}
