package io.collimator.persistence;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose connections send their inserts through an {@link InsertPipeline}, are kept within an {@link AnswerLimit},
 * and fail when the database warns of a commit; everything else is the real one's.
 */
final class PipelinedDataSource implements DataSource {

    private final DataSource real;
    private final AnswerLimit limit;
    private final CommitDoubt doubt = new CommitDoubt();

    PipelinedDataSource(DataSource real, AnswerLimit limit) {
        this.real = real;
        this.limit = limit;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return proxy(Connection.class, new Transport(real.getConnection(), limit, doubt));
        } catch (SQLTransientConnectionException e) {
            limit.noConnection();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return proxy(Connection.class, new Transport(real.getConnection(user, password), limit, doubt));
    }

    /** A connection. */
    private static final class Transport implements InvocationHandler {

        private final Connection connection;
        private final InsertPipeline pipeline;
        private final CommitDoubt doubt;
        private final Future<?> timeLimit;

        Transport(Connection connection, AnswerLimit limit, CommitDoubt doubt) {
            this.connection = connection;
            this.doubt = doubt;
            this.pipeline = new InsertPipeline(connection);
            this.timeLimit = limit.watch(connection);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
            switch (method.getName()) {
                case "prepareStatement" -> {
                    return prepare(method, arguments);
                }
                case "createStatement" -> {
                    return proxy(Statement.class, new Watched(call(connection, method, arguments), pipeline));
                }
                case "commit" -> {
                    doubt.commit(connection, pipeline);
                    return null;
                }
                case "setSavepoint", "releaseSavepoint", "setAutoCommit" -> pipeline.send();
                case "rollback", "abort" -> pipeline.forget();
                case "close" -> {
                    pipeline.forget();
                    timeLimit.cancel(false);
                }
                default -> {
                    // touches no rows
                }
            }
            return call(connection, method, arguments);
        }

        private Object prepare(Method method, Object @Nullable [] arguments) throws SQLException {
            String sql = arguments != null && arguments[0] instanceof String text ? text : "";
            if (arguments != null && arguments.length == 1 && InsertPipeline.takes(sql)) {
                return proxy(PreparedStatement.class, new Deferred(sql, pipeline));
            }
            Object statement = Objects.requireNonNull(call(connection, method, arguments));
            return InsertPipeline.drawsNumber(sql)
                    ? statement
                    : proxy(PreparedStatement.class, new Watched(statement, pipeline));
        }
    }

    /** A statement before whose execution the pipeline is sent. */
    private record Watched(@Nullable Object statement, InsertPipeline pipeline) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
            if (method.getName().startsWith("execute")) {
                pipeline.send();
            }
            return call(statement, method, arguments);
        }
    }

    /** An insert that only notes what it is to insert. */
    private static final class Deferred implements InvocationHandler {

        private final String sql;
        private final InsertPipeline pipeline;
        /** By index; a parameter keeps its value until it is set again. */
        private final SortedMap<Integer, InsertPipeline.Binding> bindings = new TreeMap<>();

        private final List<InsertPipeline.Row> batch = new ArrayList<>();

        Deferred(String sql, InsertPipeline pipeline) {
            this.sql = sql;
            this.pipeline = pipeline;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
            String name = method.getName();
            if (name.startsWith("set") && arguments != null && arguments.length > 1) {
                bindings.put((Integer) arguments[0], new InsertPipeline.Binding(method, arguments));
                return null;
            }
            switch (name) {
                case "addBatch" -> {
                    batch.add(row());
                    return null;
                }
                case "executeBatch" -> {
                    return executeBatch();
                }
                case "executeUpdate" -> {
                    pipeline.add(row());
                    return 1;
                }
                case "clearParameters" -> bindings.clear();
                case "clearBatch" -> batch.clear();
                case "getMaxRows", "getQueryTimeout" -> {
                    return 0;
                }
                case "isClosed" -> {
                    return false;
                }
                case "toString" -> {
                    return sql;
                }
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                case "equals" -> {
                    return arguments != null && arguments[0] == proxy;
                }
                case "getWarnings", "clearWarnings", "close", "setMaxRows", "setQueryTimeout", "setFetchSize" -> {
                    // nothing was executed
                }
                default ->
                    throw new UnsupportedOperationException(
                            "An insert that is held back does not answer %s; execute it as an update or a batch."
                                    .formatted(name));
            }
            return null;
        }

        private InsertPipeline.Row row() {
            return new InsertPipeline.Row(sql, List.copyOf(bindings.values()));
        }

        private int[] executeBatch() throws SQLException {
            int[] counts = new int[batch.size()];
            Arrays.fill(counts, 1);
            List<InsertPipeline.Row> rows = List.copyOf(batch);
            batch.clear();
            pipeline.addAll(rows);
            return counts;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(PipelinedDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(@Nullable Object target, Method method, Object @Nullable [] arguments)
            throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The methods of java.sql are public.", e);
        } catch (InvocationTargetException e) {
            throw InsertPipeline.failureOf(e);
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.collimator.persistence");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
