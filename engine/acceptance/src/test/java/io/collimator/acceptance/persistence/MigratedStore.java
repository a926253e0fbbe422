package io.collimator.acceptance.persistence;

import io.collimator.acceptance.engine.Acknowledgement;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EnginePostgres;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.QueueReader;
import io.collimator.acceptance.engine.RawMllp;
import io.collimator.acceptance.engine.Scanner;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.engine.wiring.EngineParts;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.simulators.archive.ArchiveSimulator;
import io.collimator.simulators.commitment.InstanceReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.flywaydb.core.Flyway;

/** What version 0.1 stored, opened by this version; with an engine on it, an hour after the last message. */
final class MigratedStore implements AutoCloseable {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final String DAY = "20260302";
    private static final String USER = "collimator";

    /** In an order that its foreign keys allow. */
    private static final List<String> TABLES = List.of(
            "accession",
            "scheduled_step",
            "scheduled_step_station",
            "scheduled_step_name",
            "received_message",
            "exception_record",
            "timeline_entry",
            "outbox",
            "outbox_text",
            "performed_step",
            "performed_item",
            "performed_instance",
            "commitment_request",
            "commitment_item",
            "commitment_link",
            "archive_ask",
            "archive_transaction",
            "instance_custody",
            "early_stop",
            "patient",
            "patient_update",
            "result",
            "result_line",
            "mapping_version",
            "mapping_version_file");

    private final StoreRows before;
    private final StoreRows after;
    private final Map<String, Uid> performed = new HashMap<>();
    private final NettyDicomProvider provider = new NettyDicomProvider();
    private final Scanner scanner = new Scanner(new AeTitle("CT1"));
    private final ArchiveSimulator archive;
    private final EngineUnderTest engine;
    private final EngineApi api;
    private final QueueReader queues;

    private MigratedStore(Path folder, StoreRows before, Map<String, String> settings) throws SQLException {
        this.before = before;
        Clock clock = Clock.offset(
                Clock.systemUTC(), Duration.between(Clock.systemUTC().instant(), NOW));
        this.archive = ArchiveSimulator.start(provider, new AeTitle("ARCHIVE"), 0);
        Database.open(
                        DatabaseSettings.of(
                                Objects.requireNonNull(settings.get("collimator.db.url")),
                                Objects.requireNonNull(settings.get("collimator.db.user")),
                                () -> ""),
                        clock)
                .close();
        try (Connection connection = connect(settings)) {
            this.after = StoreRows.read(connection);
            for (List<String> row : StoreRows.rows(
                    connection, "SELECT accession, performed_uid FROM performed_item WHERE accession IS NOT NULL")) {
                performed.put(row.get(0), new Uid(row.get(1)));
            }
            archive.holds(StoreRows.rows(connection, "SELECT DISTINCT instance_uid FROM commitment_item").stream()
                    .map(row -> new InstanceReference(Uids.CTImageStorage, new Uid(row.get(0))))
                    .toList());
        }
        this.engine = EngineUnderTest.start(
                TestHome.create(folder)
                        .withModality(scanner.address())
                        .withArchive(archive.address())
                        .withStation("CT", "CT1"),
                settings,
                new EngineParts(clock, UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity()));
        archive.reportTo(engine.dicom());
        this.api = engine.api();
        this.queues = engine.queues();
    }

    /** The file as it is. */
    static MigratedStore onH2(Path folder) throws IOException, SQLException {
        Map<String, String> settings = h2(folder);
        try (Connection connection = connect(settings)) {
            return new MigratedStore(folder, closed(connection), settings);
        }
    }

    /** The rows of the file in a schema of the same version. */
    static MigratedStore onPostgres(Path folder, EnginePostgres postgres) throws IOException, SQLException {
        Map<String, String> settings = postgres.settings(Map.of());
        StoreRows before;
        try (Connection h2 = connect(h2(folder));
                Connection connection = connect(settings)) {
            schemaOf01(settings);
            for (String table : TABLES) {
                copy(h2, connection, table);
            }
            for (List<String> sequence :
                    StoreRows.rows(h2, "SELECT sequence_name, base_value FROM information_schema.sequences")) {
                execute(connection, "ALTER SEQUENCE " + sequence.get(0) + " RESTART WITH " + sequence.get(1));
            }
            before = StoreRows.read(connection);
        }
        return new MigratedStore(folder, before, settings);
    }

