package io.collimator.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL of this run's own that is safe against a power cut: fsync and synchronous commit are on. */
final class PostgresCluster implements AutoCloseable {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;
    private final ProcessHandle postmaster;

    private PostgresCluster(EmbeddedPostgres server, ProcessHandle postmaster) {
        this.server = server;
        this.postmaster = postmaster;
    }

    static PostgresCluster start() throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                // the builder switches fsync off, for tests
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        ProcessHandle postmaster = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent())
                .findFirst()
                .or(() -> postmasterOf(server.getPort()))
                .orElseThrow(() -> new IOException("The process of PostgreSQL was not found."));
        PostgresCluster cluster = new PostgresCluster(server, postmaster);
        for (String setting : new String[] {"fsync", "synchronous_commit"}) {
            if (!cluster.ask("postgres", "SHOW " + setting).equals("on")) {
                cluster.close();
                throw new IOException("PostgreSQL runs without " + setting + "; nothing measured on it would count.");
            }
        }
        return cluster;
    }

    private static java.util.Optional<ProcessHandle> postmasterOf(int port) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("/postgres ") && line.contains("-p " + port + " "))
                        .isPresent())
                .findFirst();
    }

    void create(String database) throws SQLException {
        execute("postgres", "CREATE DATABASE " + database);
    }

    String url(String database) {
        return server.getJdbcUrl(USER, database);
    }

    int port() {
        return server.getPort();
    }

    String user() {
        return USER;
    }

    String ask(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** The first column of every row. */
    List<String> askAll(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getString(1));
            }
            return values;
        }
    }

    /** The first column of every row, as bytes. */
    List<byte[]> askAllBytes(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<byte[]> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getBytes(1));
            }
            return values;
        }
    }

    void execute(String database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Processor time of the server's processes, those that have ended included where the system tells. */
    Duration cpu() {
        return postmaster
                .descendants()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(ended(), Duration::plus);
    }

    /** Of the server's processes that have ended (proc(5), cutime and cstime, in ticks of 10 ms). */
    private Duration ended() {
        Path file = Path.of("/proc/%d/stat".formatted(postmaster.pid()));
        if (!Files.isReadable(file)) {
            return Duration.ZERO;
        }
        try {
            String stat = Files.readString(file);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Duration.ofMillis(10 * (Long.parseLong(fields[13]) + Long.parseLong(fields[14])));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read.", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
