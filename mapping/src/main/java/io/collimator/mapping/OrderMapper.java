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

    OrderMapper(MappingSettings settings, OrderControlTable orderControl) {
        this.settings = settings;
        this.orderControl = orderControl;
    }

    MappedMessage map(Definition definition, Hl7Message message, SenderProfile profile) {
        List<OrderGroup> groups = message.orderGroups();
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
        RuleRun.With with = new RuleRun.With(settings.zone(), profile);
        List<MappedStep> steps = new ArrayList<>();
        for (OrderGroup group : groups) {
            SourceReader reader = SourceReader.ofOrder(message, group, shared, settings.assigningAuthority());
            OrderEvent event = event(group);
            List<MappingWarning> ofStep = new ArrayList<>(ofMessage);
            RuleRun run = new RuleRun(definition, reader, with, ofStep);
            // one item, even when the message says nothing of the step
            run.attributes().item(Tags.ScheduledProcedureStepSequence);
            run.run();
            MappedStep step = new MappedStep(
                    event,
                    group.order(),
                    group.step(),
                    run.attributes().build(),
                    run.defaults(),
                    run.provenance(),
                    ofStep.stream().distinct().toList());
            warnings.addAll(ofStep);
            requireStudyUid(step, group, profile);
            steps.add(step);
        }
        return new MappedMessage(profile.name(), sent(message, settings), steps, Strict.judged(warnings, profile));
    }

    /** What the rules make first of the groups. */
    Optional<String> accessionOf(Definition rules, Hl7Message message, SenderProfile profile) {
        for (OrderGroup group : message.orderGroups()) {
            RuleRun run = new RuleRun(
                    rules,
                    SourceReader.ofOrder(message, group, message.messageLevel(), settings.assigningAuthority()),
                    new RuleRun.With(settings.zone(), profile),
                    new ArrayList<>());
            run.run();
            String carried = run.attributes().build().text(Tags.AccessionNumber);
            String found = carried.isEmpty() ? run.defaults().text(Tags.AccessionNumber) : carried;
            if (!found.isEmpty()) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
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
                numbers(order, request),
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

    private static OrderNumbers numbers(Hl7Segment order, Optional<Hl7Segment> request) {
        // a number that is deleted is none
        Hl7Segment placer = order.value(2).orEmpty().isBlank() ? request.orElse(order) : order;
        Hl7Segment filler = order.value(3).orEmpty().isBlank() ? request.orElse(order) : order;
        return new OrderNumbers(text(placer, 2, 1), text(placer, 2, 2), text(filler, 3, 1), text(filler, 3, 2));
    }

    /** A parent in an EIP: the placer number in component 1, the filler number in component 2. */
    private static OrderNumbers pair(Hl7Segment segment, int field) {
        return new OrderNumbers(
                text(segment, field, 1, 1),
                text(segment, field, 1, 2),
                text(segment, field, 2, 1),
                text(segment, field, 2, 2));
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
