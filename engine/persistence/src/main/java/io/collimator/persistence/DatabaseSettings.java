package io.collimator.persistence;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the store is and how long to wait for it.
 *
 * @param url JDBC URL of H2 or PostgreSQL
 * @param user database user, empty when the URL says it all
 * @param password asked once, when the store is opened
 * @param poolSize connections, 2 or more
 * @param connectionTimeout longest wait for a connection, 250 ms or more; also for the first one
 * @param lockTimeout longest wait for a row that another transaction holds
 * @param queryTimeout longest run of one statement
 */
public record DatabaseSettings(
        String url,
        String user,
        Supplier<String> password,
        int poolSize,
        Duration connectionTimeout,
        Duration lockTimeout,
        Duration queryTimeout) {

    public DatabaseSettings {
        DatabaseKind.of(url);
        if (poolSize < 2) {
            throw new IllegalArgumentException(
                    "The connection pool has %d connections; it needs 2 or more.".formatted(poolSize));
        }
    }

    /** 16 connections, 5 s for a connection, 5 s for a lock, 20 s for a statement. */
    public static DatabaseSettings of(String url, String user, Supplier<String> password) {
        return new DatabaseSettings(
                url, user, password, 16, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    /** Without the password, and without the URL's parameters, which may hold one. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + url.split("[;?]", 2)[0] + ", " + poolSize + " connections]";
    }
}
