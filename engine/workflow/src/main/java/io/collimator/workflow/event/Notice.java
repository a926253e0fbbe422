package io.collimator.workflow.event;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.patient.PatientId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told to the outside; an encoder gives it its form. */
public sealed interface Notice {

    /**
     * The procedure state of an ordered accession changed: HL7 to the RIS. Custody never goes here.
     *
     * @param accession with its new state
     * @param procedure of its first step
     * @param patientAuthority who gave the patient's ID as the entry shows it, null when it is as its key says
     * @param sent what it repeats of the order as that was sent
     */
    record Status(
            Accession accession,
            Procedure procedure,
            @Nullable AssigningAuthority patientAuthority,
            SentFields sent) implements Notice {}

    /**
     * What is to be done, as an entry says it; "" where it does not.
     *
     * @param code Code Value of the requested procedure
     * @param scheme Coding Scheme Designator of it
     * @param text Code Meaning of it, else the Requested Procedure Description
     * @param stepId Scheduled Procedure Step ID of the first step
     * @param modality of the step
     */
    record Procedure(String code, String scheme, String text, String stepId, String modality) {

        /** The first of some entries that say something. */
        public static Procedure of(List<DataSet> entries) {
            DataSet requested = entries.stream()
                    .filter(entry -> !codeOf(entry).isEmpty()
                            || !entry.text(Tags.RequestedProcedureDescription).isEmpty())
                    .findFirst()
                    .orElse(DataSet.empty());
            DataSet item = requested.item(Tags.RequestedProcedureCodeSequence);
            return new Procedure(
                    codeOf(requested),
                    item.text(Tags.CodingSchemeDesignator),
                    firstOf(item.text(Tags.CodeMeaning), requested.text(Tags.RequestedProcedureDescription)),
                    firstOf(entries, Tags.ScheduledProcedureStepID),
                    firstOf(entries, Tags.Modality));
        }

        private static String firstOf(List<DataSet> entries, Tag ofStep) {
            return entries.stream()
                    .map(entry ->
                            entry.item(Tags.ScheduledProcedureStepSequence).text(ofStep))
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .orElse("");
        }

        private static String codeOf(DataSet entry) {
            DataSet item = entry.item(Tags.RequestedProcedureCodeSequence);
            return firstOf(item.text(Tags.CodeValue), item.text(Tags.LongCodeValue));
        }

        private static String firstOf(String one, String other) {
            return one.isEmpty() ? other : one;
        }
    }

    /**
     * Something happened to an accession: a CloudEvent.
     *
     * @param accession with its new states
     */
    record Event(EventType type, Accession accession, InstanceCounts instances) implements Notice {}

    /**
     * The demographics or the visit of a patient changed: a CloudEvent.
     *
     * @param accessions that show it, ascending
     */
    record PatientUpdated(PatientId patient, List<AccessionNumber> accessions) implements Notice {

        public PatientUpdated {
            accessions = List.copyOf(accessions);
        }
    }

    /**
     * Patient numbers were merged or changed by one message: a CloudEvent.
     *
     * @param merges in the order of the message
     * @param accessions that show it, ascending
     */
    record PatientMerged(List<Merge> merges, List<AccessionNumber> accessions) implements Notice {

        public PatientMerged {
            merges = List.copyOf(merges);
            accessions = List.copyOf(accessions);
        }

        /** One number that is a name of the survivor from now on. */
        public record Merge(PatientId prior, PatientId survivor) {}
    }

    /**
     * A result to pass on.
     *
     * @param text the message as received, Unicode, segments ended by CR; of one that is held in part, or speaks of several
     *     accessions, a part
     * @param further whether another part of the same message goes before it
     */
    record Result(String text, boolean further) implements Notice {

        /** Without the text, which is patient data. */
        @Override
        public String toString() {
            return "Result[" + text.length() + " characters]";
        }
    }

    /** Something needs a person: a CloudEvent. */
    record Problem(ExceptionRecord exception) implements Notice {}
}
