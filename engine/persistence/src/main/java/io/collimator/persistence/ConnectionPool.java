package io.collimator.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Locale;

/** Makes the connection pool: one for Flyway and Hibernate, without autocommit, READ COMMITTED, with time limits. */
final class ConnectionPool {

    private ConnectionPool() {}

    static HikariDataSource open(DatabaseSettings settings) {
        DatabaseKind kind = DatabaseKind.of(settings.url());
        HikariConfig config = new HikariConfig();
        config.setPoolName("collimator-db");
        config.setJdbcUrl(urlOf(settings.url(), kind));
        config.setUsername(settings.user());
        config.setPassword(settings.password().get());
        config.setMaximumPoolSize(settings.poolSize());
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setInitializationFailTimeout(settings.connectionTimeout().toMillis());
        config.setConnectionInitSql(timeLimits(settings, kind));
        return new HikariDataSource(config);
    }

    /**
     * An H2 that lives in this process writes through at each commit, and is closed by us and not by its own shutdown
     * hook, which would be too early. What the URL says already stays.
     */
    static String urlOf(String url, DatabaseKind kind) {
        return switch (kind) {
            case POSTGRESQL, H2_SERVER -> url;
            case H2_FILE -> with(with(url, "WRITE_DELAY", "0"), "DB_CLOSE_ON_EXIT", "FALSE");
            case H2_MEMORY -> with(url, "DB_CLOSE_ON_EXIT", "FALSE");
        };
    }

    private static String with(String url, String parameter, String value) {
        return url.toUpperCase(Locale.ROOT).contains(";" + parameter + "=") ? url : url + ";" + parameter + "=" + value;
    }

    private static String timeLimits(DatabaseSettings settings, DatabaseKind kind) {
        long lock = settings.lockTimeout().toMillis();
        long query = settings.queryTimeout().toMillis();
        return kind.isH2()
                ? "SET LOCK_TIMEOUT " + lock + "; SET QUERY_TIMEOUT " + query
                : "SET lock_timeout = " + lock + "; SET statement_timeout = " + query
                        + "; SET idle_in_transaction_session_timeout = " + Math.multiplyExact(query, 3);
    }
}
