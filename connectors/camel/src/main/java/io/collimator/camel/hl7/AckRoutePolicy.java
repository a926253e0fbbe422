package io.collimator.camel.hl7;

import io.collimator.hl7.message.Hl7Batch;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.outcome.AckOutcome;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import java.util.function.IntFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.component.netty.NettyConfiguration;
import org.apache.camel.component.netty.NettyEndpoint;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the ACK policy around every route that consumes MLLP: prepares the message before the first step, and replaces
 * whatever the route leaves as its reply. An exchange that ends in an exception is left as it is; {@link MllpGate} turns
 * the exception into the answer.
 */
final class AckRoutePolicy extends RoutePolicySupport implements RoutePolicyFactory {

    private static final Logger LOG = LoggerFactory.getLogger(AckRoutePolicy.class);

    private final Acknowledgements acknowledgements;

    AckRoutePolicy(Acknowledgements acknowledgements) {
        this.acknowledgements = acknowledgements;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camelContext, String routeId, NamedNode route) {
        return this;
    }

    @Override
    public void onInit(Route route) {
        if (!(route.getEndpoint() instanceof NettyEndpoint netty)) {
            return;
        }
        NettyConfiguration configuration = netty.getConfiguration();
        boolean ours = configuration.getDecodersAsList().stream().allMatch(MllpDecoderFactory.class::isInstance)
                && configuration.getDecodersAsList().size() == 1
                && configuration.getEncodersAsList().stream().allMatch(MllpEncoderFactory.class::isInstance)
                && configuration.getEncodersAsList().size() == 1
                && configuration.isSync()
                && configuration.isUsingExecutorService();
        if (!ours) {
            throw new IllegalStateException(
                    "Route %s consumes netty without the MLLP codec; write decoders: \"#mllpDecoder\", encoders: \"#mllpEncoder\" and no sync."
                            .formatted(route.getRouteId()));
        }
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        Message message = exchange.getMessage();
        if (!(route.getEndpoint() instanceof NettyEndpoint) || !(message.getBody() instanceof MllpRequest request)) {
            return;
        }
        exchange.setProperty(Hl7Constants.REQUEST, request);
        exchange.setProperty(Hl7Constants.ARRIVED, request.arrived());
        message.setBody(request.content());
        message.setHeader(Hl7Constants.REMOTE_ADDRESS, request.remoteAddress());
        message.setHeader(Hl7Constants.LOCAL_PORT, request.origin().localPort());
        message.setHeader(Hl7Constants.LACKS_CARRIAGE_RETURN, request.lacksCarriageReturn());
        request.headers().ifPresent(headers -> setHeaders(message, headers));
        request.batch().ifPresent(batch -> logBatch(request, batch));
    }

    private static void logBatch(MllpRequest request, Hl7Batch batch) {
        LOG.info("A batch of {} messages came from {}", batch.messages().size(), request.remoteAddress());
        batch.warnings().forEach(warning -> LOG.warn("Batch from {}: {}", request.remoteAddress(), warning));
    }

    private static void setHeaders(Message message, Hl7Headers headers) {
        message.setHeader(Hl7Constants.MESSAGE_CONTROL_ID, headers.controlId());
        message.setHeader(Hl7Constants.MESSAGE_TYPE, headers.kind());
        message.setHeader(Hl7Constants.SENDING_APPLICATION, headers.field(3));
        message.setHeader(Hl7Constants.SENDING_FACILITY, headers.field(4));
        message.setHeader(Hl7Constants.PROCESSING_ID, headers.processingId());
        message.setHeader(Hl7Constants.VERSION, headers.version());
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (route.getEndpoint() instanceof NettyEndpoint
                && exchange.getException() == null
                && exchange.getProperty(Hl7Constants.REQUEST) instanceof MllpRequest request) {
            IntFunction<AckOutcome> outcomes = acknowledgements.outcomes(request, exchange);
            if (request.batch().isEmpty() && outcomes.apply(0) instanceof Refusal refusal) {
                LOG.warn(
                        "Message \"{}\" from {} is refused, route {} brought no receipt: {} {}",
                        request.controlId(),
                        request.remoteAddress(),
                        route.getRouteId(),
                        refusal.code().code(),
                        refusal.text());
            }
            exchange.getMessage().setBody(new Hl7Answer(request, acknowledgements.write(request, outcomes)));
        }
    }
}
