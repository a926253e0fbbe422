package io.collimator.bench;

import io.collimator.bench.WorklistAsker.Question;
import io.collimator.bench.WorklistCandidate.Kind;
import io.collimator.bench.WorklistMeasurement.Cell;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.file.DicomFileWriter;
import io.collimator.dicom.file.FileMeta;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Worklist queries a second over associations that stay open: the engine, two worklists of others that read files, and a
 * baseline without network, by turns.
 */
final class WorklistBench {

    /** More than this the file readers cannot be asked. */
    private static final int SOME = 10_000;

    private static final int[] ASSOCIATIONS = {1, 8};
    private static final String DATABASE = "engine";

    private final BenchOptions options;
    private final Path checkout;
    private final PrintStream out;
    private final Clock clock;
    private final List<WorklistMeasurement> measurements = new ArrayList<>();

    WorklistBench(BenchOptions options, Path checkout, PrintStream out, Clock clock) {
        this.options = options;
        this.checkout = checkout;
        this.out = out;
        this.clock = clock;
    }

    /** Measures and reports. */
    WorklistReport run() throws Exception {
        List<String> missing = FilePeer.missing();
        if (!missing.isEmpty()) {
            throw new IOException(
                    "Not on this machine: %s; bin/verify installs them.".formatted(String.join(", ", missing)));
        }
        Path folder = Files.createTempDirectory("collimator-bench");
        try (PostgresCluster cluster = PostgresCluster.start()) {
            cluster.create(DATABASE);
            Path home = EngineHome.create(
                    checkout,
                    folder.resolve("home"),
                    "jdbc:postgresql://localhost:%d/%s".formatted(cluster.port(), DATABASE),
                    cluster.user());
            Files.writeString(
                    home.resolve("mapping/tables/stations.csv"),
                    "from,to\nCT,%s\n".formatted(WorklistEntries.templateStation()));
            MeasuredEngine engine = MeasuredEngine.start(home);
            try (ServerProcess server = engine.server()) {
                makeTemplate(engine);
                measureAll(cluster, engine, folder);
            }
            return new WorklistReport(
                    options,
                    Machine.describe(cluster.ask("postgres", "SHOW server_version")),
                    clock.instant(),
                    measurements);
        } finally {
            EngineHome.remove(folder);
        }
    }

    private static void makeTemplate(MeasuredEngine engine) throws IOException {
        try (MllpConnection connection = new MllpConnection(engine.mllpPort())) {
            String answer = connection.send(WorklistEntries.order().getBytes(StandardCharsets.ISO_8859_1));
            if (!answer.contains("\rMSA|AA|")) {
                throw new IOException("The engine refuses the order that the entries are made of.");
            }
        }
    }

    private void measureAll(PostgresCluster cluster, MeasuredEngine engine, Path folder) throws Exception {
        say("loading %,d entries".formatted(SOME));
        WorklistEntries.add(cluster, DATABASE, 0, SOME);
        Path root = folder.resolve("files");
        Path files = FilePeer.folderOf(root);
        writeFiles(cluster, files);
        List<WorklistCandidate> ours = List.of(jdbc(cluster), engine(engine));
        try (FilePeer wlmscpfs = FilePeer.wlmscpfs(root);
                FilePeer orthanc = FilePeer.orthanc(folder, files)) {
            List<WorklistCandidate> all = new ArrayList<>(ours);
            all.add(new WorklistCandidate(Kind.WLMSCPFS, wlmscpfs::open, wlmscpfs::cpu));
            all.add(new WorklistCandidate(Kind.ORTHANC, orthanc::open, orthanc::cpu));
            warmUp(ours, SOME);
            measure(cluster, all, SOME);
        }
        if (options.stored() > SOME) {
            say("loading %,d entries".formatted(options.stored()));
            WorklistEntries.add(cluster, DATABASE, SOME, options.stored());
            warmUp(ours, options.stored());
            measure(cluster, ours, options.stored());
        }
    }

