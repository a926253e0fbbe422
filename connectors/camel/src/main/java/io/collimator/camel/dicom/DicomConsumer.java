package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DimseException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the route for a request, on the handler's thread, from the request to the response. One instance per route; the
 * subclasses say which services it answers.
 */
abstract class DicomConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(DicomConsumer.class);

    private final DicomServer server;
    private final DicomOperation operation;

    DicomConsumer(DicomEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.server = endpoint.server();
        this.operation = endpoint.operation();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        server.consumers().register(operation, this);
    }

    @Override
    protected void doStop() throws Exception {
        server.consumers().unregister(operation, this);
        super.doStop();
    }

    /** A request of an N service: what the exchange is made of. */
    record NRequest(
            DimseService service,
            DicomAssociation association,
            Uid sopClass,
            @Nullable Uid sopInstance,
            DataSet body) {}

    /** Runs the route and answers by its outcome. */
    final NResponse answer(NRequest request, Consumer<Exchange> headers) {
        Exchange exchange = exchange(request.service(), request.association(), request.sopClass(), request.body());
        if (request.sopInstance() != null) {
            exchange.getMessage().setHeader(DicomConstants.SOP_INSTANCE_UID, request.sopInstance());
        }
        headers.accept(exchange);
        NResponse response = run(exchange, done -> RouteOutcome.response(done, request.body()));
        if (response.status().isFailure()) {
            LOG.warn(
                    "{} of {} on association {} is answered {}",
                    request.service(),
                    request.association().callingAeTitle(),
                    request.association().id(),
                    response.status());
        }
        return response;
    }

    final Exchange exchange(DimseService service, DicomAssociation association, Uid sopClass, DataSet body) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        exchange.setProperty(DicomConstants.ASSOCIATION, association);
        exchange.getMessage().setHeader(DicomConstants.SERVICE, service);
        exchange.getMessage().setHeader(DicomConstants.CALLING_AE_TITLE, association.callingAeTitle());
        exchange.getMessage().setHeader(DicomConstants.CALLED_AE_TITLE, association.calledAeTitle());
        exchange.getMessage().setHeader(DicomConstants.ASSOCIATION_ID, association.id());
        exchange.getMessage().setHeader(DicomConstants.SOP_CLASS_UID, sopClass);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    /** Runs the route to its end; what it throws is left in the exchange. */
    final <T> T run(Exchange exchange, Function<Exchange, T> outcome) {
        if (!isRunAllowed()) {
            throw new DimseException(stopped());
        }
        try {
            createUoW(exchange);
            try {
                getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            } finally {
                doneUoW(exchange);
            }
            logFailure(exchange);
            return outcome.apply(exchange);
        } catch (DimseException e) {
            throw e;
        } catch (Exception e) {
            throw new DimseException(broken(), e);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    /** The status when the route is not there. */
    DimseStatus stopped() {
        return ConsumerTable.NO_ROUTE;
    }

    /** The status when the route broke in a way that says nothing to the peer. */
    DimseStatus broken() {
        return RouteOutcome.FAILED;
    }

    private void logFailure(Exchange exchange) {
        Exception exception = exchange.getException();
        if (exception == null || exception instanceof DimseException) {
            return;
        }
        // The text of a foreign exception may quote what it choked on, so it goes to DEBUG only.
        LOG.warn(
                "Route {} failed with {} on association {}; the peer is told to come again",
                getRouteId(),
                exception.getClass().getName(),
                exchange.getMessage().getHeader(DicomConstants.ASSOCIATION_ID));
        LOG.debug("Route {} failed", getRouteId(), exception);
    }

    @Override
    public String toString() {
        return "route " + getRouteId();
    }
}
