package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Runs a definition over each order that a scheduling message names (IHE RAD-48). */
final class AppointmentMapper {

    private static final Set<String> RESOURCES = Set.of("AIS", "AIG", "AIL", "AIP");
    private static final int ACTION = 2;
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
        List<Service> services = services(message);
        List<AppointmentItem> items = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            // one service for each order, in their order; else each order is asked which of them are its own
            boolean isOneEach = orders.size() > 1 && services.size() == orders.size();
            for (Service service : isOneEach ? services.subList(i, i + 1) : services) {
                SourceReader reader = SourceReader.of(message, service.segments(), authorities);
                RuleRun run = new RuleRun(
                        definition, reader, new RuleRun.With(settings.zone(), profile, authorities), warnings);
                run.run();
                items.add(new AppointmentItem(
                        orders.get(i), service.action(), run.made(), run.defaults(), run.provenance()));
            }
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

    /**
     * What a service sees.
     *
     * @param action AIS-2, else RGS-2 of its group; "" when neither says one
     */
    private record Service(String action, List<Hl7Segment> segments) {}

    /**
     * The segments that are no resource, with each AIS and its resources: those of its group (RGS) where all AIS of the
     * group stand together before them (§10.4.1), else those up to the next AIS. One service without an AIS when there is none.
     */
    private static List<Service> services(Hl7Message message) {
        List<Hl7Segment> shared = new ArrayList<>();
        List<List<Hl7Segment>> groups = new ArrayList<>();
        groups.add(new ArrayList<>());
        for (Hl7Segment segment : message.segments()) {
            if (segment.name().equals("RGS")) {
                groups.add(new ArrayList<>());
            }
            boolean isOwn = RESOURCES.contains(segment.name()) || segment.name().equals("RGS");
            (isOwn ? groups.get(groups.size() - 1) : shared).add(segment);
        }
        groups.stream().filter(group -> !hasService(group)).forEach(shared::addAll);
        List<Service> services = new ArrayList<>();
        groups.stream()
                .filter(AppointmentMapper::hasService)
                .forEach(group -> services.addAll(services(group, shared)));
        return services.isEmpty() ? List.of(new Service("", message.segments())) : services;
    }

    private static boolean hasService(List<Hl7Segment> group) {
        return group.stream().anyMatch(segment -> segment.name().equals("AIS"));
    }

    private static List<Service> services(List<Hl7Segment> group, List<Hl7Segment> shared) {
        List<List<Hl7Segment>> runs = new ArrayList<>();
        List<Hl7Segment> before = new ArrayList<>();
        for (Hl7Segment segment : group) {
            if (segment.name().equals("AIS")) {
                runs.add(new ArrayList<>());
            }
            (runs.isEmpty() ? before : runs.get(runs.size() - 1)).add(segment);
        }
        boolean isTogether = runs.subList(0, runs.size() - 1).stream().allMatch(run -> run.size() == 1);
        List<Hl7Segment> last = runs.get(runs.size() - 1);
        List<Service> services = new ArrayList<>();
        for (List<Hl7Segment> run : runs) {
            List<Hl7Segment> seen = new ArrayList<>(shared);
            seen.addAll(before);
            seen.addAll(run);
            if (isTogether && run != last) {
                seen.addAll(last.subList(1, last.size()));
            }
            services.add(new Service(actionOf(run.get(0), group), seen));
        }
        return services;
    }

    private static String actionOf(Hl7Segment service, List<Hl7Segment> group) {
        return Stream.concat(
                        Stream.of(service),
                        group.stream().filter(segment -> segment.name().equals("RGS")))
                .map(segment -> segment.value(ACTION).orEmpty().strip())
                .filter(action -> !action.isEmpty() && !action.equals("\"\""))
                .findFirst()
                .orElse("");
    }
}
