package io.collimator.engine.wiring;

import io.collimator.engine.config.EngineSettings;
import io.collimator.persistence.DatabaseKind;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The line that ends the start-up (contract, Commands). */
final class ReadyLine {

    private ReadyLine() {}

    static String of(EngineRoom room, long nanos) {
        EngineSettings settings = room.settings();
        EngineAddresses addresses = room.addresses();
        DatabaseKind database = room.databaseKind();
        return "Collimator ready in %s s · MLLP %s · DICOM %s@%s · console http://%s · JMS %s · database %s (an acknowledgement survives %s)"
                .formatted(
                        String.format(Locale.ROOT, "%.1f", nanos / (double) TimeUnit.SECONDS.toNanos(1)),
                        hostAndPort(addresses.mllp()),
                        settings.dicom().aeTitle(),
                        hostAndPort(addresses.dicom()),
                        hostAndPort(addresses.http()),
                        room.jmsUrl(),
                        database.label(),
                        database.acknowledgementSurvives());
    }

    private static String hostAndPort(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
