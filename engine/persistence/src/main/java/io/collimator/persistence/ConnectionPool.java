package io.collimator.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/** Makes the connection pool: one for Flyway and Hibernate, without autocommit, READ COMMITTED, with time limits. */
final class ConnectionPool {

    private ConnectionPool() {}

    /** @param file what it connects to when the database is an H2 file of this process, else null */
    static HikariDataSource open(DatabaseSettings settings, @Nullable H2File file) {
        DatabaseKind kind = DatabaseKind.of(settings.url());
        HikariConfig config = new HikariConfig();
        config.setPoolName("collimator-db");
        if (file != null) {
            config.setDataSource(file);
        } else {
            config.setJdbcUrl(urlOf(settings.url(), kind));
            config.setUsername(settings.user());
            config.setPassword(settings.password().get());
        }
        config.setMaximumPoolSize(settings.poolSize());
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setInitializationFailTimeout(settings.connectionTimeout().toMillis());
        config.setConnectionInitSql(timeLimits(settings, kind));
        return new HikariDataSource(config);
    }

    /** What the URL says already stays. */
    static String urlOf(String url, DatabaseKind kind) {
        return switch (kind) {
            case POSTGRESQL, H2_SERVER -> url;
            case H2_FILE -> H2File.url(url);
            case H2_MEMORY -> H2File.with(url, "DB_CLOSE_ON_EXIT", "FALSE");
        };
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
