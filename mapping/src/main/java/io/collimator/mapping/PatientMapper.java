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
    private static final Set<String> MERGING = Set.of("A18", "A30", "A34", "A36", "A39", "A40", "A46", "A47");

    /** Events that merge persons, not patients: they name PID-2 and MRG-4 (HL7 v2.5.1 §3.3.30, §3.3.39). */
    static final Set<String> OF_PERSONS = Set.of("A30", "A39");

    private static final int MAX_PATIENTS = 100;

    private final MappingSettings settings;

    private final SenderAuthorities authorities;

    PatientMapper(MappingSettings settings, SenderAuthorities authorities) {
        this.settings = settings;
        this.authorities = authorities;
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
            SourceReader reader = SourceReader.of(message, group, authorities);
            RuleRun run =
                    new RuleRun(definition, reader, new RuleRun.With(settings.zone(), profile, authorities), warnings);
            run.run();
            patients.add(patient(reader, run, event));
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

    private static MappedPatient patient(SourceReader reader, RuleRun run, String event) {
        Hl7Segment pid = reader.first("PID").orElseThrow();
        boolean ofPersons = OF_PERSONS.contains(event);
        int field = ofPersons ? 2 : 3;
        List<PatientIdentifier> identifiers = reader.identifiers(pid, field);
        if (identifiers.isEmpty()) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    pid.location(field, 0),
                    "PID-%d is empty; PatientID is needed.".formatted(field));
        }
        List<PatientIdentifier> prior = MERGING.contains(event) ? prior(reader, ofPersons ? 4 : 1) : List.of();
        return new MappedPatient(
                identifiers.get(0),
                identifiers.subList(1, identifiers.size()).stream()
                        .filter(other -> Keys.isWhole(other.id()))
                        .toList(),
                prior.stream().findFirst(),
                prior.isEmpty() ? prior : prior.subList(1, prior.size()),
                run.made(),
                run.defaults(),
                run.provenance());
    }

    private static List<PatientIdentifier> prior(SourceReader reader, int field) {
        Optional<Hl7Segment> merge = reader.first("MRG");
        List<PatientIdentifier> identifiers =
                merge.map(segment -> reader.identifiers(segment, field)).orElseGet(List::of);
        if (identifiers.isEmpty()) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    merge.map(segment -> segment.location(field, 0)).orElse(ErrorLocation.ofField("MRG", field)),
                    "MRG-%d is missing; it holds the number that is given up.".formatted(field));
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
