package io.collimator.mapping;

import io.collimator.dicom.data.Vr;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Maps messages and keeps count of what was hit. Used once. */
final class CoverageReader {

    /** Distinct codes and senders that a report holds. */
    private static final int MAX_ENTRIES = 1_000;

    private final MappingSet mapping;
    private final Set<String> stations;

    private final Set<Rule> rulesHit = new HashSet<>();
    private final Set<String> rowsHit = new HashSet<>();
    private final SortedMap<String, Integer> codes = new TreeMap<>();
    private final Set<String> senders = new TreeSet<>();
    private int messages;
    private int refused;

    /** @param stations AE titles of the registry */
    CoverageReader(MappingSet mapping, Set<String> stations) {
        this.mapping = mapping;
        this.stations = stations;
    }

    MappingCoverage read(Iterable<Hl7Message> some) {
        some.forEach(this::read);
        return new MappingCoverage(
                messages,
                refused,
                keysWithoutRule(),
                rulesNeverHit(),
                rowsNeverHit(),
                codes,
                stationsWithoutPeer(),
                List.copyOf(senders));
    }

    private void read(Hl7Message message) {
        messages++;
        SenderProfile profile = mapping.senders().pick(0, message.headers());
        Hl7Headers headers = message.headers();
        if (profile.name().equals(SenderProfile.DEFAULT) && senders.size() < MAX_ENTRIES) {
            senders.add(headers.field(3) + " " + headers.field(4));
        }
        try {
            provenances(message, profile).forEach(this::count);
        } catch (Hl7RejectedException e) {
            refused++;
        }
    }

    private List<Provenance> provenances(Hl7Message message, SenderProfile profile) {
        return switch (MappingSet.Family.of(message.kind())) {
            case ORDERS ->
                mapping.map(message, profile).steps().stream()
                        .map(MappedStep::provenance)
                        .toList();
            case PATIENTS ->
                mapping.mapPatient(message, profile).patients().stream()
                        .map(MappedPatient::provenance)
                        .toList();
            case APPOINTMENTS ->
                mapping.mapAppointment(message, profile).items().stream()
                        .map(AppointmentItem::provenance)
                        .toList();
        };
    }

    private void count(Provenance provenance) {
        rulesHit.addAll(provenance.hits());
        for (Explanation explanation : provenance.explanations()) {
            if (!explanation.tableRow().isEmpty()) {
                rowsHit.add(explanation.tableRow());
            }
        }
        for (Provenance.Unknown unknown : provenance.unknownCodes()) {
            if (codes.size() < MAX_ENTRIES || codes.containsKey(unknown.text())) {
                codes.merge(unknown.text(), 1, Integer::sum);
            }
        }
    }

    private SortedMap<String, List<String>> keysWithoutRule() {
        SortedMap<String, List<String>> missing = new TreeMap<>();
        for (Map.Entry<String, Definition> entry : standard().entrySet()) {
            if (MappingSet.Family.of(entry.getKey()) == MappingSet.Family.ORDERS) {
                Set<String> made = new HashSet<>(WorklistKeys.BY_ENGINE);
                entry.getValue().rules().forEach(rule -> made.add(rule.target().name()));
                missing.put(
                        entry.getValue().name(),
                        WorklistKeys.ALL.stream()
                                .filter(keyword -> !made.contains(keyword))
                                .toList());
            }
        }
        return missing;
    }

    private Map<String, Definition> standard() {
        return mapping.definitions().getOrDefault(SenderProfile.DEFAULT, Map.of());
    }

    private List<String> rulesNeverHit() {
        Set<String> hit = new HashSet<>();
        rulesHit.forEach(rule -> hit.add(text(rule)));
        Set<String> missed = new LinkedHashSet<>();
        for (Definition definition : all()) {
            for (Rule rule : definition.rules()) {
                if (!hit.contains(text(rule))) {
                    missed.add(text(rule));
                }
            }
        }
        return missed.stream().sorted().toList();
    }

    private Collection<Definition> all() {
        Set<Definition> all = new LinkedHashSet<>();
        mapping.definitions().values().forEach(kinds -> all.addAll(kinds.values()));
        return all;
    }

    private static String text(Rule rule) {
        return "%s:%d %s".formatted(rule.origin().file(), rule.origin().line(), rule.id());
    }

    private List<String> rowsNeverHit() {
        Set<String> missed = new LinkedHashSet<>();
        new TreeMap<>(mapping.tables())
                .values()
                .forEach(table -> table.rows().stream()
                        .filter(row -> !rowsHit.contains(table.place(row)))
                        .forEach(row -> missed.add(table.place(row) + " " + row.code())));
        return List.copyOf(missed);
    }

    private List<String> stationsWithoutPeer() {
        Set<String> missing = new TreeSet<>();
        for (Definition definition : all()) {
            for (Rule rule : definition.rules()) {
                if (rule.target().vr() == Vr.AE) {
                    rule.lookup().ifPresent(lookup -> addMissing(lookup, missing));
                }
            }
        }
        mapping.senders()
                .all()
                .forEach(profile -> profile.stations().stream()
                        .filter(title -> !stations.contains(title))
                        .forEach(title -> missing.add(title + " · mapping/senders.yaml " + profile.name())));
        return List.copyOf(missing);
    }

    private void addMissing(Rule.Lookup lookup, Set<String> missing) {
        for (ValueTable.Row row : lookup.table().rows()) {
            if (lookup.values().get(row.index()) instanceof Produced.Texts texts) {
                texts.values().stream()
                        .filter(title -> !stations.contains(title))
                        .forEach(title ->
                                missing.add(title + " · " + lookup.table().place(row)));
            }
        }
    }
}
