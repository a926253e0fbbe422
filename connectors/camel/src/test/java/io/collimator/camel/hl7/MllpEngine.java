package io.collimator.camel.hl7;

import io.collimator.hl7.ack.AckFactory;
import io.collimator.hl7.mllp.MllpSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A Camel context with the transport installed and one YAML route of MLLP. */
final class MllpEngine implements AutoCloseable {

    static final MllpTransportSettings SETTINGS = settings(Duration.ofSeconds(20), 16);

    final Intake intake = new Intake();
    final List<String> oversized = new CopyOnWriteArrayList<>();
    final DefaultCamelContext context = new DefaultCamelContext();
    final MllpTransport transport;
    final int port;

    MllpEngine(String before, String steps, MllpTransportSettings settings) throws Exception {
        port = freePort();
        transport = new MllpTransport(
                settings,
                new AckFactory(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC), () -> "A1"),
                (head, refusal, remote) ->
                        oversized.add(new String(head, 0, Math.min(20, head.length), StandardCharsets.ISO_8859_1)));
        context.getRegistry().bind("orders", intake);
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(5);
        transport.install(context);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("orders.camel.yaml", before + route(steps)));
        context.start();
    }

    static MllpEngine with(String steps) throws Exception {
        return new MllpEngine("", steps, SETTINGS);
    }

    static MllpTransportSettings settings(Duration answerTimeout, int maxConnections) {
        return new MllpTransportSettings(
                new MllpSettings(4096, Duration.ofMillis(100), Duration.ofMillis(800), Duration.ofMillis(1500)),
                StandardCharsets.ISO_8859_1,
                new MllpTransportSettings.Limits(maxConnections, maxConnections, 1 << 20),
                4,
                answerTimeout);
    }

    private String route(String steps) {
        return """
                - route:
                    id: orders-in
                    description: Orders.
                    from:
                      uri: netty:tcp
                      parameters:
                        host: 127.0.0.1
                        port: %d
                        decoders: "#mllpDecoder"
                        encoders: "#mllpEncoder"
                        sync: true
                      steps:
                """.formatted(port) + steps.indent(12);
    }

    static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    MllpSocket connect() throws Exception {
        return new MllpSocket(port);
    }

    @Override
    public void close() {
        intake.release.countDown();
        context.stop();
    }
}
