package io.collimator.camel.dicom;

import io.collimator.camel.receipt.AcknowledgementReceipt;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.Matches;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * What a finished route means to the peer. The rule that matters: success, with or without a warning, is answered only
 * to an exchange that carries an {@link AcknowledgementReceipt}, whatever else the route did.
 */
final class RouteOutcome {

    /** PS3.7 §C.4.1: processing failure. */
    static final DimseStatus NOT_STORED = DimseStatus.of(0x0110, "Not stored by the engine; send again later");

    static final DimseStatus FAILED = DimseStatus.of(0x0110, "The engine cannot process this now; send again later");

    static final DimseStatus NO_INSTANCE_UID = DimseStatus.of(0x0110, "The engine gave the instance no UID");

    /** PS3.4 §K.4.1.1.4: unable to process. */
    static final DimseStatus UNABLE_TO_PROCESS = DimseStatus.of(0xC001, "Unable to process; ask again later");

    private RouteOutcome() {}

    /** The response of an N service. */
    static NResponse response(Exchange exchange, DataSet request) {
        Exception exception = exchange.getException();
        if (exception != null) {
            return refusal(exception, FAILED);
        }
        NResponse response = reply(exchange.getMessage().getBody(), request);
        if (response.status().isFailure()) {
            return response;
        }
        boolean done = response.status().isSuccess() || response.status().isWarning();
        if (done && AcknowledgementReceipt.of(exchange).isPresent()) {
            return response;
        }
        return refusal(handled(exchange), NOT_STORED);
    }

    /** The response of N-GET, which changes nothing: what the route left, whether with a receipt or without. */
    static NResponse reading(Exchange exchange) {
        Exception exception = exchange.getException();
        if (exception == null && exchange.getMessage().getBody() instanceof NResponse response) {
            return response;
        }
        return refusal(exception != null ? exception : handled(exchange), FAILED);
    }

    private static NResponse reply(@Nullable Object body, DataSet request) {
        if (body instanceof NResponse response) {
            return response;
        }
        // A route whose last step returned nothing still holds the request: that is no reply.
        return body instanceof DataSet dataSet && !dataSet.equals(request)
                ? new NResponse(DimseStatus.SUCCESS, null, dataSet)
                : NResponse.success();
    }

    /**
     * The matches of a find.
     *
     * @throws DimseException when the route failed or gave none
     */
    static Matches matches(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        Exception exception = exchange.getException();
        if (exception == null && body instanceof Matches matches) {
            return matches;
        }
        if (body instanceof Matches matches) {
            matches.close();
        }
        throw new DimseException(
                failure(exception != null ? exception : handled(exchange))
                        .map(DimseException::status)
                        .orElse(UNABLE_TO_PROCESS),
                exception);
    }

    /** The failure that the route threw, with the data set that explains it (PS3.7 Annex C), else the status given. */
    private static NResponse refusal(@Nullable Throwable thrown, DimseStatus otherwise) {
        return failure(thrown)
                .map(refusal -> new NResponse(refusal.status(), null, refusal.dataSet()))
                .orElseGet(() -> NResponse.of(otherwise));
    }

    private static Optional<DimseException> failure(@Nullable Throwable thrown) {
        return thrown == null
                ? Optional.empty()
                : Optional.ofNullable(ObjectHelper.getException(DimseException.class, thrown))
                        .filter(refusal -> refusal.status().isFailure());
    }

    /** What an error block of the route has handled: its reason is worth more to the peer than ours. */
    private static @Nullable Throwable handled(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof Throwable caught ? caught : null;
    }
}
