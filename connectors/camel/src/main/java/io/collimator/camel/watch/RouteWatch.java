package io.collimator.camel.watch;

import io.collimator.camel.allow.QueueNames;
import io.collimator.camel.watch.RouteListener.End;
import io.collimator.camel.watch.RouteListener.Work;
import io.collimator.dicom.service.DimseException;
import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.outcome.ErrorCode;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointAware;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.component.netty.NettyEndpoint;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * Stands around every step of every route, whoever wrote it, and tells what fails. It stands inside of what tries again, so
 * that each attempt is seen, also of an exchange that never ends because its receiver is away.
 */
public final class RouteWatch {

    private static final String LAST_FAILURE = "CollimatorLastFailure";

    private static final String SENT = "CollimatorSent";

    private final RouteListener listener;

    public RouteWatch(RouteListener listener) {
        this.listener = listener;
    }

    /** Before routes are added. */
    public void install(CamelContext context) {
        context.getCamelContextExtension().addInterceptStrategy(new Steps());
        context.addRoutePolicyFactory(new Ends());
    }

    /** What failed last in this exchange; without this watch only what was thrown is known. */
    public static StepFailure failureOf(Exchange exchange) {
        StepFailure failure = lastFailure(exchange);
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return failure != null
                ? failure
                : new StepFailure(
                        "", "", Duration.ZERO, thrown == null ? new IllegalStateException("Nothing failed.") : thrown);
    }

    /** Whether a receiver has taken the message over the network, whatever failed after that. */
    public static boolean isSent(Exchange exchange) {
        return exchange.getProperty(SENT, false, Boolean.class);
    }

    private static Work work(Exchange exchange) {
        return new Work(
                String.valueOf(exchange.getFromRouteId()),
                exchange.getExchangeId(),
                exchange.getMessage().getHeader(RouteListener.OUTBOX_ID, "", String.class));
    }

    private static @Nullable StepFailure lastFailure(Exchange exchange) {
        return exchange.getProperty(LAST_FAILURE) instanceof StepFailure failure ? failure : null;
    }

    /** What is cut off at the end of the process says nothing of a route or a receiver. */
    private static boolean endsWithTheProcess(Exchange exchange) {
        return exchange.getContext().isStopping() || exchange.getContext().isStopped();
    }

    private final class Steps implements InterceptStrategy {

        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
            return new DelegateAsyncProcessor(target) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    return super.process(exchange, doneSync -> {
                        tell(exchange, definition, target);
                        callback.done(doneSync);
                    });
                }
            };
        }

        private void tell(Exchange exchange, NamedNode definition, Processor target) {
            Exception thrown = exchange.getException();
            if (thrown == null && target instanceof EndpointAware to && to.getEndpoint() instanceof NettyEndpoint) {
                exchange.setProperty(SENT, true);
            }
            StepFailure last = lastFailure(exchange);
            // what a step within this one threw is told already
            if (thrown == null || endsWithTheProcess(exchange) || (last != null && last.thrown() == thrown)) {
                return;
            }
            @Nullable Endpoint endpoint = target instanceof EndpointAware aware ? aware.getEndpoint() : null;
            StepFailure failure =
                    new StepFailure(String.valueOf(definition.getId()), where(endpoint), timeout(endpoint), thrown);
            exchange.setProperty(LAST_FAILURE, failure);
            listener.stepFailed(work(exchange), failure);
        }

        private String where(@Nullable Endpoint endpoint) {
            if (endpoint instanceof NettyEndpoint netty) {
                return netty.getConfiguration().getHost() + ":"
                        + netty.getConfiguration().getPort();
            }
            return endpoint == null ? "" : endpoint.getEndpointBaseUri();
        }

        private Duration timeout(@Nullable Endpoint endpoint) {
            return endpoint instanceof NettyEndpoint netty
                    ? Duration.ofMillis(netty.getConfiguration().getRequestTimeout())
                    : Duration.ZERO;
        }
    }

    private final class Ends extends RoutePolicySupport implements RoutePolicyFactory {

        @Override
        public RoutePolicy createRoutePolicy(CamelContext camelContext, String routeId, NamedNode route) {
            return this;
        }

        @Override
        public void onInit(Route route) {
            if (route.isAutoStartup()) {
                QueueNames.named(route.getEndpoint().getEndpointUri())
                        .ifPresent(queue -> listener.consumesQueue(route.getRouteId(), queue));
            }
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            if (isItsOwn(route, exchange)) {
                listener.begun(work(exchange));
            }
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            if (isItsOwn(route, exchange) && !(endsWithTheProcess(exchange) && end(exchange) == End.FAILED)) {
                listener.ended(work(exchange), end(exchange), lastFailure(exchange));
            }
        }

        /** Not one that another route only calls. */
        private boolean isItsOwn(Route route, Exchange exchange) {
            return route.getRouteId().equals(exchange.getFromRouteId());
        }

        private End end(Exchange exchange) {
            Exception thrown = exchange.getException();
            if (thrown != null) {
                return isRefusal(thrown) ? End.REFUSED : End.FAILED;
            }
            if (exchange.getExchangeExtension().isFailureHandled()) {
                StepFailure handled = lastFailure(exchange);
                return handled != null && isRefusal(handled.thrown()) ? End.REFUSED : End.GIVEN_UP;
            }
            return End.WELL;
        }

        private boolean isRefusal(Throwable thrown) {
            return AckPolicy.refusalFor(thrown).code() != ErrorCode.APPLICATION_INTERNAL_ERROR
                    || ObjectHelper.getException(DimseException.class, thrown) != null;
        }
    }
}
