package io.collimator.engine.wiring;

import io.collimator.engine.config.EngineSettings;
import java.net.InetSocketAddress;

/** Where the engine listens, with real ports. */
record EngineAddresses(InetSocketAddress mllp, InetSocketAddress dicom, InetSocketAddress http, InetSocketAddress jms) {

    /** @throws StartException naming the setting when an address cannot be bound */
    static EngineAddresses claim(EngineSettings settings) {
        return new EngineAddresses(
                Listeners.claim(
                        "collimator.mllp",
                        settings.mllp().bindAddress(),
                        settings.mllp().port()),
                Listeners.claim(
                        "collimator.dicom",
                        settings.dicom().bindAddress(),
                        settings.dicom().port()),
                Listeners.claim(
                        "collimator.http",
                        settings.http().bindAddress(),
                        settings.http().port()),
                settings.jms().isEmbedded()
                        ? Listeners.claim(
                                "collimator.jms",
                                settings.jms().bindAddress(),
                                settings.jms().port())
                        : InetSocketAddress.createUnresolved(
                                settings.jms().bindAddress(), settings.jms().port()));
    }
}
