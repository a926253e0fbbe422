package io.collimator.engine.reload;

import io.collimator.engine.messaging.SentOrder;
import io.collimator.engine.reload.Trial.Appointment;
import io.collimator.engine.reload.Trial.Nothing;
import io.collimator.engine.reload.Trial.Orders;
import io.collimator.engine.reload.Trial.Patients;
import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.ReadingSettings;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.IgnoredOrders;
import io.collimator.mapping.MappedMessage;
import io.collimator.mapping.MappedStep;
import io.collimator.mapping.MappingSet;
import io.collimator.mapping.OrderAction;
import io.collimator.mapping.SenderProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs messages through a mapping without storing anything. A pure function of both. */
public final class MappingTrial {

    private static final Set<OrderAction> SCHEDULING =
            Set.of(OrderAction.NEW, OrderAction.REPLACEMENT, OrderAction.CHILD);

    private static final String NO_SHOW = "SIU^S26";

    private final ReadingSettings reading;
    private final StatusPreview preview;
    private final OrderTrial orders;

    /** @param reading how messages are read where their sender's profile says nothing */
    public MappingTrial(ReadingSettings reading, StatusPreview preview, OrderTrial orders) {
        this.reading = reading;
        this.preview = preview;
        this.orders = orders;
    }

    Trial run(MappingSet set, Sample sample) {
        byte[] content = sample.content();
        Optional<Hl7Headers> headers = Hl7Headers.read(content, reading.standard());
        String kind = headers.map(Hl7Headers::kind).orElse("");
        SenderProfile profile = sample.profile().isEmpty()
                ? headers.map(known -> set.senders().pick(0, known))
                        .orElseGet(() -> set.senders().standard())
                : set.senders().named(sample.profile());
        if (headers.filter(profile::ignores).isPresent()) {
            return taken(kind, profile, new Nothing());
        }
        try {
            return map(set, Hl7Message.parse(content, ProfileReading.of(profile, reading)), profile);
        } catch (Hl7RejectedException e) {
            return new Trial(kind, profile.name(), Map.of(), text(e.refusal()), new Nothing(), List.of());
        }
    }

    private Trial map(MappingSet set, Hl7Message message, SenderProfile profile) {
        String kind = message.kind();
        return switch (message.headers().messageType()) {
            case "ADT" -> taken(kind, profile, new Patients(set.mapPatient(message, profile)));
            case "SIU" -> taken(kind, profile, new Appointment(set.mapAppointment(message, profile)));
            case "ORU" -> taken(kind, profile, new Nothing());
            default -> {
                IgnoredOrders ignored = set.ignoredOrders(message);
                if (ignored.isWhole()) {
                    yield taken(kind, profile, new Nothing());
                }
                MappedMessage mapped = set.map(message, profile, ignored);
                String refusal = refusal(message, mapped, profile);
                yield new Trial(
                        kind,
                        profile.name(),
                        terms(mapped, profile),
                        refusal,
                        new Orders(mapped),
                        refusal.isEmpty()
                                ? mapped.steps().stream()
                                        .map(step -> notice(message, step))
                                        .toList()
                                : List.of());
            }
        };
    }

    private static Trial taken(String kind, SenderProfile profile, Trial.Result result) {
        Map<String, String> terms =
                kind.equals(NO_SHOW) ? Map.of("no-show", profile.noShow().name()) : Map.of();
        return new Trial(kind, profile.name(), terms, "", result, List.of());
    }

    /** Only what can make a difference to these actions. */
    private static Map<String, String> terms(MappedMessage mapped, SenderProfile profile) {
        Map<String, String> terms = new HashMap<>();
        terms.put("replies", profile.replies().name());
        for (MappedStep step : mapped.steps()) {
            switch (step.action()) {
                case UPDATE ->
                    terms.put(
                            "unknown-order-change", profile.unknownOrderChange().name());
                case CANCEL_REQUEST, CANCELLED, DISCONTINUE_REQUEST, DISCONTINUED ->
                    terms.put(
                            "unknown-order-cancel", profile.unknownOrderCancel().name());
                default -> {
                    // no term of the profile decides about it
                }
            }
        }
        return terms;
    }

    /** What the engine would answer though the mapping has read it; "" when it would take it. */
    private String refusal(Hl7Message message, MappedMessage mapped, SenderProfile profile) {
        try {
            orders.check(message, mapped, profile);
            return "";
        } catch (Hl7RejectedException e) {
            return text(e.refusal());
        }
    }

    private String notice(Hl7Message message, MappedStep step) {
        return SCHEDULING.contains(step.action()) ? preview.of(step.complete(), SentOrder.fields(message, step)) : "";
    }

    private static String text(Refusal refusal) {
        return "%s %d at %s: %s"
                .formatted(AckPolicy.codeOf(refusal), refusal.code().code(), refusal.location(), refusal.text());
    }
}
