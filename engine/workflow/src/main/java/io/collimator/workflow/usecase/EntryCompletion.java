package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderAction;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.StatedStatus;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.Accessions.Subject;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.worklist.FoldedName;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStart;
import io.collimator.workflow.worklist.StepStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Merges what a group carries into the stored entry and derives what no message said (contract, HL7 in). */
final class EntryCompletion {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

    private final ZoneId zone;

    EntryCompletion(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * What one group is about to do.
     *
     * @param stored the step that it changes, empty when it brings a new one
     * @param repeated the discontinued step that the new one does again
     */
    record Change(
            AccessionDraft draft, Optional<ScheduledStep> stored, Optional<ScheduledStep> repeated, OrderGroup group) {

        private Optional<ScheduledStep> base() {
            return stored.or(() -> repeated);
        }

        private DataSet storedEntry() {
            return base().map(ScheduledStep::dataSet).orElse(DataSet.empty());
        }
    }

    /** The step as the group leaves it; equal to the stored one when the group changes nothing. */
    ScheduledStep complete(Session session, Change change, Instant receivedAt) {
        Optional<ScheduledStep> stored = change.stored();
        AccessionDraft draft = change.draft();
        EntryAttributes.Filled filled = EntryAttributes.fill(
                new EntryAttributes.Filled(
                        change.storedEntry(),
                        change.base().map(ScheduledStep::standIns).orElse(Set.of())),
                change.group().attributes(),
                change.group().defaults());
        requireAll(filled.entry(), change.group());
        DataSet merged = withKeys(draft, filled.entry());
        DataSet carriedItem = merged.item(Tags.ScheduledProcedureStepSequence);
        String stepId = stepIdOf(session, change);
        DataSet item = withStart(
                change,
                carriedItem
                        .without(Tags.ScheduledProcedureStepStatus)
                        .with(text(Tags.ScheduledProcedureStepID, stepId)),
                stepId,
                receivedAt);
        noteStation(change, stepId, item);
        noteNameOfRecord(change, stepId, filled);
        DataSet entry = merged.with(EntryAttributes.sequence(Tags.ScheduledProcedureStepSequence, List.of(item)));
        StepStatus status = statusOf(session, change, carriedItem.text(Tags.ScheduledProcedureStepStatus));
        return stored.map(step -> isAsStored(step, status, entry, filled)
                        ? step
                        : step.with(status, entry, filled.standIns(), receivedAt))
                .orElseGet(() -> new ScheduledStep(
                        draft.number(),
                        stepId,
                        draft.nextOrdinal(),
                        change.repeated().isPresent() || change.group().stepId().isEmpty(),
                        status,
                        entry,
                        filled.standIns(),
                        receivedAt,
                        change.repeated().map(ScheduledStep::stepId).orElse(null)));
    }

    private static boolean isAsStored(
            ScheduledStep step, StepStatus status, DataSet entry, EntryAttributes.Filled filled) {
        return step.status() == status
                && step.dataSet().equals(entry)
                && step.standIns().equals(filled.standIns());
    }

    private static DataSet withKeys(AccessionDraft draft, DataSet merged) {
        DataSet entry = numbered(draft.number(), merged);
        if (!entry.hasValue(Tags.RequestedProcedureID)) {
            entry = entry.with(text(Tags.RequestedProcedureID, draft.number().value()));
        }
        return entry.hasValue(Tags.StudyInstanceUID)
                ? entry
                : entry.with(text(Tags.StudyInstanceUID, studyOf(draft, entry)));
    }

    /** The accession number with who gave it; how that one is written stays, where it is that one already. */
    private static DataSet numbered(AccessionNumber number, DataSet merged) {
        DataSet entry = merged.with(text(Tags.AccessionNumber, number.value()));
        Optional<AssigningAuthority> issuer = number.authority();
        boolean isStated = AssigningAuthority.ofIssuer(merged, Tags.IssuerOfAccessionNumberSequence)
                .map(AssigningAuthority::key)
                .equals(issuer.map(AssigningAuthority::key));
        if (isStated) {
            return entry;
        }
        return issuer.map(authority -> entry.with(
                        EntryAttributes.sequence(Tags.IssuerOfAccessionNumberSequence, List.of(authority.item()))))
                .orElseGet(() -> entry.without(Tags.IssuerOfAccessionNumberSequence));
    }

    private static String stepIdOf(Session session, Change change) {
        String carried = change.group().stepId();
        return change.stored()
                .map(ScheduledStep::stepId)
                .orElseGet(() -> carried.isEmpty() || change.repeated().isPresent()
                        ? ownStepId(session, change.draft())
                        : carried);
    }

    /** What every entry needs, and what this sender has to send, else AE 101. */
    static void requireAll(DataSet entry, OrderGroup group) {
        if (group.policies().studyUid() == OrderPolicies.StudyUid.REQUIRE) {
            require(
                    entry.hasValue(Tags.StudyInstanceUID),
                    OrderField.STUDY_INSTANCE_UID,
                    "Study Instance UID, which this sender has to send",
                    group);
        }
        DataSet item = entry.item(Tags.ScheduledProcedureStepSequence);
        require(
                entry.hasValue(Tags.PatientID),
                OrderField.PATIENT_ID,
                "patient ID, which every worklist entry needs",
                group);
        boolean named =
                FoldedName.of(entry.text(Tags.PatientName)).groups().stream().anyMatch(name -> !name.isEmpty());
        require(named, OrderField.PATIENT_NAME, "patient name, which every worklist entry needs", group);
        require(item.hasValue(Tags.Modality), OrderField.MODALITY, "modality, which every worklist entry needs", group);
    }

    private static void require(boolean present, OrderField field, String what, OrderGroup group) {
        if (!present) {
            throw group.refusal(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    field,
                    "%s brings no %s; send it.".formatted(group.place().nameOf(field), what));
        }
    }

    /** That of the same requested procedure, else the one that the modality reported, else one made of the keys. */
    private static String studyOf(AccessionDraft draft, DataSet entry) {
        String procedure = entry.text(Tags.RequestedProcedureID);
        return draft.steps().stream()
                .map(ScheduledStep::dataSet)
                .filter(sibling -> sibling.text(Tags.RequestedProcedureID).equals(procedure))
                .map(sibling -> sibling.text(Tags.StudyInstanceUID))
                .findFirst()
                .or(() -> reportedStudy(draft, entry).map(Uid::value))
                .orElseGet(() -> derivedStudy(draft.number(), procedure).value());
    }

    /** Of the accession's requested procedure, always the same; the same number of two systems is two studies. */
    static Uid derivedStudy(AccessionNumber accession, String procedure) {
        String name = accession.value() + "\n" + procedure;
        return Uid.ofName(accession.issuer() == null ? name : name + "\n" + accession.issuer());
    }

    /** A study of another patient under the same accession number must not become this patient's. */
    private static Optional<Uid> reportedStudy(AccessionDraft draft, DataSet entry) {
        return draft.current()
                .filter(accession -> !accession.isOrdered())
                .filter(accession -> PatientId.in(entry)
                        .filter(patient ->
                                isReportedOf(patient, accession.patient().id()))
                        .isPresent())
                .map(Accession::studyInstanceUid);
    }

    /** What a modality reports seldom says who gave the ID. */
    private static boolean isReportedOf(PatientId patient, PatientId reported) {
        return patient.equals(reported) || (patient.id().equals(reported.id()) && reported.issuer() == null);
    }

    static String ownStepId(Session session, AccessionDraft draft) {
        String id;
        do {
            id = String.valueOf(session.scheduledSteps().nextStepNumber());
        } while (draft.step(id).isPresent());
        return id;
    }

    private DataSet withStart(Change change, DataSet item, String stepId, Instant receivedAt) {
        if (item.hasValue(Tags.ScheduledProcedureStepStartDate)) {
            DataSet before = change.storedEntry().item(Tags.ScheduledProcedureStepSequence);
            noteOnlyADate(change.draft(), stepId, before, item);
            return item;
        }
        ZonedDateTime received = receivedAt.atZone(zone);
        change.draft()
                .note(new AccessionDraft.Note(
                        "order.start-assumed",
                        "Step %s came without a start time; the time of receipt stands in".formatted(stepId)));
        return Dictionary.dataSet(item)
                .put(Tags.ScheduledProcedureStepStartDate, DATE.format(received))
                .put(Tags.ScheduledProcedureStepStartTime, TIME.format(received))
                .build();
    }

    /** Told once for each date. */
    static void noteOnlyADate(AccessionDraft draft, String stepId, DataSet before, DataSet after) {
        String date = after.text(Tags.ScheduledProcedureStepStartDate);
        boolean isTold =
                StepStart.isOnlyADate(before) && date.equals(before.text(Tags.ScheduledProcedureStepStartDate));
        if (StepStart.isOnlyADate(after) && !isTold) {
            draft.note(new AccessionDraft.Note(
                    "order.time-assumed",
                    "Step %s starts on %s, and no time was said: it is listed with the time of collimator.worklist.time-when-only-a-date and found by every time of that day"
                            .formatted(stepId, date)));
        }
    }

    /** The standard's terms before the start may come with the order; everything later comes from the modality. */
    private static StepStatus statusOf(Session session, Change change, String carried) {
        StepStatus old = change.stored().map(ScheduledStep::status).orElseGet(() -> firstStatus(change.draft()));
        if (isBroughtBack(session, change, old)) {
            old = StepStatus.SCHEDULED;
        }
        if (!old.isOpen() || old.isWithheld()) {
            return old;
        }
        StatedStatus stated = change.group().instruction().stepStatus();
        if (stated == StatedStatus.ARRIVED || stated == StatedStatus.READY) {
            return StepStatus.valueOf(stated.name());
        }
        return switch (carried) {
            case "SCHEDULED" -> StepStatus.SCHEDULED;
            case "ARRIVED" -> StepStatus.ARRIVED;
            case "READY" -> StepStatus.READY;
            default -> old;
        };
    }

    /** What the order's side ended, by a new order or another start; what lost its appointment, by a start that is no older. */
    private static boolean isBroughtBack(Session session, Change change, StepStatus old) {
        OrderGroup group = change.group();
        boolean isNew = group.action() != OrderAction.UPDATE;
        return switch (old) {
            case CANCELLED -> isNew;
            case CLOSED ->
                isNew
                        || change.stored()
                                .filter(step -> step.isMovedBy(group.attributes()))
                                .isPresent();
            case UNSCHEDULED ->
                EntryAttributes.step(group.attributes()).hasValue(Tags.ScheduledProcedureStepStartDate)
                        && session.accessions()
                                .lastWord(change.draft().number(), Subject.APPOINTMENT)
                                .filter(group.word()::isOlderThan)
                                .isEmpty();
            default -> false;
        };
    }

    /** A step that joins an order on hold is held with it. */
    private static StepStatus firstStatus(AccessionDraft draft) {
        return draft.ordered()
                        .filter(accession -> accession.orderStatus() == OrderStatus.ON_HOLD)
                        .isPresent()
                ? StepStatus.ON_HOLD
                : StepStatus.SCHEDULED;
    }

    /** Told once: when the entry comes, or loses its station. */
    private static void noteStation(Change change, String stepId, DataSet item) {
        boolean isNewOrHadStation = change.stored().isEmpty()
                || change.storedEntry()
                        .item(Tags.ScheduledProcedureStepSequence)
                        .hasValue(Tags.ScheduledStationAETitle);
        if (isNewOrHadStation && !item.hasValue(Tags.ScheduledStationAETitle)) {
            change.draft().lacksStation(stepId);
        }
    }

    /** Told once: an order that names a patient by the number alone shows the name that is known of it. */
    private static void noteNameOfRecord(Change change, String stepId, EntryAttributes.Filled filled) {
        boolean isKnown = change.base()
                .filter(base -> base.standIns().contains(Tags.PatientName))
                .isPresent();
        if (filled.standIns().contains(Tags.PatientName) && !isKnown) {
            change.draft()
                    .note(new AccessionDraft.Note(
                            "order.name-of-record",
                            "Step %s came without a patient name; the one that is known of the patient's number stands in"
                                    .formatted(stepId)));
        }
    }

    private static Element text(Tag tag, String value) {
        return new Element(tag, Dictionary.vrOf(tag), new Value.Text(value));
    }
}
