package io.collimator.mapping;

import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.message.OrderGroup;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs a definition over each step of an order message. */
final class OrderMapper {

    private static final Set<OrderAction> CREATING =
            Set.of(OrderAction.NEW, OrderAction.REPLACEMENT, OrderAction.CHILD);

    /** Codes of HL7 tables 0119 and 0038 have two letters. */
    private static final int MAX_SHOWN = 8;

    private final MappingSettings settings;
    private final OrderControlTable orderControl;
    private final SenderAuthorities authorities;

    OrderMapper(MappingSettings settings, OrderControlTable orderControl, SenderAuthorities authorities) {
        this.settings = settings;
        this.orderControl = orderControl;
        this.authorities = authorities;
    }

    /** @param ignored the orders that are left out; one at least stays */
    MappedMessage map(Definition definition, Hl7Message message, SenderProfile profile, IgnoredOrders ignored) {
        List<OrderGroup> groups = ignored.left(message.orderGroups());
        if (groups.isEmpty()) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR,
                    ErrorLocation.ofSegment("ORC"),
                    "ORC segment is missing; an order message has one for each order.");
        }
        List<Hl7Segment> shared = message.messageLevel();
        rejectSecondPatient(shared);
        List<MappingWarning> ofMessage = Strict.warningsOf(message);
        List<MappingWarning> warnings = new ArrayList<>(ofMessage);
        List<MappedStep> steps = new ArrayList<>();
        for (OrderGroup group : groups) {
            SourceReader reader = SourceReader.ofOrder(message, group, shared, authorities);
            OrderEvent event = event(group);
            List<MappingWarning> ofStep = new ArrayList<>(ofMessage);
            RuleRun run = new RuleRun(
                    definition,
                    reader,
                    new RuleRun.With(
                            settings.zone(),
                            profile,
                            authorities,
                            !CREATING.contains(event.row().action())),
                    ofStep);
            // one item, even when the message says nothing of the step
            run.attributes().item(Tags.ScheduledProcedureStepSequence);
            run.run();
            MappedStep step = new MappedStep(
                    event,
                    group.order(),
                    group.step(),
                    steps.size() + 1,
                    List.of(),
                    run.made(),
                    run.defaults(),
                    run.provenance(),
                    ofStep.stream().distinct().toList());
            warnings.addAll(ofStep);
            requireStudyUid(step, group, profile);
            steps.add(step);
        }
        List<MappedStep> joined = SameStep.joined(steps, warnings);
        return new MappedMessage(profile.name(), sent(message, settings), joined, Strict.judged(warnings, profile));
    }

    /** Each step's row that ignores it. */
    IgnoredOrders ignoredOf(Hl7Message message) {
        if (!orderControl.ignoresAny()) {
            return IgnoredOrders.NONE;
        }
        List<Hl7Segment> shared = message.messageLevel();
        return new IgnoredOrders(message.orderGroups().stream()
                .map(group -> group.first("ORC")
                        .map(order -> orderControl.ignoringLine(
                                order.value(1).orEmpty().strip(),
                                order.value(5).orEmpty().strip(),
                                SourceReader.ofOrder(message, group, shared, authorities)))
                        .orElse(0))
                .toList());
    }

    /** What each step names; an accession number that cannot be held is none that is known. */
    List<NamedOrder> namedBy(Definition rules, Hl7Message message, SenderProfile profile) {
        List<NamedOrder> named = new ArrayList<>();
        for (OrderGroup group : message.orderGroups()) {
            group.first("ORC")
                    .ifPresent(order -> named.add(new NamedOrder(
                            numbers(group, List.of("ORC", "OBR"), authorities),
                            heldAccession(rules, message, group, profile))));
        }
        return named;
    }

    private String heldAccession(Definition rules, Hl7Message message, OrderGroup group, SenderProfile profile) {
        try {
            return accession(rules, message, group, profile);
        } catch (Hl7RejectedException notHeld) {
            return "";
        }
    }

    /** What the rules make first of the groups. */
    Optional<String> accessionOf(Definition rules, Hl7Message message, SenderProfile profile) {
        for (OrderGroup group : message.orderGroups()) {
            String found = accession(rules, message, group, profile);
            if (!found.isEmpty()) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private String accession(Definition rules, Hl7Message message, OrderGroup group, SenderProfile profile) {
        RuleRun run = new RuleRun(
                rules,
                SourceReader.ofOrder(message, group, message.messageLevel(), authorities),
                new RuleRun.With(settings.zone(), profile, authorities),
                new ArrayList<>());
        run.run();
        String carried = run.made().text(Tags.AccessionNumber);
        return carried.isEmpty() ? run.defaults().text(Tags.AccessionNumber) : carried;
    }

    static Optional<Instant> sent(Hl7Message message, MappingSettings settings) {
        return Times.instant(message.headers().field(7), settings.zone());
    }

    /** Nothing says which of the orders would be whose. */
    private static void rejectSecondPatient(List<Hl7Segment> shared) {
        List<Hl7Segment> patients =
                shared.stream().filter(segment -> segment.name().equals("PID")).toList();
        if (patients.size() > 1) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR,
                    patients.get(1).location(0, 0),
                    "The message has a second PID segment; send the orders of each patient in a message of their own.");
        }
    }

    private OrderEvent event(OrderGroup group) {
        Hl7Segment order = group.first("ORC")
                .orElseThrow(() -> Hl7RejectedException.contentError(
                        ErrorCode.SEGMENT_SEQUENCE_ERROR,
                        ErrorLocation.ofSegment("ORC"),
                        "ORC segment is missing; it begins each order, before OBR."));
        String control = order.value(1).orEmpty().strip();
        if (control.isEmpty()) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    order.location(1, 0),
                    "ORC-1 is empty; send an order control code of HL7 table 0119, for instance NW.");
        }
        String sentStatus = order.value(5).orEmpty().strip();
        String status = sentStatus.isEmpty() ? OrderControlTable.impliedStatus(control) : sentStatus;
        Optional<Hl7Segment> request = group.first("OBR");
        return new OrderEvent(
                control,
                status,
                row(order, control, status),
                numbers(group, List.of("ORC", "OBR"), authorities),
                pair(order, 8),
                request.map(segment -> pair(segment, 29)).orElse(OrderNumbers.NONE),
                text(order, 4, 1),
                text(order, 6, 1),
                Times.instant(text(order, 9, 1), settings.zone()));
    }

    private OrderControlRow row(Hl7Segment order, String control, String status) {
        return orderControl.find(control, status).orElseThrow(() -> {
            boolean isKnown = orderControl.knows(control);
            String shown = shown(isKnown ? status : control);
            return Hl7RejectedException.contentError(
                    ErrorCode.TABLE_VALUE_NOT_FOUND,
                    order.location(isKnown ? 5 : 1, 0),
                    isKnown
                            ? "ORC-5 is \"%s\", a status that mapping/tables/order-control.csv does not serve with ORC-1 \"%s\"; send another or add a row."
                                    .formatted(shown, shown(control))
                            : "ORC-1 is \"%s\", an order control that mapping/tables/order-control.csv does not serve; send NW, XO or CA, or add a row."
                                    .formatted(shown));
        });
    }

    /** What a sender wrote where a code is expected, safe to log. */
    private static String shown(String code) {
        String cut = code.length() > MAX_SHOWN ? code.substring(0, MAX_SHOWN) + "..." : code;
        return cut.replaceAll("[^\\x20-\\x7E]", "?");
    }

    /** Each of the first segment that has it. */
    static OrderNumbers numbers(OrderGroup group, List<String> segments, SenderAuthorities authorities) {
        EntityIdentifier placer = identifier(group, segments, 2);
        EntityIdentifier filler = identifier(group, segments, 3);
        return new OrderNumbers(
                placer.number(), placer.issuer(authorities), filler.number(), filler.issuer(authorities));
    }

    /** EI (HL7 v2.5.1 §2.A.28); "" where it says nothing. */
    private record EntityIdentifier(String number, String namespace, String universalId, String universalIdType) {

        private static final EntityIdentifier NONE = new EntityIdentifier("", "", "", "");

        String issuer(SenderAuthorities authorities) {
            return number.isEmpty() ? "" : authorities.ofOrder(namespace, universalId, universalIdType);
        }
    }

    private static EntityIdentifier identifier(OrderGroup group, List<String> segments, int field) {
        for (String name : segments) {
            Optional<Hl7Segment> segment =
                    group.first(name).filter(found -> !text(found, field, 1, 1).isEmpty());
            if (segment.isPresent()) {
                return new EntityIdentifier(
                        text(segment.get(), field, 1, 1),
                        text(segment.get(), field, 2, 1),
                        text(segment.get(), field, 3, 1),
                        text(segment.get(), field, 4, 1));
            }
        }
        return EntityIdentifier.NONE;
    }

    /** A parent in an EIP: the placer number in component 1, the filler number in component 2. */
    private OrderNumbers pair(Hl7Segment segment, int field) {
        EntityIdentifier placer = half(segment, field, 1);
        EntityIdentifier filler = half(segment, field, 2);
        return new OrderNumbers(
                placer.number(), placer.issuer(authorities), filler.number(), filler.issuer(authorities));
    }

    private static EntityIdentifier half(Hl7Segment segment, int field, int component) {
        return new EntityIdentifier(
                text(segment, field, component, 1),
                text(segment, field, component, 2),
                text(segment, field, component, 3),
                text(segment, field, component, 4));
    }

    private static String text(Hl7Segment segment, int field, int component) {
        return segment.value(field, component).orEmpty().strip();
    }

    private static String text(Hl7Segment segment, int field, int component, int subcomponent) {
        return segment.value(field, 1, component, subcomponent).orEmpty().strip();
    }

    private static void requireStudyUid(MappedStep step, OrderGroup group, SenderProfile profile) {
        if (profile.studyUid() == SenderProfile.StudyUid.REQUIRE
                && CREATING.contains(step.action())
                && !step.attributes().hasValue(Tags.StudyInstanceUID)) {
            ErrorLocation location = group.first("IPC")
                    .map(segment -> segment.location(3, 0))
                    .orElseGet(() -> group.first("ZDS")
                            .map(segment -> segment.location(1, 0))
                            .orElse(ErrorLocation.ofField("ZDS", 1)));
            throw Hl7RejectedException.contentError(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    location,
                    location + " is empty; this sender has to give a Study Instance UID (mapping/senders.yaml).");
        }
    }
}
