package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.dicom.identity.Issuers;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.Patients;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.usecase.PatientEntries.Told;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gives what is stored the names that the site's table of authorities has now: numbers that a row makes one become one, and
 * a person sees beforehand which. Thread-safe.
 */
public final class RenameAuthorities {

    private static final String TABLE = "mapping/tables/authorities.csv";

    private final AcceptOrder.Context context;

    public RenameAuthorities(AcceptOrder.Context context) {
        this.context = context;
    }

    /**
     * A patient whose number changes its authority.
     *
     * @param joins whether the new number is another patient's already, so that the two become one
     */
    public record Renamed(PatientId from, PatientId to, boolean joins) {}

    /**
     * What a table would do.
     *
     * @param conflicts accession numbers that would become one although they belong to two orders: the table cannot be applied
     */
    public record Effects(List<Renamed> renamed, List<AccessionNumber> conflicts) {

        public Effects {
            renamed = List.copyOf(renamed);
            conflicts = List.copyOf(conflicts);
        }
    }

    /** What the names of a table would change; nothing is changed. */
    public Effects foresee(UnaryOperator<AssigningAuthority> names) {
        return context.transactions().read(session -> {
            List<Renamed> renamed = new ArrayList<>();
            changed(session.patients().issuers(), names)
                    .forEach((issuer, name) -> renamed.addAll(renamed(session, issuer, name)));
            List<AccessionNumber> conflicts = affected(session, names).stream()
                    .filter(number -> !renamed(number, names).equals(number)
                            && session.accessions().find(renamed(number, names)).isPresent())
                    .toList();
            return new Effects(renamed, conflicts);
        });
    }

    /** The patients whose numbers this authority gave. */
    public List<PatientId> patientsOf(AssigningAuthority authority) {
        return context.transactions().read(session -> session.patients().ofIssuer(authority.key()));
    }

    /** Keys of every authority that a patient is stored under. */
    public SortedSet<String> stored() {
        return context.transactions().read(session -> session.patients().issuers());
    }

    /**
     * Does it, within the transaction of the session.
     *
     * @param who for the timelines
     */
    public void apply(Session session, UnaryOperator<AssigningAuthority> names, String who) {
        // before the patients have their new numbers: those that follow are found by the old ones
        List<AccessionNumber> accessions = affected(session, names);
        List<Told> joined = new ArrayList<>();
        List<Notice.PatientMerged.Merge> merges = new ArrayList<>();
        changed(session.patients().issuers(), names).forEach((issuer, name) -> {
            for (Renamed patient : renamed(session, issuer, name)) {
                session.patients().lock(List.of(patient.from(), patient.to()));
                if (!patient.joins()) {
                    session.patients().rename(patient.from(), patient.to());
                    writeAsNamed(session, patient.to(), names);
                } else {
                    Patients.Merge merge = new Patients.Merge(context.clock().instant(), who, TABLE);
                    PatientMerging.join(session, patient.from(), patient.to(), merge)
                            .ifPresent(told -> {
                                joined.add(told);
                                merges.add(new Notice.PatientMerged.Merge(
                                        patient.from(), told.record().id()));
                            });
                }
            }
        });
        List<AccessionNumber> now = new ArrayList<>();
        for (AccessionNumber number : accessions) {
            AccessionNumber to = renamed(number, names);
            if (!to.equals(number)) {
                session.accessions().rename(number, to);
            }
            now.add(to);
        }
        now.forEach(number -> rename(session, number, names, who));
        if (!joined.isEmpty()) {
            List<AccessionNumber> told = PatientEntries.refresh(session, joined).stream()
                    .map(PatientEntries.Changed::number)
                    .toList();
            context.notices().patientMerged(session, new Notice.PatientMerged(merges, told));
        }
    }

    private static void writeAsNamed(Session session, PatientId number, UnaryOperator<AssigningAuthority> names) {
        session.patients()
                .find(number)
                .filter(record -> record.id().equals(number))
                .ifPresent(record ->
                        session.patients().update(record.withAttributes(Issuers.replaced(record.attributes(), names))));
    }

    private void rename(Session session, AccessionNumber number, UnaryOperator<AssigningAuthority> names, String who) {
        Optional<Accession> found = session.accessions().lock(number);
        if (found.isEmpty()) {
            return;
        }
        Accession accession = found.get();
        for (ScheduledStep step : session.scheduledSteps().ofAccession(number)) {
            DataSet entry = Issuers.replaced(step.dataSet(), names);
            if (!entry.equals(step.dataSet())) {
                session.scheduledSteps().save(step.withDataSet(entry));
            }
        }
        Patient shown = accession.patient();
        PatientId patient = shown.id().withIssuer(renamed(shown.id().issuer(), names));
        // where two patients become one, the merge gives the number
        Patient after = session.patients().isAlias(shown.id())
                ? shown
                : new Patient(patient, shown.name(), shown.birthDate(), shown.sex());
        session.accessions()
                .save(new Accession(
                        number,
                        after,
                        accession.studyInstanceUid(),
                        accession.requestedProcedureId(),
                        renamed(accession.placer(), names),
                        renamed(accession.filler(), names),
                        accession.orderStatus(),
                        accession.procedureState(),
                        accession.custodyState()));
        context.notices()
                .timeline(
                        session,
                        number,
                        "authority.renamed",
                        "%s gives an authority of this accession another name, applied by %s".formatted(TABLE, who));
    }

    private static List<Renamed> renamed(Session session, String issuer, AssigningAuthority name) {
        List<Renamed> renamed = new ArrayList<>();
        for (PatientId number : session.patients().ofIssuer(issuer)) {
            PatientId to = number.withIssuer(name.key());
            boolean joins = session.patients().ofId(number.id()).stream()
                    .anyMatch(known -> known.number().equals(to));
            renamed.add(new Renamed(number, to, joins));
        }
        return renamed;
    }

    private static List<AccessionNumber> affected(Session session, UnaryOperator<AssigningAuthority> names) {
        List<String> issuers = session.accessions().issuers().stream()
                .filter(issuer -> AssigningAuthority.parse(issuer)
                        .filter(authority -> !names.apply(authority).equals(authority))
                        .isPresent())
                .toList();
        return session.accessions().ofIssuers(issuers);
    }

    /** The stored keys that the table calls otherwise, with what it calls them. */
    private static SortedMap<String, AssigningAuthority> changed(
            Collection<String> issuers, UnaryOperator<AssigningAuthority> names) {
        SortedMap<String, AssigningAuthority> changed = new TreeMap<>();
        for (String issuer : issuers) {
            AssigningAuthority.ofKey(issuer)
                    .map(names)
                    .filter(name -> !name.key().equals(issuer))
                    .ifPresent(name -> changed.put(issuer, name));
        }
        return changed;
    }

    private static AccessionNumber renamed(AccessionNumber number, UnaryOperator<AssigningAuthority> names) {
        return number.withIssuer(renamed(number.issuer(), names));
    }

    private static @Nullable String renamed(@Nullable String key, UnaryOperator<AssigningAuthority> names) {
        return AssigningAuthority.ofKey(key)
                .map(names)
                .map(AssigningAuthority::key)
                .orElse(key);
    }

    private static @Nullable OrderNumber renamed(
            @Nullable OrderNumber number, UnaryOperator<AssigningAuthority> names) {
        return number == null
                ? null
                : number.authority()
                        .map(names)
                        .map(name -> new OrderNumber(number.number(), name.toString()))
                        .orElse(number);
    }
}
