package io.collimator.workflow.result;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.PatientId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One OBR that was received.
 *
 * @param sender MSH-3 and MSH-4
 * @param controlId MSH-10
 * @param accession that it is linked to, null when it is to none
 * @param patient null when the message names none
 * @param forwarded whether it was put on the queue
 */
public record StoredResult(
        String sender,
        String controlId,
        Instant receivedAt,
        ReportedResult result,
        @Nullable AccessionNumber accession,
        @Nullable PatientId patient,
        boolean forwarded) {}
