package io.collimator.acceptance.engine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A PostgreSQL for an engine, which is a plain user there, and a way past the engine to look at it and to slow it down. */
public final class EnginePostgres implements AutoCloseable {

    private static final String ADMINISTRATOR = "postgres";
    private static final String ENGINE = "engine";

    private final EmbeddedPostgres server;

    private EnginePostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    public static EnginePostgres start() {
        try {
            EnginePostgres database =
                    new EnginePostgres(EmbeddedPostgres.builder().start());
            execute(
                    database.url(ADMINISTRATOR, ADMINISTRATOR),
                    "CREATE ROLE " + ENGINE + " LOGIN",
                    "CREATE DATABASE " + ENGINE + " OWNER " + ENGINE);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be started.", e);
        }
    }

    /** The settings given and those that lead an engine here. */
    public Map<String, String> settings(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("collimator.db.url", url(ENGINE, ENGINE));
        all.put("collimator.db.user", ENGINE);
        return all;
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    /** What connections of the engine are in the middle of: state and statement. */
    public List<String> busy() {
        String sql =
                "SELECT state || ' for ' || (clock_timestamp() - state_change) || ': ' || query FROM pg_stat_activity"
                        + " WHERE usename = '" + ENGINE + "' AND state <> 'idle'";
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url(ADMINISTRATOR, ADMINISTRATOR));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                found.add(result.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url(String user, String database) {
        return server.getJdbcUrl(user, database);
    }

    /** As administrator, on the engine's database. */
    public void change(String... statements) {
        execute(url(ADMINISTRATOR, ENGINE), statements);
    }

    private static void execute(String url, String... statements) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many statements of the engine run now whose text is like this. */
    public int running(String pattern) {
        return count("state = 'active' AND query LIKE '" + pattern + "'");
    }

    /** How many connections of the engine search the worklist, or have searched it and keep their transaction open. */
    public int searching() {
        return count("state <> 'idle' AND query LIKE '%s.data_set FROM %'");
    }

    /** How many connections of the engine there are. */
    public int connections() {
        return count("TRUE");
    }

    /** A way to read the engine's database. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(ADMINISTRATOR, ENGINE));
    }

    private int count(String condition) {
        String sql = "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + ENGINE + "' AND " + condition;
        try (Connection connection = DriverManager.getConnection(url(ADMINISTRATOR, ADMINISTRATOR));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on each row of the worklist that the engine reads takes so long. */
    public void slowDown(double secondsPerStep) {
        change(
                "ALTER TABLE scheduled_step ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE scheduled_step FORCE ROW LEVEL SECURITY",
                "CREATE POLICY slow ON scheduled_step USING (pg_sleep(" + secondsPerStep + ") IS NOT NULL)");
    }

    /** No longer. */
    public void speedUp() {
        change(
                "DROP POLICY IF EXISTS slow ON scheduled_step",
                "ALTER TABLE scheduled_step NO FORCE ROW LEVEL SECURITY",
                "ALTER TABLE scheduled_step DISABLE ROW LEVEL SECURITY");
    }

    /** Copies the one step of an accession, as many times; the copies are told apart by accession and step id only. */
    public void copy(String accession, int times) {
        change(
                "SET session_replication_role = replica",
                "INSERT INTO scheduled_step SELECT s.id + n::bigint * 1000000, 'X' || n, s.step_id || n, s.ordinal,"
                        + " s.step_id_derived, s.status, s.ordered_at, s.start_at, s.modality, s.patient_id,"
                        + " s.requested_procedure_id, s.study_instance_uid, s.data_set FROM scheduled_step s,"
                        + " generate_series(1, " + times + ") n WHERE s.accession = '" + accession + "'",
                "ANALYZE");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop.", e);
        }
    }
}
