package io.collimator.bench;

import io.collimator.bench.Candidate.Kind;
import io.collimator.bench.Candidate.Store;
import io.collimator.bench.Measurement.Phase;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Acknowledged orders a second: the engine and two baselines on the same machine in one run, by turns, so that what
 * disturbs the machine disturbs all of them.
 */
final class OrdersBench {

    private static final int[] CONNECTIONS = {16, 1};
    private static final String ENGINE_DATABASE = "engine";
    private static final String BASELINE_DATABASE = "baseline";
    private static final Duration RELAY_PAUSE = Duration.ofMillis(500);
    private static final Duration RELAY_PATIENCE = Duration.ofSeconds(60);

    private final BenchOptions options;
    private final Path checkout;
    private final PrintStream out;
    private final Clock clock;
    private final Results results = new Results();
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<Candidate, Integer> dicomPorts = new LinkedHashMap<>();
    private final Map<String, WorklistCheck.Outcome> checks = new LinkedHashMap<>();

    OrdersBench(BenchOptions options, Path checkout, PrintStream out, Clock clock) {
        this.options = options;
        this.checkout = checkout;
        this.out = out;
        this.clock = clock;
    }

    /** Measures, checks and writes the report. */
    Report run() throws IOException, SQLException, InterruptedException {
        Path folder = Files.createTempDirectory("collimator-bench");
        try (PostgresCluster cluster = PostgresCluster.start()) {
            start(cluster, folder);
            for (Candidate candidate : candidates) {
                say("warm-up: " + candidate.name());
                candidate.load().run(candidate.mllpPort(), CONNECTIONS[0], options.warmUp());
                candidate
                        .load()
                        .run(
                                candidate.mllpPort(),
                                CONNECTIONS[1],
                                options.warmUp().dividedBy(4));
                settle(cluster, candidate);
            }
            measure(cluster, Phase.FRESH, candidates, options.rounds());
            check();
            if (options.stored() > 0) {
                measureFull(cluster);
            }
            return new Report(
                    options,
                    Machine.describe(cluster.ask("postgres", "SHOW server_version")),
                    clock.instant(),
                    results,
                    checks);
        } finally {
            candidates.forEach(Candidate::close);
            EngineHome.remove(folder);
        }
    }

    private void start(PostgresCluster cluster, Path folder) throws IOException, SQLException {
        cluster.create(ENGINE_DATABASE);
        cluster.create(BASELINE_DATABASE);
        migrate(cluster.url(BASELINE_DATABASE), cluster.user());
        String h2 = "jdbc:h2:file:" + folder.resolve("baseline") + ";WRITE_DELAY=0";
        migrate(h2, "");
        addBaseline(Kind.ACKNOWLEDGING, Store.NONE, "A");
        addBaseline(Kind.JDBC, Store.POSTGRESQL, "BP", cluster.url(BASELINE_DATABASE));
        addEngine(
                Store.POSTGRESQL,
                "EP",
                EngineHome.create(
                        checkout,
                        folder.resolve("postgresql"),
                        "jdbc:postgresql://localhost:%d/%s".formatted(cluster.port(), ENGINE_DATABASE),
                        cluster.user()));
        addBaseline(Kind.JDBC, Store.H2, "BH", h2);
        addEngine(Store.H2, "EH", EngineHome.create(checkout, folder.resolve("h2"), "", ""));
    }

    /** The engine's schema, so that a baseline writes into the same tables with the same indexes. */
    private void migrate(String url, String user) {
        Database.open(DatabaseSettings.of(url, user, () -> ""), clock).close();
    }

    private void addBaseline(Kind kind, Store store, String prefix, String... url) throws IOException {
        int port = freePort();
        List<String> arguments = new ArrayList<>(List.of(HapiServer.class.getName(), String.valueOf(port)));
        arguments.addAll(List.of(url));
        ServerProcess server = ServerProcess.start(List.of(), HapiServer.READY, arguments.toArray(String[]::new));
        candidates.add(new Candidate(kind, store, server, port, load(prefix)));
    }

    private void addEngine(Store store, String prefix, Path home) throws IOException {
        MeasuredEngine engine = MeasuredEngine.start(home);
        Candidate candidate = new Candidate(Kind.ENGINE, store, engine.server(), engine.mllpPort(), load(prefix));
        candidates.add(candidate);
        dicomPorts.put(candidate, engine.dicomPort());
    }

