package io.collimator.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes the connection pools: without autocommit, READ COMMITTED, with time limits. */
final class ConnectionPool {

    /** How long a connection may take for a sign of life before it is given to somebody. */
    private static final Duration VALIDATION = Duration.ofSeconds(1);

    /** Idle connections are asked for a sign of life as often, so that no firewall forgets them. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(2);

    /** Connections that the network has swallowed: the server need not keep its side of them for hours. */
    private static final String FORGET_THE_DEAD =
            "; SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3";

    /** A script holds one; Flyway looks after its lock and its table on two more. */
    private static final int SCRIPT_CONNECTIONS = 3;

    private ConnectionPool() {}

    /**
     * For units of work, each statement of which has a limit.
     *
     * @param file what it connects to when the database is an H2 file of this process, else null
     */
    static HikariDataSource open(DatabaseSettings settings, @Nullable H2File file) {
        DatabaseKind kind = DatabaseKind.of(settings.url());
        HikariConfig config = config(settings, urlOf(settings.url(), kind, settings.answerTimeout()));
        config.setPoolName("collimator-db");
        config.setMaximumPoolSize(settings.poolSize());
        config.setKeepaliveTime(KEEP_ALIVE.toMillis());
        config.setConnectionInitSql(timeLimits(settings, kind));
        if (kind == DatabaseKind.POSTGRESQL) {
            config.addDataSourceProperty("socketTimeout", seconds(settings.silenceLimit()));
        }
        if (file != null) {
            config.setJdbcUrl(null);
            config.setDataSource(file);
        }
        return new HikariDataSource(config);
    }

    /** For schema scripts, which take as long as they take. */
    static HikariDataSource forScripts(DatabaseSettings settings) {
        DatabaseKind kind = DatabaseKind.of(settings.url());
        HikariConfig config = config(settings, urlOf(settings.url(), kind, Duration.ZERO));
        config.setPoolName("collimator-db-scripts");
        config.setMaximumPoolSize(SCRIPT_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionInitSql(lockLimit(settings, kind));
        return new HikariDataSource(config);
    }

    private static HikariConfig config(DatabaseSettings settings, String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(settings.user());
        config.setPassword(settings.password().get());
        config.setAutoCommit(false);
        // else a sign of life leaves a transaction open on a connection that lies idle
        config.setIsolateInternalQueries(true);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(settings.connectionLimit().toMillis());
        config.setInitializationFailTimeout(settings.connectionTimeout().toMillis());
        config.setValidationTimeout(
                Math.min(VALIDATION.toMillis(), settings.connectionLimit().toMillis() / 2));
        if (DatabaseKind.of(url) == DatabaseKind.POSTGRESQL) {
            // what the URL says goes before
            config.addDataSourceProperty("tcpKeepAlive", "true");
            config.addDataSourceProperty("connectTimeout", seconds(settings.connectionLimit()));
            config.addDataSourceProperty("loginTimeout", seconds(settings.connectionLimit()));
            config.addDataSourceProperty("cancelSignalTimeout", seconds(CANCEL_LIMIT));
        }
        return config;
    }

    /** The driver counts in whole seconds; 0 would be for ever. */
    private static String seconds(Duration limit) {
        long whole = (limit.toMillis() + TimeUnit.SECONDS.toMillis(1) - 1) / TimeUnit.SECONDS.toMillis(1);
        return Long.toString(Math.max(1, whole));
    }

    /**
     * From a server an answer is waited for. What the URL says already stays.
     *
     * @param silence how long a server may say nothing; zero for ever
     */
    static String urlOf(String url, DatabaseKind kind, Duration silence) {
        return switch (kind) {
            case POSTGRESQL -> url;
            case H2_SERVER -> H2File.with(url, "NETWORK_TIMEOUT", Long.toString(silence.toMillis()));
            case H2_FILE -> H2File.url(url);
            case H2_MEMORY -> H2File.with(url, "DB_CLOSE_ON_EXIT", "FALSE");
        };
    }

    private static String timeLimits(DatabaseSettings settings, DatabaseKind kind) {
        long query = settings.statementLimit().toMillis();
        return lockLimit(settings, kind)
                + (kind.isH2()
                        ? "; SET QUERY_TIMEOUT " + query
                        : "; SET statement_timeout = " + query + "; SET idle_in_transaction_session_timeout = "
                                + settings.silenceLimit().toMillis() + FORGET_THE_DEAD);
    }

    private static String lockLimit(DatabaseSettings settings, DatabaseKind kind) {
        long lock = settings.lockLimit().toMillis();
        return kind.isH2() ? "SET LOCK_TIMEOUT " + lock : "SET lock_timeout = " + lock;
    }
}
