package io.collimator.acceptance.peer;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of loopback that nobody has at this moment; for those who must be told one before they bind it. It is none of those that
 * systems give to outgoing connections, so that none of these takes it meanwhile.
 */
public final class FreePort {

    private static final int FIRST = 12_000;
    private static final int COUNT = 20_000;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    public static int choose() {
        IOException last = new BindException("Nothing was tried.");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new IllegalStateException("No free port on loopback.", last);
    }
}