    private Load load(String prefix) {
        return new Load(new OrderText(prefix, LocalDate.now(clock).plusDays(1)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void measure(PostgresCluster cluster, Phase phase, List<Candidate> who, int rounds)
            throws IOException, SQLException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            for (int connections : CONNECTIONS) {
                for (Candidate candidate : who) {
                    results.add(measure(cluster, phase, candidate, connections, round));
                }
            }
        }
    }

    private Measurement measure(PostgresCluster cluster, Phase phase, Candidate candidate, int connections, int round)
            throws IOException, SQLException, InterruptedException {
        Duration cpu = candidate.cpu();
        Duration databaseCpu = cluster.cpu();
        Load.Interval interval = candidate.load().run(candidate.mllpPort(), connections, options.interval());
        long waiting = settle(cluster, candidate);
        int orders = interval.latencies().length;
        Measurement measured = new Measurement(
                phase,
                candidate.kind(),
                candidate.store(),
                connections,
                round,
                interval.perSecond(),
                interval.percentile(0.5) / 1e6,
                interval.percentile(0.99) / 1e6,
                (double) candidate.cpu().minus(cpu).toMillis() / orders,
                candidate.store() == Store.POSTGRESQL
                        ? (double) cluster.cpu().minus(databaseCpu).toMillis() / orders
                        : 0);
        say("round %d, %2d connections, %s: %.0f/s, p50 %.2f ms, p99 %.2f ms, CPU %.2f + %.2f ms%s%s"
                .formatted(
                        round,
                        connections,
                        candidate.name(),
                        measured.perSecond(),
                        measured.p50(),
                        measured.p99(),
                        measured.cpu(),
                        measured.databaseCpu(),
                        interval.refused() == 0 ? "" : ", REFUSED " + interval.refused(),
                        waiting == 0 ? "" : ", " + waiting + " notices waited at the end"));
        return measured;
    }

    /** Waits until the relay has sent everything, so that its work is counted and does not disturb the next one. */
    private long settle(PostgresCluster cluster, Candidate candidate) throws SQLException, InterruptedException {
        if (candidate.kind() != Kind.ENGINE) {
            return 0;
        }
        if (candidate.store() != Store.POSTGRESQL) {
            Thread.sleep(RELAY_PAUSE.toMillis());
            return 0;
        }
        long first = waiting(cluster);
        long deadline = System.nanoTime() + RELAY_PATIENCE.toNanos();
        for (long now = first; now > 0; now = waiting(cluster)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%d notices still wait for the relay.".formatted(now));
            }
            Thread.sleep(50);
        }
        return first;
    }

    private static long waiting(PostgresCluster cluster) throws SQLException {
        return Long.parseLong(cluster.ask(ENGINE_DATABASE, "SELECT COUNT(*) FROM outbox WHERE sent = FALSE"));
    }

    private void check() {
        dicomPorts.forEach((candidate, port) -> {
            WorklistCheck.Outcome outcome = WorklistCheck.run(port, candidate.load());
            checks.put(candidate.name(), outcome);
            say("C-FIND, %s: %d acknowledged, %d found once, %d missing, %d more than once"
                    .formatted(
                            candidate.name(),
                            outcome.acknowledged(),
                            outcome.once(),
                            outcome.missing(),
                            outcome.repeated()));
        });
    }

    /** The same again on stores that are full. */
    private void measureFull(PostgresCluster cluster) throws IOException, SQLException, InterruptedException {
        for (String database : new String[] {ENGINE_DATABASE, BASELINE_DATABASE}) {
            say("loading %d orders into %s".formatted(options.stored(), database));
            StoredOrders.add(cluster, database, options.stored());
        }
        List<Candidate> onPostgres = candidates.stream()
                .filter(candidate -> candidate.store() == Store.POSTGRESQL)
                .toList();
        for (Candidate candidate : onPostgres) {
            candidate.load().run(candidate.mllpPort(), CONNECTIONS[0], options.interval());
            settle(cluster, candidate);
        }
        measure(cluster, Phase.FULL, onPostgres, Math.max(1, options.rounds() / 2));
        check();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
