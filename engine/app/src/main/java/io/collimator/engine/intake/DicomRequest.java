package io.collimator.engine.intake;

import io.collimator.camel.dicom.DicomConstants;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.Cancellation;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DimseException;
import io.collimator.workflow.usecase.RequestRefusedException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What an exchange of a {@code dicom:} consumer holds. */
final class DicomRequest {

    private final Exchange exchange;

    DicomRequest(Exchange exchange) {
        this.exchange = exchange;
    }

    AeTitle calling() {
        return association().callingAeTitle();
    }

    DicomAssociation association() {
        return Objects.requireNonNull(
                exchange.getProperty(DicomConstants.ASSOCIATION, DicomAssociation.class),
                "The exchange has no association; this step belongs into a route that consumes dicom:");
    }

    /** Whether the peer still waits for the answer; never turns true where a service knows no C-CANCEL. */
    Cancellation cancellation() {
        Cancellation cancellation = exchange.getProperty(DicomConstants.CANCELLATION, Cancellation.class);
        return cancellation == null ? () -> false : cancellation;
    }

    @Nullable
    Uid sopInstance() {
        return exchange.getMessage().getHeader(DicomConstants.SOP_INSTANCE_UID, Uid.class);
    }

    int actionType() {
        Integer type = exchange.getMessage().getHeader(DicomConstants.ACTION_TYPE_ID, Integer.class);
        return type == null ? 0 : type;
    }

    /** What an N-GET asks for; empty for all. */
    List<Tag> attributes() {
        return exchange.getProperty(DicomConstants.ATTRIBUTES) instanceof List<?> tags
                ? tags.stream().map(Tag.class::cast).toList()
                : List.of();
    }

    DataSet dataSet() {
        if (exchange.getMessage().getBody() instanceof DataSet dataSet) {
            return dataSet;
        }
        throw new IllegalStateException(
                "The body is no data set; a step before this one has replaced it. Leave the body of a dicom: route alone.");
    }

    /** The refusal as the response that it asks for. */
    static DimseException refused(RequestRefusedException refusal) {
        DimseStatus status = new DimseStatus(
                refusal.status(), refusal.comment(), refusal.offendingElements(), boxed(refusal.errorId()));
        return new DimseException(status, refusal);
    }

    private static @Nullable Integer boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
