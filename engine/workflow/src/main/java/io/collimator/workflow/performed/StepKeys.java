package io.collimator.workflow.performed;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.order.AccessionNumber;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an item of ScheduledStepAttributesSequence (0040,0270) says of the scheduled step.
 *
 * @param study null when absent or no UID
 * @param accession null when absent or none that could be
 * @param requestedProcedureId empty when absent
 * @param stepId empty when absent
 */
public record StepKeys(
        @Nullable Uid study, @Nullable AccessionNumber accession, String requestedProcedureId, String stepId) {

    /** The modality had no worklist entry. */
    public static final StepKeys NONE = new StepKeys(null, null, "", "");

    /** The same keys for another accession, null for none. */
    public StepKeys withAccession(@Nullable AccessionNumber other) {
        return new StepKeys(study, other, requestedProcedureId, stepId);
    }

    /** Reads what can be used; values that are none are as absent. */
    public static StepKeys of(DataSet item) {
        Optional<Uid> study = Uid.parse(item.text(Tags.StudyInstanceUID));
        Optional<AccessionNumber> accession = AccessionNumber.parse(item.text(Tags.AccessionNumber))
                .map(number -> number.withIssuer(AssigningAuthority.ofIssuer(item, Tags.IssuerOfAccessionNumberSequence)
                        .map(AssigningAuthority::key)
                        .orElse(null)));
        return new StepKeys(
                study.orElse(null),
                accession.orElse(null),
                item.text(Tags.RequestedProcedureID).strip(),
                item.text(Tags.ScheduledProcedureStepID).strip());
    }
}
