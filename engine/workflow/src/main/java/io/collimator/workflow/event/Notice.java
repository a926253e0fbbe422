package io.collimator.workflow.event;

import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.PatientId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told to the outside; an encoder gives it its form. */
public sealed interface Notice {

    /**
     * The procedure state of an ordered accession changed: HL7 to the RIS. Custody never goes here.
     *
     * @param accession with its new state
     * @param modality of the first step, empty when unknown
     * @param patientAuthority who gave the patient's ID as the entry shows it, null when it is as its key says
     */
    record Status(
            Accession accession, String modality, @Nullable AssigningAuthority patientAuthority) implements Notice {}

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
     * @param text the message as received, Unicode, segments ended by CR
     */
    record Result(String text) implements Notice {

        /** Without the text, which is patient data. */
        @Override
        public String toString() {
            return "Result[" + text.length() + " characters]";
        }
    }

    /** Something needs a person: a CloudEvent. */
    record Problem(ExceptionRecord exception) implements Notice {}
}
