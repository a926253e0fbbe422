package io.collimator.workflow.testing;

import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Patients;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Patients in memory. */
public final class MemoryPatients implements Patients {

    private final Map<PatientId, PatientRecord> records = new TreeMap<>();
    private final Map<PatientId, PatientId> aliases = new TreeMap<>();
    private final Map<String, Instant> applied = new HashMap<>();

    MemoryPatients() {}

    @Override
    public Optional<PatientRecord> find(PatientId id) {
        return meant(id).map(meant -> records.get(aliases.getOrDefault(meant, meant)));
    }

    @Override
    public SortedMap<PatientId, PatientRecord> lock(Collection<PatientId> ids) {
        SortedMap<PatientId, PatientRecord> locked = new TreeMap<>();
        ids.forEach(id -> find(id).ifPresent(record -> locked.put(id, withIssuerOf(id, record))));
        return locked;
    }

    @Override
    public boolean isAlias(PatientId id) {
        return meant(id).filter(aliases::containsKey).isPresent();
    }

    @Override
    public void add(PatientRecord patient) {
        if (records.putIfAbsent(patient.id(), patient) != null || aliases.containsKey(patient.id())) {
            throw new IllegalStateException("The number is there already.");
        }
    }

    @Override
    public void update(PatientRecord patient) {
        if (records.replace(patient.id(), patient) == null) {
            throw new IllegalStateException("No such record.");
        }
    }

    @Override
    public void merge(PatientId prior, PatientId survivor, Merge merge) {
        aliases.replaceAll((alias, of) -> of.equals(prior) ? survivor : of);
        records.remove(prior);
        aliases.put(prior, survivor);
    }

    @Override
    public List<PatientId> aliasesOf(PatientId survivor) {
        return aliases.entrySet().stream()
                .filter(entry -> entry.getValue().equals(survivor))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Optional<Instant> lastApplied(PatientId patient, String sender) {
        return Optional.ofNullable(applied.get(key(patient, sender)));
    }

    @Override
    public void applied(PatientId patient, String sender, Instant messageAt) {
        applied.put(key(patient, sender), messageAt);
    }

    private Optional<PatientId> meant(PatientId id) {
        return id.meantOf(Stream.concat(records.keySet().stream(), aliases.keySet().stream())
                .filter(known -> known.id().equals(id.id()))
                .toList());
    }

    private PatientRecord withIssuerOf(PatientId asked, PatientRecord record) {
        if (asked.issuer() == null
                || record.id().issuer() != null
                || !asked.id().equals(record.id().id())) {
            return record;
        }
        PatientRecord completed = new PatientRecord(asked, record.attributes(), record.lastUpdate());
        records.remove(record.id());
        records.put(asked, completed);
        aliases.replaceAll((alias, of) -> of.equals(record.id()) ? asked : of);
        return completed;
    }

    private static String key(PatientId patient, String sender) {
        return patient.id() + "^" + patient.issuerOrEmpty() + " " + sender;
    }
}
