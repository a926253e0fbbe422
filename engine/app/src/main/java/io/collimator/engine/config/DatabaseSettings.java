package io.collimator.engine.config;

import io.collimator.engine.config.SettingsReader.Range;
import java.time.Duration;

/**
 * The database.
 *
 * @param url empty: an H2 file under the data folder
 * @param poolSize connections at most
 * @param connectTimeout how long a unit of work waits for a connection
 * @param lockTimeout how long it waits for a row that another one holds
 * @param queryTimeout longest run of one statement
 * @param answerTimeout how long a peer waits for an answer because of the database, all in all
 */
public record DatabaseSettings(
        String url,
        String user,
        String password,
        int poolSize,
        Duration connectTimeout,
        Duration lockTimeout,
        Duration queryTimeout,
        Duration answerTimeout) {

    static DatabaseSettings read(SettingsReader in) {
        in.section("Database");
        return new DatabaseSettings(
                in.parsed(
                        "collimator.db.url",
                        "",
                        Addresses.DATABASE_URL,
                        Addresses::databaseUrl,
                        "JDBC URL of PostgreSQL or H2, for instance jdbc:postgresql://db:5432/collimator; empty: an H2 file under the data folder."),
                in.text("collimator.db.user", "collimator", "User of the database."),
                in.text(
                        "collimator.db.password",
                        "",
                        "Password of that user. Better set by COLLIMATOR_DB_PASSWORD than here."),
                in.integer(
                        "collimator.db.pool-connections",
                        16,
                        new Range(4, 500, "connections"),
                        "Connections to the database at most. Orders have three quarters of them, search and console a quarter, so that modalities find one."),
                in.duration(
                        "collimator.db.connect-timeout-seconds",
                        5,
                        300,
                        "How long a request waits for a connection before it is answered that we cannot store now; at most half of collimator.db.answer-timeout-seconds."),
                in.duration(
                        "collimator.db.lock-timeout-seconds",
                        5,
                        300,
                        "How long a request waits for a row that another one holds; at most half of collimator.db.answer-timeout-seconds."),
                in.duration(
                        "collimator.db.query-timeout-seconds",
                        20,
                        600,
                        "Longest run of one statement; never longer than collimator.db.answer-timeout-seconds."),
                in.duration(
                        "collimator.db.answer-timeout-seconds",
                        10,
                        600,
                        "How long a peer waits for an answer because of the database, all waits and attempts together; then it is told that we cannot now (AR 207, A700H, 0110H, 503)."));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + url + "]";
    }
}
