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
 * @param answerTimeout longest time that a unit of work may keep a peer waiting, all of it together: the wait for a
 *     connection, every statement, every further attempt. The three above give way to it
 */
public record DatabaseSettings(
        String url,
        String user,
        Supplier<String> password,
        int poolSize,
        Duration connectionTimeout,
        Duration lockTimeout,
        Duration queryTimeout,
        Duration answerTimeout) {

    private static final Duration SILENCE_OVER_STATEMENT = Duration.ofSeconds(3);

    public DatabaseSettings {
        DatabaseKind.of(url);
        if (poolSize < 2) {
            throw new IllegalArgumentException(
                    "The connection pool has %d connections; it needs 2 or more.".formatted(poolSize));
        }
    }

    /** 16 connections, 5 s for a connection, 5 s for a lock, 20 s for a statement, 10 s for an answer. */
    public static DatabaseSettings of(String url, String user, Supplier<String> password) {
        return new DatabaseSettings(
                url,
                user,
                password,
                16,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10));
    }

    /** Half of the time for an answer at most, so that there is some left to use the connection. */
    Duration connectionLimit() {
        return shorter(connectionTimeout, answerTimeout.dividedBy(2));
    }

    Duration lockLimit() {
        return shorter(lockTimeout, answerTimeout.dividedBy(2));
    }

    /** Ends before the time for an answer does, so that the database ends the statement and the connection stays. */
    Duration statementLimit() {
        return shorter(queryTimeout, answerTimeout.multipliedBy(9).dividedBy(10));
    }

    /** How long a connection may say nothing: a statement over its limit is ended by the database before. */
    Duration silenceLimit() {
        return statementLimit().plus(SILENCE_OVER_STATEMENT);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Without the password, and without the URL's parameters, which may hold one. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + url.split("[;?]", 2)[0] + ", " + poolSize + " connections]";
    }
}