    private WorklistCandidate engine(MeasuredEngine engine) {
        return new WorklistCandidate(Kind.ENGINE, () -> new AskedAssociation(engine.dicomPort()), engine.server()::cpu);
    }

    private WorklistCandidate jdbc(PostgresCluster cluster) {
        return new WorklistCandidate(
                Kind.JDBC,
                () -> new JdbcWorklist(cluster.url(DATABASE), LocalDateTime.now(clock)),
                // the baseline runs in this process, which does nothing else meanwhile
                Machine::ownCpu);
    }

    private void writeFiles(PostgresCluster cluster, Path folder) throws IOException, SQLException {
        FileMeta meta = FileMeta.of(
                Uids.ModalityWorklistInformationModelFind,
                new Uid("1.2.276.0.76.3.1.99.8"),
                Uids.ExplicitVRLittleEndian);
        List<byte[]> entries =
                cluster.askAllBytes(DATABASE, "SELECT data_set FROM scheduled_step WHERE id >= 2000000000 ORDER BY id");
        for (int i = 0; i < entries.size(); i++) {
            try (OutputStream file = Files.newOutputStream(folder.resolve("e%06d.wl".formatted(i)))) {
                DicomFileWriter.writeEncoded(meta, new ByteArrayInputStream(entries.get(i)), file);
            }
        }
    }

    private void warmUp(List<WorklistCandidate> candidates, int entries) throws Exception {
        for (WorklistCandidate candidate : candidates) {
            say("warm-up: " + candidate.kind().label());
            for (Question question : Question.values()) {
                interval(candidate, new Cell(candidate.kind(), entries, question, ASSOCIATIONS[1]), options.warmUp());
            }
        }
    }

    private void measure(PostgresCluster cluster, List<WorklistCandidate> candidates, int entries) throws Exception {
        for (int round = 1; round <= options.rounds(); round++) {
            for (Question question : Question.values()) {
                for (int associations : ASSOCIATIONS) {
                    for (WorklistCandidate candidate : candidates) {
                        measure(cluster, candidate, new Cell(candidate.kind(), entries, question, associations), round);
                    }
                }
            }
        }
    }

    private void measure(PostgresCluster cluster, WorklistCandidate candidate, Cell cell, int round) throws Exception {
        Duration databaseCpu = cluster.cpu();
        Measured measured = interval(candidate, cell, options.interval());
        int queries = measured.interval().latencies().length;
        WorklistMeasurement result = new WorklistMeasurement(
                cell,
                measured.interval().perSecond(),
                measured.interval().millis(0.5),
                measured.interval().millis(0.99),
                measured.cpu().toNanos() / 1e6 / queries,
                cell.kind().usesPostgres() ? cluster.cpu().minus(databaseCpu).toNanos() / 1e6 / queries : 0);
        measurements.add(result);
        say("round %d, %,d entries, %s, %d associations, %s: %.1f/s, p50 %.2f ms, p99 %.2f ms, CPU %.2f + %.2f ms"
                .formatted(
                        round,
                        cell.entries(),
                        cell.question().label(),
                        cell.associations(),
                        cell.kind().label(),
                        result.perSecond(),
                        result.p50(),
                        result.p99(),
                        result.cpu(),
                        result.databaseCpu()));
    }

    private record Measured(WorklistLoad.Interval interval, Duration cpu) {}

    /** Associations are open before it begins and after it ends. */
    private static Measured interval(WorklistCandidate candidate, Cell cell, Duration duration) throws Exception {
        List<WorklistAsker> askers = new ArrayList<>();
        try {
            for (int i = 0; i < cell.associations(); i++) {
                askers.add(candidate.opens().open());
            }
            Duration cpu = candidate.cpu().get();
            WorklistLoad.Interval interval = WorklistLoad.run(askers, cell.question(), cell.entries(), duration);
            return new Measured(interval, candidate.cpu().get().minus(cpu));
        } finally {
            for (WorklistAsker asker : askers) {
                asker.close();
            }
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
