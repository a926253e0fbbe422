package io.collimator.workflow.testing;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Patients;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Patients in memory. */
public final class MemoryPatients implements Patients {

    private final Map<PatientId, PatientRecord> records = new TreeMap<>();
    private final Map<PatientId, PatientId> aliases = new TreeMap<>();
    private final Map<String, Instant> applied = new HashMap<>();

    private final Map<PatientId, Unmerged> merged = new HashMap<>();
    private final Set<PatientId> old = new HashSet<>();
    private final Map<AccessionNumber, Accession> accessions;

    MemoryPatients(Map<AccessionNumber, Accession> accessions) {
        this.accessions = accessions;
    }

    /** Makes a number one that was stored before authorities were told apart. */
    public void storedBeforeAuthorities(PatientId id) {
        old.add(id);
    }

    @Override
    public Optional<PatientRecord> find(PatientId id) {
        return Optional.ofNullable(records.get(aliases.getOrDefault(id, id)));
    }

    @Override
    public SortedMap<PatientId, PatientRecord> lock(Collection<PatientId> ids) {
        SortedMap<PatientId, PatientRecord> locked = new TreeMap<>();
        ids.forEach(id -> find(id).ifPresent(record -> locked.put(id, record)));
        return locked;
    }

    @Override
    public boolean isAlias(PatientId id) {
        return aliases.containsKey(id);
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
    public Optional<Unmerged> unmerge(PatientId prior) {
        PatientId survivor = aliases.remove(prior);
        if (survivor == null) {
            return Optional.empty();
        }
        Unmerged kept = merged.remove(prior);
        records.put(prior, kept.record());
        merged.forEach((alias, merge) -> {
            if (merge.survivor().equals(prior)) {
                aliases.put(alias, prior);
            }
        });
        return Optional.of(new Unmerged(kept.record(), survivor, kept.at(), kept.accessions()));
    }

    @Override
    public void merge(PatientId prior, PatientId survivor, Merge merge) {
        merged.put(
                prior,
                new Unmerged(
                        records.getOrDefault(prior, PatientRecord.unknown(prior)),
                        survivor,
                        merge.at(),
                        accessions.values().stream()
                                .filter(accession -> accession.patient().id().equals(prior))
                                .map(Accession::number)
                                .toList()));
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

    @Override
    public List<Known> ofId(String id) {
        return Stream.concat(records.keySet().stream(), aliases.keySet().stream())
                .filter(known -> known.id().equals(id))
                .sorted()
                .map(known -> new Known(known, find(known).orElseThrow(), old.contains(known)))
                .toList();
    }

    @Override
    public SortedSet<String> issuers() {
        SortedSet<String> issuers = new TreeSet<>();
        numbers()
                .map(PatientId::issuerOrEmpty)
                .filter(issuer -> !issuer.isEmpty())
                .forEach(issuers::add);
        return issuers;
    }

    @Override
    public List<PatientId> ofIssuer(String issuer) {
        return numbers()
                .filter(number -> number.issuerOrEmpty().equals(issuer))
                .sorted()
                .toList();
    }

    private Stream<PatientId> numbers() {
        return Stream.concat(records.keySet().stream(), aliases.keySet().stream());
    }

    @Override
    public void rename(PatientId from, PatientId to) {
        PatientRecord record = records.remove(from);
        if (record != null) {
            records.put(to, record.withId(to));
        }
        PatientId survivor = aliases.remove(from);
        if (survivor != null) {
            aliases.put(to, survivor);
        }
        aliases.replaceAll((alias, of) -> of.equals(from) ? to : of);
        old.remove(from);
        accessions.replaceAll((number, accession) -> accession.patient().id().equals(from)
                ? accession.withPatient(new Patient(
                        to,
                        accession.patient().name(),
                        accession.patient().birthDate(),
                        accession.patient().sex()))
                : accession);
    }

    private static String key(PatientId patient, String sender) {
        return patient.id() + "^" + patient.issuerOrEmpty() + " " + sender;
    }
}
