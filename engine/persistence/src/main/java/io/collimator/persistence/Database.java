package io.collimator.persistence;

import com.zaxxer.hikari.HikariDataSource;
import io.collimator.workflow.port.AnswerTime;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.cfg.AvailableSettings;
import org.jspecify.annotations.Nullable;

/** An open store with its schema up to date. Thread-safe. Close it last: what runs in it then is rolled back. */
public final class Database implements AutoCloseable {

    /** Every entity; a table is mapped when its class is listed here. */
    private static final List<Class<?>> ENTITIES = List.of(
            AccessionEntity.class,
            ScheduledStepEntity.class,
            ReceivedMessageEntity.class,
            EarlyStopEntity.class,
            ExceptionEntity.class,
            TimelineEntity.class,
            OutboxEntity.class,
            OutboxTextEntity.class,
            ResultEntity.class,
            PerformedStepEntity.class,
            CommitmentRequestEntity.class,
            ArchiveAskEntity.class,
            ArchiveTransactionEntity.class,
            MappingVersionEntity.class,
            MappingVersionFileEntity.class);

    private final DatabaseKind kind;
    private final HikariDataSource dataSource;
    private final EntityManagerFactory entityManagers;
    private final CancelWatch cancelWatch = new CancelWatch();
    private final AnswerLimit answerLimit;
    private final Transactions transactions;
    private final @Nullable H2File file;
    private final @Nullable H2Watch watch;

    private Database(
            DatabaseSettings settings,
            HikariDataSource dataSource,
            @Nullable H2File file,
            @Nullable H2Watch watch,
            Clock clock) {
        this.kind = DatabaseKind.of(settings.url());
        this.dataSource = dataSource;
        this.file = file;
        this.watch = watch;
        this.answerLimit = new AnswerLimit(settings.answerTimeout(), dataSource, cancelWatch);
        this.entityManagers = entityManagers(
                // H2 has no way to go, or (as a server) does not take several inserts at once
                kind.isH2() ? dataSource : new PipelinedDataSource(dataSource, answerLimit));
        Transactions store =
                new JpaTransactions(entityManagers, clock, WriteRetry.standard(), cancelWatch, answerLimit);
        this.transactions = watch == null ? store : new RefusingTransactions(store, watch::check);
        if (watch != null) {
            watch.start();
        }
    }

    /**
     * Connects, migrates the schema and validates the mapping.
     *
     * @throws StorageException when one of them fails; says which
     */
    public static Database open(DatabaseSettings settings, Clock clock) {
        return open(settings, clock, reason -> {});
    }

    /**
     * Connects, migrates the schema and validates the mapping.
     *
     * @param end told once, with the reason, when the store is lost for this process; must not block
     * @throws StorageException when one of them fails; says which
     */
    public static Database open(DatabaseSettings settings, Clock clock, Consumer<String> end) {
        DatabaseKind kind = DatabaseKind.of(settings.url());
        H2File file = kind == DatabaseKind.H2_FILE
                ? new H2File(
                        settings.url(), settings.user(), settings.password().get())
                : null;
        HikariDataSource dataSource = connect(settings, kind, file);
        try {
            migrate(settings, kind);
            H2Watch watch = file == null ? null : new H2Watch(file, dataSource, end);
            return new Database(settings, dataSource, file, watch, clock);
        } catch (RuntimeException e) {
            dataSource.close();
            throw new StorageException(
                    "The schema of the %s database cannot be brought up to date; the cause says which script or table. Restore the database or correct collimator.db.url."
                            .formatted(kind.label()),
                    e);
        }
    }

    public DatabaseKind kind() {
        return kind;
    }

    public Transactions transactions() {
        return transactions;
    }

    /** For whoever takes requests: all that one of them asks of the store shares one time for the answer. */
    public AnswerTime answerTime() {
        return answerLimit;
    }

    /** Why nothing can be stored now, as far as that is known without asking: an H2 file that a failure closed. */
    public Optional<String> trouble() {
        return watch == null ? Optional.empty() : Optional.ofNullable(watch.trouble());
    }

    /** Connections that are in use now. */
    public int activeConnections() {
        return dataSource.getHikariPoolMXBean().getActiveConnections();
    }

    /**
     * What the data takes on the disk. H2: the file, without asking it; PostgreSQL: the database, without its log. Of an H2 in
     * memory or of a server 0.
     *
     * @throws StorageException when the database does not say
     */
    public long bytes() {
        if (file != null) {
            return file.bytes();
        }
        if (kind != DatabaseKind.POSTGRESQL) {
            return 0;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_database_size(current_database())");
                ResultSet size = statement.executeQuery()) {
            size.next();
            return size.getLong(1);
        } catch (SQLException e) {
            throw new StorageException("The size of the database cannot be told.", e);
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        entityManagers.close();
        dataSource.close();
        cancelWatch.close();
    }

    private static HikariDataSource connect(DatabaseSettings settings, DatabaseKind kind, @Nullable H2File file) {
        try {
            return ConnectionPool.open(settings, file);
        } catch (RuntimeException e) {
            throw new StorageException(
                    "The %s database does not let us in; check that it runs, that no other engine holds its file, and collimator.db.url, .user and .password."
                            .formatted(kind.label()),
                    e);
        }
    }

    private static void migrate(DatabaseSettings settings, DatabaseKind kind) {
        try (HikariDataSource scripts = ConnectionPool.forScripts(settings)) {
            migrate(scripts, kind);
        }
    }

    private static void migrate(HikariDataSource scripts, DatabaseKind kind) {
        Flyway.configure()
                .dataSource(scripts)
                .locations("classpath:db/migration")
                .javaMigrations(new NamesFoldedAgain(), new AuthoritiesInOneForm())
                .placeholders(
                        kind.isH2()
                                ? Map.of(
                                        "bytewise",
                                        "",
                                        "long_bytes",
                                        "BLOB",
                                        "next_outbox",
                                        "NEXT VALUE FOR outbox_seq",
                                        "next_exception",
                                        "NEXT VALUE FOR exception_record_seq")
                                : Map.of(
                                        "bytewise",
                                        "COLLATE \"C\"",
                                        "long_bytes",
                                        "BYTEA",
                                        "next_outbox",
                                        "nextval('outbox_seq')",
                                        "next_exception",
                                        "nextval('exception_record_seq')"))
                .load()
                .migrate();
    }

    private static EntityManagerFactory entityManagers(DataSource dataSource) {
        PersistenceConfiguration configuration = new PersistenceConfiguration("collimator");
        ENTITIES.forEach(configuration::managedClass);
        return configuration
                .property(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, dataSource)
                .property(AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true)
                .property(AvailableSettings.HBM2DDL_AUTO, "validate")
                .property(AvailableSettings.STATEMENT_BATCH_SIZE, 50)
                .property(AvailableSettings.ORDER_UPDATES, true)
                // few shapes of "in (...)", so that the database keeps their plans
                .property(AvailableSettings.IN_CLAUSE_PARAMETER_PADDING, true)
                // its text may quote a row; a lost race is no error, and every other one is thrown
                .property(AvailableSettings.LOG_JDBC_ERRORS, false)
                .property(AvailableSettings.JAVA_TIME_USE_DIRECT_JDBC, true)
                .createEntityManagerFactory();
    }
}