    private static StoreRows closed(Connection connection) throws SQLException {
        StoreRows rows = StoreRows.read(connection);
        connection.close();
        return rows;
    }

    private static Map<String, String> h2(Path folder) throws IOException {
        Path file = folder.resolve("store.mv.db");
        try (InputStream packed = Objects.requireNonNull(
                        MigratedStore.class.getResourceAsStream("/store-of-0.1/collimator.mv.db.gz"));
                InputStream content = new GZIPInputStream(packed)) {
            Files.copy(content, file);
        }
        return Map.of("collimator.db.url", "jdbc:h2:file:" + folder.resolve("store"), "collimator.db.user", USER);
    }

    private static Connection connect(Map<String, String> settings) throws SQLException {
        return DriverManager.getConnection(
                Objects.requireNonNull(settings.get("collimator.db.url")),
                Objects.requireNonNull(settings.get("collimator.db.user")),
                "");
    }

    /** The scripts up to the version that 0.1 had; V7 changes no schema and runs again. */
    private static void schemaOf01(Map<String, String> settings) {
        Flyway.configure()
                .dataSource(settings.get("collimator.db.url"), settings.get("collimator.db.user"), "")
                .locations("classpath:db/migration")
                .placeholders(Map.of(
                        "bytewise", "COLLATE \"C\"",
                        "long_bytes", "BYTEA",
                        "next_outbox", "nextval('outbox_seq')",
                        "next_exception", "nextval('exception_record_seq')"))
                .target("6")
                .load()
                .migrate();
    }

    private static void copy(Connection from, Connection to, String table) throws SQLException {
        try (Statement select = from.createStatement();
                ResultSet rows = select.executeQuery("SELECT * FROM " + table)) {
            int columns = rows.getMetaData().getColumnCount();
            StringBuilder names = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                names.append(i == 1 ? "" : ", ").append(rows.getMetaData().getColumnName(i));
            }
            try (PreparedStatement insert = to.prepareStatement("INSERT INTO " + table + " (" + names + ") VALUES ("
                    + String.join(", ", Collections.nCopies(columns, "?")) + ")")) {
                while (rows.next()) {
                    for (int i = 1; i <= columns; i++) {
                        insert.setObject(
                                i,
                                rows.getMetaData().getColumnType(i) == java.sql.Types.BLOB
                                        ? rows.getBytes(i)
                                        : rows.getObject(i));
                    }
                    insert.execute();
                }
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    StoreRows before() {
        return before;
    }

    StoreRows after() {
        return after;
    }

    /** SOP Instance UID of the step that was performed for an accession before. */
    Uid performed(String accession) {
        return Objects.requireNonNull(performed.get(accession));
    }

    EngineUnderTest engine() {
        return engine;
    }

    EngineApi api() {
        return api;
    }

    QueueReader queues() {
        return queues;
    }

    Scanner scanner() {
        return scanner;
    }

    /** An order message as the sender of the old orders writes it, later that day; the accession makes its numbers. */
    static Er7 order(String accession, String patient, String control) {
        return Er7.of(Messages.order(accession, control).replace(Messages.today(), DAY))
                .set("MSH", 7, DAY + "093000")
                .set("PID", 3, patient);
    }

    /** A08 of the sender of the old ADT messages. */
    static Er7 update(String patient, String name) {
        return Er7.of("""
                MSH|^~\\&|NORTHADT|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%3$s093000||ADT^A08|A08-%1$s|P|2.3.1
                EVN|A08|%3$s093000
                PID|||%1$s||%2$s||19800101|F
                """.formatted(patient, name, DAY));
    }

    Acknowledgement send(Er7 message) {
        try (RawMllp sender = new RawMllp(engine.engine().mllp())) {
            return sender.frame(message.toString()).acknowledgement();
        }
    }

    @Override
    public void close() {
        queues.close();
        engine.close();
        archive.close();
        scanner.close();
        provider.close();
    }
}
