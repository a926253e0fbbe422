package io.collimator.workflow.result;

import io.collimator.workflow.order.Reception;
import io.collimator.workflow.patient.PatientId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An ORU^R01 message (HL7 v2.5.1 §7.3.1), read as far as it is needed to pass it on.
 *
 * @param text the content with some of the results, counted from 0, as Unicode, segments ended by CR
 * @param patient the PID-3 repetition that the patient is known by, null when there is none
 * @param results its OBR, in the order of the message
 */
public record ResultMessage(
        Reception reception,
        Function<Set<Integer>, String> text,
        @Nullable PatientId patient,
        List<ReportedResult> results) {

    public ResultMessage {
        results = List.copyOf(results);
    }

    /** Without content, which is patient data. */
    @Override
    public String toString() {
        return "ResultMessage[" + reception + ", " + results.size() + " results]";
    }
}
