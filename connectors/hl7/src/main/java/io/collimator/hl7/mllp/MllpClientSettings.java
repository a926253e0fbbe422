package io.collimator.hl7.mllp;

import java.time.Duration;

/**
 * Where to send to, and for how long to wait.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param connectTimeout longest time for the connection to open
 * @param responseTimeout longest time from the message to its complete answer
 * @param maxAnswerBytes longest answer, bytes
 */
public record MllpClientSettings(
        String host, int port, Duration connectTimeout, Duration responseTimeout, int maxAnswerBytes) {

    /** 5 s to connect, 30 s for the answer, 1 MiB. */
    public static MllpClientSettings of(String host, int port) {
        return new MllpClientSettings(host, port, Duration.ofSeconds(5), Duration.ofSeconds(30), 1 << 20);
    }
}
