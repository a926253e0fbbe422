package io.collimator.acceptance.engine;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.wiring.Engine;
import io.collimator.engine.wiring.EngineOptions;
import io.collimator.engine.wiring.EngineParts;
import io.collimator.hl7.mllp.MllpAnswer;
import io.collimator.hl7.mllp.MllpClient;
import io.collimator.hl7.mllp.MllpClientSettings;
import io.collimator.simulators.PeerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An engine in this process on free ports. */
public final class EngineUnderTest implements AutoCloseable {

    /** Free ports, and short waits where a test would wait for a back-off. */
    private static final Map<String, String> SETTINGS = Map.of(
            "collimator.mllp.port", "0",
            "collimator.dicom.port", "0",
            "collimator.http.port", "0",
            "collimator.jms.port", "0",
            "collimator.time-zone", "UTC",
            // no test waits for the pauses of a delivery
            "collimator.forwarding.retry-seconds", "1",
            "collimator.forwarding.max-retry-seconds", "1");

    private final Engine engine;
    private final TestHome home;

    private EngineUnderTest(Engine engine, TestHome home) {
        this.engine = engine;
        this.home = home;
    }

    public static EngineUnderTest start(TestHome home) {
        return start(home, Map.of());
    }

    public static EngineUnderTest start(TestHome home, Map<String, String> settings) {
        return start(home, settings, EngineParts.production());
    }

    public static EngineUnderTest start(TestHome home, Map<String, String> settings, EngineParts parts) {
        Map<String, String> all = new HashMap<>(SETTINGS);
        all.putAll(settings);
        return new EngineUnderTest(Engine.start(new EngineOptions(home.root(), all, false, parts)), home);
    }

    public Engine engine() {
        return engine;
    }

    public TestHome home() {
        return home;
    }

    public PeerAddress dicom() {
        return PeerAddress.loopback(new AeTitle("COLLIMATOR"), engine.dicom().getPort());
    }

    public EngineApi api() {
        return new EngineApi(engine.http(), home.read("data/admin.password").strip());
    }

    public QueueReader queues() {
        return new QueueReader(engine.jms(), home.read("data/jms.password").strip());
    }

    /** Sends a message over a connection of its own. */
    public MllpAnswer send(String message) {
        try (MllpClient client = new MllpClient(MllpClientSettings.of(
                engine.mllp().getHostString(), engine.mllp().getPort()))) {
            return client.send(message.replace("\n", "\r").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The engine did not acknowledge.", e);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
