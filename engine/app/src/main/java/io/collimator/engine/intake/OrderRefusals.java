package io.collimator.engine.intake;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.EmptyKey;
import io.collimator.mapping.MappedMessage;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderRefusedException;
import java.util.Optional;

/** The workflow's refusals of orders, with what only the mapping knows of their reason. */
final class OrderRefusals {

    private static final String MODALITY = "ScheduledProcedureStepSequence.Modality";

    private OrderRefusals() {}

    static Hl7RejectedException of(OrderRefusedException refusal, Hl7Message message, MappedMessage mapped) {
        return lacksModality(refusal, OrderMessages.form(message))
                ? noModality(refusal, mapped)
                        .map(reason -> Refusals.of(refusal, refusal.getMessage() + " " + reason))
                        .orElseGet(() -> Refusals.of(refusal))
                : Refusals.of(refusal);
    }

    private static boolean lacksModality(OrderRefusedException refusal, OrderForm form) {
        return refusal.code() == OrderRefusedException.REQUIRED_FIELD_MISSING
                && refusal.location()
                        .filter(place -> place.segment().equals(OrderField.MODALITY.segment(form))
                                && place.field() == OrderField.MODALITY.field(form))
                        .isPresent();
    }

    /** A table could have given it by the procedure's code, and has no row: codes of procedures are no patient data. */
    private static Optional<String> noModality(OrderRefusedException refusal, MappedMessage mapped) {
        return mapped.steps().stream()
                .filter(step -> step.position() == refusal.group())
                .flatMap(step -> step.provenance().emptyKeys().stream())
                .filter(key -> key.keyword().equals(MODALITY) && key.reason() == EmptyKey.Reason.NOT_IN_TABLE)
                .map(key -> "Or add a row: " + key.text() + ".")
                .findFirst();
    }
}
