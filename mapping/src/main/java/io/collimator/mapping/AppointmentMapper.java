package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs a definition over each order that a scheduling message names (IHE RAD-48). */
final class AppointmentMapper {

    private static final Set<String> RESOURCES = Set.of("AIS", "AIG", "AIL", "AIP");
    private static final int PLACER_ORDER = 26;
    private static final int FILLER_ORDER = 27;
    private static final int MAX_ORDERS = 100;

    private final MappingSettings settings;

    private final SenderAuthorities authorities;

    AppointmentMapper(MappingSettings settings, SenderAuthorities authorities) {
        this.settings = settings;
        this.authorities = authorities;
    }

    MappedAppointment map(Definition definition, Hl7Message message, SenderProfile profile) {
        Hl7Segment schedule = message.first("SCH")
                .orElseThrow(() -> Hl7RejectedException.contentError(
                        ErrorCode.SEGMENT_SEQUENCE_ERROR,
                        ErrorLocation.ofSegment("SCH"),
                        "SCH segment is missing; an appointment has one."));
        List<MappingWarning> warnings = Strict.warningsOf(message);
        List<OrderNumbers> orders = orders(schedule);
        List<List<Hl7Segment>> services = services(message);
        List<AppointmentItem> items = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            // one service for each order, in their order; else all orders share all of them
            List<Hl7Segment> seen = services.size() == orders.size() ? services.get(i) : message.segments();
            SourceReader reader = SourceReader.of(message, seen, authorities);
            RuleRun run =
                    new RuleRun(definition, reader, new RuleRun.With(settings.zone(), profile, authorities), warnings);
            run.run();
            items.add(new AppointmentItem(orders.get(i), run.made(), run.defaults(), run.provenance()));
        }
        return new MappedAppointment(
                profile.name(),
                message.headers().triggerEvent(),
                schedule.value(1).orEmpty().strip(),
                schedule.value(2).orEmpty().strip(),
                OrderMapper.sent(message, settings),
                SourceReader.patientOf(message, authorities),
                items,
                Strict.judged(warnings, profile));
    }

    /** One for each repetition of SCH-26 or SCH-27; one that says nothing when there is none. */
    private List<OrderNumbers> orders(Hl7Segment schedule) {
        int count = Math.max(schedule.repetitions(PLACER_ORDER), schedule.repetitions(FILLER_ORDER));
        if (count > MAX_ORDERS) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.DATA_TYPE_ERROR,
                    schedule.location(PLACER_ORDER, 0),
                    "The appointment names over %d orders; send them in several messages.".formatted(MAX_ORDERS));
        }
        List<OrderNumbers> orders = new ArrayList<>();
        for (int repetition = 1; repetition <= Math.max(1, count); repetition++) {
            orders.add(new OrderNumbers(
                    part(schedule, PLACER_ORDER, repetition, 1),
                    issuer(schedule, PLACER_ORDER, repetition),
                    part(schedule, FILLER_ORDER, repetition, 1),
                    issuer(schedule, FILLER_ORDER, repetition)));
        }
        return orders;
    }

    private String issuer(Hl7Segment schedule, int field, int repetition) {
        return part(schedule, field, repetition, 1).isEmpty()
                ? ""
                : authorities.ofOrder(
                        part(schedule, field, repetition, 2),
                        part(schedule, field, repetition, 3),
                        part(schedule, field, repetition, 4));
    }

    private static String part(Hl7Segment segment, int field, int repetition, int component) {
        return segment.component(field, repetition, component).orEmpty().strip();
    }

    /** What each AIS sees: the segments that are no resource, and the resources from it to the next AIS. */
    private static List<List<Hl7Segment>> services(Hl7Message message) {
        List<Hl7Segment> shared = new ArrayList<>();
        List<List<Hl7Segment>> services = new ArrayList<>();
        for (Hl7Segment segment : message.segments()) {
            if (segment.name().equals("AIS")) {
                services.add(new ArrayList<>());
            }
            boolean isOwn = !services.isEmpty() && RESOURCES.contains(segment.name());
            (isOwn ? services.get(services.size() - 1) : shared).add(segment);
        }
        services.forEach(service -> service.addAll(0, shared));
        return services;
    }
}
