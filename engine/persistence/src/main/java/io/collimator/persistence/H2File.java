package io.collimator.persistence;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * Connections to an H2 file that this process holds, and the file behind them. After the last connection of a store that closed
 * itself, the next one opens the file anew, for reading only if that was said. Thread-safe.
 */
public final class H2File implements DataSource {

    /** More than one commit writes, so that a disk that took as much does not run full at the first one. */
    private static final int PROBE_BYTES = 4 * 1024 * 1024;

    /** SQLSTATE of a connection that cannot be had before others have ended. */
    static final String IN_USE = "08001";

    private final String url;
    private final String user;
    private final String password;
    private volatile boolean readOnly;
    private volatile @Nullable Opened opened;

    /** @param readOnly how it was to be opened */
    private record Opened(MVStore store, boolean readOnly) {}

    public H2File(String url, String user, String password) {
        this.url = url(url);
        this.user = user;
        this.password = password;
    }

    /**
     * With what the file needs; what the URL says already stays. It is written through at each commit, and closed by us and not
     * by H2's own shutdown hook, which would be too early. Each commit writes the changed pages of some forty tables and
     * indexes: small pages are fewer bytes. Space that nothing needs is written again after ten seconds, in which
     * {@link H2Compaction} has forced the file to the disk. H2 keeps no log of its own, which would quote rows.
     */
    static String url(String url) {
        String full = with(with(url, "WRITE_DELAY", "0"), "DB_CLOSE_ON_EXIT", "FALSE");
        return with(with(with(full, "PAGE_SIZE", "4096"), "RETENTION_TIME", "10000"), "TRACE_LEVEL_FILE", "0");
    }

    static String with(String url, String parameter, String value) {
        return url.toUpperCase(Locale.ROOT).contains(";" + parameter + "=") ? url : url + ";" + parameter + "=" + value;
    }

    @Override
    public synchronized Connection getConnection() throws SQLException {
        Opened before = opened;
        boolean mode = readOnly;
        if (before != null && !before.store().isClosed() && before.readOnly() != mode) {
            // one more would keep it open as it is
            throw new SQLException("The H2 file is opened anew as soon as its connections are closed.", IN_USE);
        }
        Connection connection = DriverManager.getConnection(mode ? url + ";ACCESS_MODE_DATA=r" : url, user, password);
        // with AUTO_SERVER another process may hold the file
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            MVStore store = session.getDatabase().getStore().getMvStore();
            if (before == null || before.store() != store) {
                opened = new Opened(store, mode);
            }
        }
        return connection;
    }

    @Override
    public Connection getConnection(String asUser, String withPassword) throws SQLException {
        return getConnection();
    }

    /** How the file is opened when no connection is left: for reading only, or for both. */
    void openFor(boolean readingOnly) {
        readOnly = readingOnly;
    }

    /** Whether a failure has closed the store under its connections. */
    boolean isClosed() {
        Opened current = opened;
        return current != null && current.store().isClosed();
    }

    /** What closed the store; null when nothing did. */
    @Nullable
    MVStoreException whatClosedIt() {
        Opened current = opened;
        return current == null ? null : current.store().getPanicException();
    }

    /** The open store; null when it is closed or another process holds it. */
    public @Nullable MVStore store() {
        Opened current = opened;
        return current == null || current.store().isClosed() ? null : current.store();
    }

    /** Bytes of the file, 0 when it is closed. */
    long bytes() {
        MVStore current = store();
        // its own count does not follow the file when that is cut
        return current == null ? 0 : FileUtils.size(current.getFileStore().getFileName());
    }

    /**
     * Tries whether the disk takes data again, by a file beside the database.
     *
     * @throws IOException when it does not
     */
    void tryDisk() throws IOException {
        Opened current = opened;
        if (current == null) {
            return;
        }
        String probe = current.store().getFileStore().getFileName() + ".probe";
        try (OutputStream out = FileUtils.newOutputStream(probe, false)) {
            out.write(new byte[PROBE_BYTES]);
        } catch (RuntimeException e) {
            throw new IOException("A file beside the database cannot be written.", e);
        } finally {
            FileUtils.tryDelete(probe);
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("H2 writes no log here.");
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the file is in this process
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.collimator.persistence");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException("Nothing is wrapped here.");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
