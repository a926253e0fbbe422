package io.collimator.camel.hl7;

import io.collimator.camel.allow.RouteRules;
import io.collimator.hl7.ack.AckFactory;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.UnorderedThreadPoolEventExecutor;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.util.ObjectHelper;

/**
 * MLLP in a Camel context: the codec under its two names, the threads that run routes, and the ACK policy around every
 * route that consumes {@code netty:}. Install it before routes are added; call {@link #drain} before Camel stops.
 */
public final class MllpTransport {

    private final MllpTransportSettings settings;
    private final AckFactory answers;
    private final RefusedFrames refusedFrames;
    private final MllpCrowding crowding = new MllpCrowding();
    private final MllpTraffic traffic;
    private final MllpBuffers buffers;
    private final MllpLosses losses = new MllpLosses();

    public MllpTransport(MllpTransportSettings settings, AckFactory answers, RefusedFrames refusedFrames) {
        this.settings = settings;
        this.answers = answers;
        this.refusedFrames = refusedFrames;
        MllpTransportSettings.Limits limits = settings.limits();
        this.traffic = new MllpTraffic(limits.connections(), limits.connectionsOfHost(), crowding);
        this.buffers = new MllpBuffers(limits.bytes());
    }

    /**
     * Binds {@code mllpDecoder}, {@code mllpEncoder} and the language {@code hl7terser}, adds the {@code netty} component and the
     * ACK policy.
     *
     * @throws IllegalArgumentException when the context has a netty component already
     */
    public void install(CamelContext context) {
        Acknowledgements acknowledgements = new Acknowledgements(answers);
        // Not Netty's ordered threads: there a slow message would hold up other connections. The gate keeps the order.
        UnorderedThreadPoolEventExecutor threads =
                new UnorderedThreadPoolEventExecutor(settings.threads(), new DefaultThreadFactory("mllp"));
        MllpComponent netty = new MllpComponent();
        netty.setExecutorService(threads);
        context.addComponent("netty", netty);
        MllpListenerParts parts = new MllpListenerParts(
                settings,
                acknowledgements,
                traffic,
                buffers,
                losses,
                crowding,
                refusedFrames,
                threads,
                new DefaultEventExecutor(new DefaultThreadFactory("mllp-apart", true)));
        context.getRegistry().bind(RouteRules.MLLP_DECODER, new MllpDecoderFactory(parts));
        context.getRegistry().bind(RouteRules.MLLP_ENCODER, new MllpEncoderFactory());
        context.addRoutePolicyFactory(new AckRoutePolicy(acknowledgements));
        context.getRegistry().bind(TerserLanguage.NAME, new TerserLanguage(settings));
    }

    /** Whether a receiver took a message and did not answer in time. */
    public static boolean isAnswerTimeout(Throwable thrown) {
        return ObjectHelper.getException(ReadTimeoutException.class, thrown) != null;
    }

    /** Open connections of senders. */
    public int connections() {
        return traffic.connections();
    }

    /** Bytes of unfinished frames and of messages that are not answered. */
    public long heldBytes() {
        return buffers.used();
    }

    /** Connections that were closed for want of room, since the start: how many, by kind. */
    public Map<String, Long> crowdedOut() {
        return crowding.counts();
    }

    /** What did not reach its end before its connection did, since the start: how many, by kind. */
    public Map<String, Long> losses() {
        return losses.counts();
    }

    /**
     * Takes no more connections and messages, and waits until those under way are answered.
     *
     * @return whether all were answered in time
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        return traffic.drain(timeout);
    }
}
