package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.patient.OtherPatientIds;
import io.collimator.workflow.patient.PatientAttributes;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import io.collimator.workflow.port.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The patients of an order message, their records locked before any accession is: a number that was merged becomes the
 * survivor's, and what the order is silent of comes from the record.
 */
final class OrderPatients {

    private final Session session;
    private final List<OrderGroup> received;
    private final Map<PatientId, PatientRecord> records;
    private final Set<PatientId> unknown;

    private OrderPatients(
            Session session, List<OrderGroup> received, Map<PatientId, PatientRecord> records, Set<PatientId> unknown) {
        this.session = session;
        this.received = received;
        this.records = records;
        this.unknown = unknown;
    }

    /**
     * Locks the records, ascending. A patient who has none gets one by {@link #remember()}: with another message that adds it
     * meanwhile it collides on the key.
     */
    static OrderPatients lock(Session session, List<OrderGroup> groups) {
        SortedMap<PatientId, OrderGroup> patients = new TreeMap<>();
        for (OrderGroup group : groups) {
            if (group.patient() != null) {
                patients.putIfAbsent(group.patient(), group);
            }
        }
        Map<PatientId, PatientRecord> records = new TreeMap<>();
        Set<PatientId> unknown = new TreeSet<>();
        patients.forEach((patient, group) -> {
            @Nullable
            PatientRecord known = session.patients().lock(List.of(patient)).get(patient);
            if (known == null) {
                known = PatientAuthorities.settle(
                                session,
                                patient,
                                new PatientAuthorities.Said(
                                        group.attributes(), group.word().sender()))
                        .orElse(null);
            }
            if (known == null) {
                unknown.add(patient);
            }
            records.put(patient, known == null ? PatientRecord.unknown(patient).withAttributes(said(group)) : known);
        });
        return new OrderPatients(session, groups, records, unknown);
    }

    /** What lasts of the patient, as the order says it. */
    private static DataSet said(OrderGroup group) {
        return EntryAttributes.merge(DataSet.empty(), carried(group));
    }

    private static DataSet carried(OrderGroup group) {
        return PatientAttributes.lasting(PatientChange.modulesOf(group.attributes()));
    }

    /** The groups as the rules of orders are to see them. */
    List<OrderGroup> groups() {
        return received.stream().map(this::completed).toList();
    }

    /**
     * Keeps what the message says of its patients: everything while no ADT message has spoken of the patient, then only what
     * is missing. What it says under a merged number is not kept: that is how its sender knew the patient before.
     *
     * @return who is new, and perhaps known under another form of the number
     */
    List<PatientId> remember() {
        for (OrderGroup group : received) {
            @Nullable PatientRecord record = recordOf(group);
            if (record == null || isMergedNumber(group, record)) {
                continue;
            }
            DataSet carried = carried(group);
            DataSet known = record.isAdministered()
                    ? EntryAttributes.completed(record.attributes(), carried)
                    : EntryAttributes.merge(withoutOtherVisit(record.attributes(), carried), carried);
            if (!known.equals(record.attributes())) {
                PatientId patient = Objects.requireNonNull(group.patient());
                PatientRecord changed = record.withAttributes(known);
                records.put(patient, changed);
                if (!unknown.contains(patient)) {
                    session.patients().update(changed);
                }
            }
        }
        List<PatientId> inDoubt = unknown.stream()
                .filter(patient -> PatientAuthorities.isInDoubt(session, patient))
                .toList();
        unknown.forEach(patient -> session.patients().add(Objects.requireNonNull(records.get(patient))));
        return inDoubt;
    }

    private OrderGroup completed(OrderGroup group) {
        @Nullable PatientRecord record = recordOf(group);
        if (record == null) {
            return group;
        }
        PatientId patient = Objects.requireNonNull(group.patient());
        boolean merged = isMergedNumber(group, record);
        DataSet attributes = merged
                ? PatientEntries.asOf(record, group.attributes(), patient)
                : OtherPatientIds.without(group.attributes(), patient);
        return group.withPatient(
                merged ? record.id() : patient,
                attributes,
                defaults(record, attributes).withAll(group.defaults()));
    }

    private @Nullable PatientRecord recordOf(OrderGroup group) {
        return group.patient() == null ? null : records.get(group.patient());
    }

    private static boolean isMergedNumber(OrderGroup group, PatientRecord record) {
        return !record.id().equals(Objects.requireNonNull(group.patient()));
    }

    /** The record where the order is silent; a value that the order clears is not silence. Each order names its patient. */
    private static DataSet defaults(PatientRecord record, DataSet attributes) {
        DataSet lasting = withoutOtherVisit(PatientAttributes.lasting(record.attributes()), attributes);
        List<Element> silent = new ArrayList<>();
        for (Element element : lasting) {
            Tag tag = element.tag();
            if (!attributes.contains(tag)) {
                silent.add(element);
            }
        }
        return DataSet.of(silent);
    }

    private static DataSet withoutOtherVisit(DataSet known, DataSet carried) {
        String visit = carried.text(Tags.AdmissionID);
        boolean isOther =
                !visit.isEmpty() && known.hasValue(Tags.AdmissionID) && !visit.equals(known.text(Tags.AdmissionID));
        return isOther ? PatientAttributes.where(known, tag -> !PatientAttributes.isVisit(tag)) : known;
    }
}
