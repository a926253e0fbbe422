package io.collimator.bench;

import io.collimator.bench.HonestPeers.Peer;
import io.collimator.bench.HonestPeers.Work;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How long honest peers wait for the engine while nothing else happens, and beside each attack on its listeners. */
final class AttacksBench {

    private static final String BUFFERED = "collimator_mllp_buffered_bytes";
    /** What the engine counts of attacks. */
    private static final List<String> COUNTERS = List.of(
            "collimator_mllp_connections_closed_total",
            "collimator_http_failed_logins_total",
            "collimator_dicom_rejected_associations_total");

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int WARM_UP_CONNECTIONS = 4;

    private final BenchOptions options;
    private final Path checkout;
    private final PrintStream out;
    private final Clock clock;
    private final List<AttackMeasurement> measurements = new ArrayList<>();

    AttacksBench(BenchOptions options, Path checkout, PrintStream out, Clock clock) {
        this.options = options;
        this.checkout = checkout;
        this.out = out;
        this.clock = clock;
    }

    /** @throws IOException also when the engine has ended */
    AttacksReport run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("collimator-bench");
        Path home = EngineHome.create(checkout, folder, "", "");
        Files.writeString(
                home.resolve("config/application-entities.yaml"),
                "  %s:\n    hosts: [192.0.2.0/24]\n    services: [worklist]\n".formatted(Attack.ELSEWHERE),
                StandardOpenOption.APPEND);
        List<String> machine = new ArrayList<>(Machine.describe());
        machine.add("load average when it began: %.1f"
                .formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        MeasuredEngine engine = MeasuredEngine.start(home);
        LocalDate tomorrow = LocalDate.now(clock).plusDays(1);
        try (ServerProcess server = engine.server();
                HonestPeers honest = new HonestPeers(engine, tomorrow)) {
            Duration half = options.warmUp().dividedBy(2);
            say("warm-up");
            new Load(new OrderText("A", tomorrow)).run(engine.mllpPort(), WARM_UP_CONNECTIONS, half);
            honest.work(half).join();
            measure(engine, honest, "quiet, before", null);
            for (Attack attack : Attack.values()) {
                measure(engine, honest, attack.label(), attack);
                // what an attack leaves is not charged to the next one
                honest.work(options.interval().dividedBy(10)).join();
            }
            measure(engine, honest, "quiet, after", null);
            server.outOfMemory().forEach(line -> say("ERROR " + line));
            return new AttacksReport(
                    options,
                    machine,
                    clock.instant(),
                    measurements,
                    counted(engine),
                    server.outOfMemory().size());
        } finally {
            EngineHome.remove(folder);
        }
    }

    private void measure(MeasuredEngine engine, HonestPeers honest, String name, @Nullable Attack attack)
            throws IOException, InterruptedException {
        ServerProcess server = engine.server();
        Duration serverCpu = server.cpu();
        Duration ownCpu = Machine.ownCpu();
        long began = System.nanoTime();
        long buffered = 0;
        long resident = 0;
        Map<Peer, Work> works;
        Attackers attackers = attack == null ? null : new Attackers(engine, attack);
        try (attackers) {
            CompletableFuture<Map<Peer, Work>> working = honest.work(options.interval());
            while (!working.isDone()) {
                if (!server.isAlive()) {
                    throw new IOException("The engine has ended: " + name);
                }
                buffered = Math.max(buffered, bufferedBytes(engine));
                resident = Math.max(resident, server.residentBytes());
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
            works = working.join();
        }
        double nanos = (double) (System.nanoTime() - began);
        AttackMeasurement measured = new AttackMeasurement(
                name,
                attack,
                attackers == null ? 0 : attackers.attempts(),
                works,
                server.cpu().minus(serverCpu).toNanos() / nanos,
                Machine.ownCpu().minus(ownCpu).toNanos() / nanos,
                buffered,
                resident);
        measurements.add(measured);
        say(measured);
    }

    private static long bufferedBytes(MeasuredEngine engine) throws IOException {
        String line = metrics(engine, BUFFERED + " ").get(0);
        return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    /** The lines of /metrics that begin so; one or more. */
    private static List<String> metrics(MeasuredEngine engine, String beginning) throws IOException {
        try (HttpConnection connection = new HttpConnection(engine.httpPort())) {
            List<String> lines = connection
                    .get("/metrics", "")
                    .lines()
                    .filter(line -> line.startsWith(beginning))
                    .toList();
            if (lines.isEmpty()) {
                throw new IOException("/metrics has no " + beginning);
            }
            return lines;
        }
    }

    private static List<String> counted(MeasuredEngine engine) throws IOException {
        List<String> counted = new ArrayList<>();
        for (String series : COUNTERS) {
            counted.addAll(metrics(engine, series));
        }
        return counted;
    }

    private void say(AttackMeasurement measured) {
        say("%s: %,d attempts, engine %.0f %%, this process %.0f %% of a core"
                .formatted(
                        measured.name(), measured.attempts(), 100 * measured.engineCores(), 100 * measured.ownCores()));
        measured.works()
                .forEach((peer, work) -> say("  %s: p50 %.2f ms, p99 %.2f ms%s"
                        .formatted(
                                peer.label(),
                                work.millis(0.5),
                                work.millis(0.99),
                                work.errors().isEmpty()
                                        ? ""
                                        : ", ERRORS %d, first: %s"
                                                .formatted(
                                                        work.errors().size(),
                                                        work.errors().get(0)))));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
