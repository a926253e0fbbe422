package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.performed.PerformedLink;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows an accession: its order, both states, its steps and its timeline (contract, HTTP). */
public final class ViewAccession {

    private static final String FORGOTTEN =
            "What happened before is not kept any more, and of the steps only who and what: the exam had ended, and nothing had happened for collimator.retention.accessions-days";

    private final Transactions transactions;
    private final ZoneId zone;

    /**
     * Makes the view.
     *
     * @param zone of the dates and times in orders and performed steps
     */
    public ViewAccession(Transactions transactions, ZoneId zone) {
        this.transactions = transactions;
        this.zone = zone;
    }

    /**
     * An accession as a person sees it.
     *
     * @param patientAuthority who gave the patient's ID, as the entries write it; null when nobody is named
     * @param instancesFinal whether every step has ended, so that no more instances are to be expected
     * @param steps scheduled ones by ordinal, then unscheduled ones in the order in which they began
     */
    public record AccessionView(
            Accession accession,
            @Nullable AssigningAuthority patientAuthority,
            InstanceCounts instances,
            boolean instancesFinal,
            List<Step> steps,
            List<TimelineEntry> timeline)
            implements Found {

        public AccessionView {
            steps = List.copyOf(steps);
            timeline = List.copyOf(timeline);
        }
    }

    /**
     * A step.
     *
     * @param stepId Scheduled Procedure Step ID, of an unscheduled one the Performed Procedure Step ID
     * @param start scheduled, of an unscheduled one performed; null when there is no date
     */
    public record Step(
            String stepId,
            StepStatus status,
            String stationAeTitle,
            String modality,
            @Nullable Instant start) {}

    /** What there is to a reference. */
    public sealed interface Found {}

    /** No accession is known by it. */
    public record Unknown() implements Found {}

    /**
     * Several systems gave the number.
     *
     * @param choices by issuer
     */
    public record Several(List<AccessionNumber> choices) implements Found {

        public Several {
            choices = List.copyOf(choices);
        }
    }

    /**
     * The accession that is meant.
     *
     * @throws io.collimator.workflow.port.StorageException when the store does not answer
     */
    public Found view(AccessionReference reference) {
        return transactions.read(session -> {
            List<AccessionNumber> meant = reference.among(session.accessions().ofNumber(reference.number()));
            if (meant.size() > 1) {
                return new Several(meant);
            }
            return meant.stream()
                    .findFirst()
                    .flatMap(session.accessions()::find)
                    .<Found>map(accession -> view(session, accession))
                    .orElseGet(Unknown::new);
        });
    }

    private AccessionView view(Session session, Accession accession) {
        List<Step> steps = new ArrayList<>();
        List<ScheduledStep> entries = session.scheduledSteps().ofAccession(accession.number());
        entries.forEach(scheduled -> steps.add(scheduled(scheduled)));
        for (PerformedLink link : session.performedSteps().linksOf(accession.number())) {
            if (link.scheduledStepId() == null) {
                session.performedSteps()
                        .find(link.performedStep())
                        .ifPresent(step -> steps.add(performed(step.dataSet(), link)));
            }
        }
        return new AccessionView(
                accession,
                AccessionProgress.authorityOf(entries, accession),
                session.commitments().counts(accession.number()),
                accession.procedureState().isEnded(),
                steps,
                timeline(session, accession.number()));
    }

    /** Where its beginning was forgotten, that stands in its place: nothing looks as if it never happened. */
    private static List<TimelineEntry> timeline(Session session, AccessionNumber number) {
        List<TimelineEntry> timeline = new ArrayList<>();
        session.accessions()
                .forgottenAt(number)
                .ifPresent(at -> timeline.add(new TimelineEntry(number, at, "timeline.forgotten", FORGOTTEN)));
        timeline.addAll(session.timeline().of(number));
        return timeline;
    }

    private Step scheduled(ScheduledStep step) {
        DataSet item = step.dataSet().item(Tags.ScheduledProcedureStepSequence);
        return new Step(
                step.stepId(),
                step.status(),
                item.text(Tags.ScheduledStationAETitle),
                item.text(Tags.Modality),
                start(
                        item.text(Tags.ScheduledProcedureStepStartDate),
                        item.text(Tags.ScheduledProcedureStepStartTime)));
    }

    private Step performed(DataSet dataSet, PerformedLink link) {
        return new Step(
                dataSet.text(Tags.PerformedProcedureStepID),
                link.status().stepStatus(),
                dataSet.text(Tags.PerformedStationAETitle),
                dataSet.text(Tags.Modality),
                start(
                        dataSet.text(Tags.PerformedProcedureStepStartDate),
                        dataSet.text(Tags.PerformedProcedureStepStartTime)));
    }

    /** DA and TM (PS3.5 §6.2); a time that is missing or malformed counts as midnight. */
    private @Nullable Instant start(String date, String time) {
        try {
            return LocalDate.parse(date.strip(), DateTimeFormatter.BASIC_ISO_DATE)
                    .atTime(timeOf(time.strip()))
                    .atZone(zone)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalTime timeOf(String time) {
        String digits = (time.indexOf('.') < 0 ? time : time.substring(0, time.indexOf('.'))).replace(":", "");
        if (!digits.matches("([01]\\d|2[0-3])([0-5]\\d){0,2}")) {
            return LocalTime.MIDNIGHT;
        }
        String padded = (digits + "0000").substring(0, 6);
        return LocalTime.parse(padded, DateTimeFormatter.ofPattern("HHmmss"));
    }
}
