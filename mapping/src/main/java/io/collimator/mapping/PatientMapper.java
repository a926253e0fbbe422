package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs a definition over each patient of an ADT message. */
final class PatientMapper {

    /** Events that give a number up for another. */
    private static final Set<String> MERGING = Set.of("A18", "A34", "A36", "A40", "A46", "A47");

    private static final int MAX_PATIENTS = 100;

    private final MappingSettings settings;

    PatientMapper(MappingSettings settings) {
        this.settings = settings;
    }

    MappedPatients map(Definition definition, Hl7Message message, SenderProfile profile) {
        List<List<Hl7Segment>> groups = groups(message);
        if (groups.isEmpty()) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    ErrorLocation.ofSegment("PID"),
                    "PID segment is missing; PatientID comes from it.");
        }
        if (groups.size() > MAX_PATIENTS) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR,
                    ErrorLocation.ofSegment("PID"),
                    "The message has over %d PID segments; send them in several messages.".formatted(MAX_PATIENTS));
        }
        String event = message.headers().triggerEvent();
        List<MappingWarning> warnings = Strict.warningsOf(message);
        List<MappedPatient> patients = new ArrayList<>();
        for (List<Hl7Segment> group : groups) {
            SourceReader reader = SourceReader.of(message, group, settings.assigningAuthority());
            RuleRun run = new RuleRun(definition, reader, new RuleRun.With(settings.zone(), profile), warnings);
            run.run();
            patients.add(patient(reader, run, MERGING.contains(event)));
        }
        return new MappedPatients(
                profile.name(),
                event,
                occurred(message),
                OrderMapper.sent(message, settings),
                patients,
                Strict.judged(warnings, profile));
    }

    /** A PID begins a patient; what stands before the first one is everyone's. */
    private static List<List<Hl7Segment>> groups(Hl7Message message) {
        List<Hl7Segment> shared = new ArrayList<>();
        List<List<Hl7Segment>> groups = new ArrayList<>();
        for (Hl7Segment segment : message.segments()) {
            if (segment.name().equals("PID")) {
                groups.add(new ArrayList<>(shared));
            }
            (groups.isEmpty() ? shared : groups.get(groups.size() - 1)).add(segment);
        }
        return groups;
    }

    private static MappedPatient patient(SourceReader reader, RuleRun run, boolean isMerging) {
        Hl7Segment pid = reader.first("PID").orElseThrow();
        List<PatientIdentifier> identifiers = reader.identifiers(pid, 3);
        if (identifiers.isEmpty()) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.REQUIRED_FIELD_MISSING, pid.location(3, 0), "PID-3 is empty; PatientID is needed.");
        }
        List<PatientIdentifier> prior = isMerging ? prior(reader) : List.of();
        return new MappedPatient(
                identifiers.get(0),
                identifiers.subList(1, identifiers.size()).stream()
                        .filter(other -> Keys.isWhole(other.id()))
                        .toList(),
                prior.stream().findFirst(),
                prior.isEmpty() ? prior : prior.subList(1, prior.size()),
                run.attributes().build(),
                run.defaults(),
                run.provenance());
    }

    private static List<PatientIdentifier> prior(SourceReader reader) {
        Optional<Hl7Segment> merge = reader.first("MRG");
        List<PatientIdentifier> identifiers =
                merge.map(segment -> reader.identifiers(segment, 1)).orElseGet(List::of);
        if (identifiers.isEmpty()) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    merge.map(segment -> segment.location(1, 0)).orElse(ErrorLocation.ofField("MRG", 1)),
                    "MRG-1 is missing; it holds the number that is given up.");
        }
        if (!identifiers.stream().allMatch(identifier -> Keys.isWhole(identifier.id()))) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.DATA_TYPE_ERROR,
                    merge.orElseThrow().location(1, 0),
                    "MRG-1 holds a backslash or a control character, which DICOM cannot; a key is never changed.");
        }
        return identifiers;
    }

    private Optional<Instant> occurred(Hl7Message message) {
        Optional<Hl7Segment> event = message.first("EVN");
        return event.flatMap(segment -> time(segment, 6)).or(() -> event.flatMap(segment -> time(segment, 2)));
    }

    private Optional<Instant> time(Hl7Segment segment, int field) {
        return Times.instant(segment.value(field).orEmpty(), settings.zone());
    }
}
