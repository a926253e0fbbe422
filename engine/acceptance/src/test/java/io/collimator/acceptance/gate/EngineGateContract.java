package io.collimator.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.QueueReader;
import io.collimator.acceptance.engine.QueueReader.Taken;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.gate.Exam.Step;
import io.collimator.acceptance.gate.ExamPeers.Target;
import io.collimator.acceptance.kill.EngineProcess;
import io.collimator.acceptance.peer.FreePort;
import io.collimator.hl7.mllp.MllpClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine as it ships, on one home, under orders, performed steps and commitments, and SIGKILL at random instants, also while
 * it starts. After each kill the store is read past the engine: every table tells of the same messages, those that were
 * acknowledged and at most the one that had no answer. At the end each notice is on its queue once and in order.
 * {@code -Dgate.kills} says how often it is killed: 5, 60 with {@code bin/verify -Pgates}.
 */
@Tag("engine")
abstract class EngineGateContract {

    private static final int KILLS = Integer.getInteger("gate.kills", 5);
    private static final long SEED = Long.getLong("gate.seed", System.nanoTime());
    private static final int SENDERS = 6;

    /** So much work is acknowledged before a kill, at most, however fast the machine is. */
    private static final int MOST_ACKNOWLEDGED = 150;

    /** And this long it goes on, at most. */
    private static final int MOST_MILLIS = 20;

    private static final int STARTS_KILLED = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String REFERENCE = "jdbc:h2:mem:reference";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private final Random random = new Random(SEED);
    private final AtomicInteger numbers = new AtomicInteger(1_000_000);
    private final AtomicLong acknowledged = new AtomicLong();
    private final List<List<Exam>> exams = new ArrayList<>();
    private final Map<List<Step>, List<StoredExam>> expected = new HashMap<>();
    private final Target target = new Target(FreePort.choose(), FreePort.choose());
    private final int jms = FreePort.choose();
    private final int http = FreePort.choose();
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private final ExamPeers peers = new ExamPeers();

    /** Settings that lead the engine to its database. */
    abstract Map<String, String> database();

    /** The database as the dead engine left it; must not change it. */
    abstract Connection read(Path home) throws IOException, SQLException;

    @AfterEach
    void stopPeers() {
        senders.shutdownNow();
        peers.close();
    }

    @Test
    void what_was_acknowledged_survives_every_kill_once_and_whole() throws Exception {
        learnWhatEachStepStores();
        TestHome home = home("home");
        Map<String, String> settings = new HashMap<>(database());
        settings.put("collimator.mllp.port", String.valueOf(target.mllp()));
        settings.put("collimator.dicom.port", String.valueOf(target.dicom()));
        settings.put("collimator.http.port", String.valueOf(http));
        settings.put("collimator.jms.port", String.valueOf(jms));
        write(home, settings);
        peers.reportTo(target);
        for (int sender = 0; sender < SENDERS; sender++) {
            exams.add(new ArrayList<>());
        }
        long start = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            long began = System.nanoTime();
            try (EngineProcess engine = EngineProcess.launch(home.root())) {
                if (kill % STARTS_KILLED == 0) {
                    engine.killAfter(random.nextLong(start));
                } else {
                    engine.awaitReady();
                    start = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                    AtomicBoolean dead = new AtomicBoolean();
                    long until = acknowledged.get() + random.nextInt(MOST_ACKNOWLEDGED);
                    List<Future<?>> sending = send(() -> !dead.get(), dead::get);
                    Awaitility.await("work to be acknowledged")
                            .atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> acknowledged.get() >= until);
                    engine.killAfter(random.nextInt(MOST_MILLIS));
                    dead.set(true);
                    await(sending);
                }
            }
            check("after kill " + kill, home, false);
        }
        finish(home);
        System.out.printf(
                "engine gate on %s: %d kills, %d acknowledgements of %d exams, nothing lost, doubled or torn (-Dgate.seed=%d)%n",
                getClass().getSimpleName(),
                KILLS,
                all().stream().mapToInt(Exam::least).sum(),
                all().size(),
                SEED);
    }

    private TestHome home(String name) {
        return TestHome.create(folder.resolve(name))
                .withStation("CT", ExamPeers.MODALITY.value())
                .withModality(peers.modality())
                .withArchive(peers.archive());
    }

    private static void write(TestHome home, Map<String, String> settings) {
        StringBuilder text = new StringBuilder("""
                collimator.time-zone = UTC
                # what a dead engine had in hand is taken up again after this
                collimator.custody.send-timeout-seconds = 5
                """);
        settings.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        home.write("config/application.properties", text.toString());
    }

    /** Plays each script once, undisturbed and step by step. */
    private void learnWhatEachStepStores() throws IOException, SQLException {
        Map<String, String> settings =
                Map.of("collimator.db.url", REFERENCE, "collimator.custody.send-timeout-seconds", "5");
        try (EngineUnderTest engine = EngineUnderTest.start(home("reference"), settings);
                Connection store = DriverManager.getConnection(REFERENCE, "collimator", "")) {
            Target reference = new Target(
                    engine.engine().mllp().getPort(), engine.engine().dicom().getPort());
            peers.reportTo(reference);
            for (List<Step> script : List.of(Exam.CANCELLED, Exam.PERFORMED)) {
                Exam exam = new Exam(numbers.incrementAndGet(), script);
                List<StoredExam> states = new ArrayList<>();
                states.add(null);
                try (MllpClient ris = peers.ris(reference)) {
                    while (!exam.isDone()) {
                        boolean isCommitment = exam.next() == Step.COMMIT;
                        peers.send(exam, ris, reference);
                        if (isCommitment) {
                            awaitReported(exam, engine.api());
                        }
                        states.add(StoredExam.readAll(store).get(exam.accession()));
                    }
                }
                expected.put(script, states);
            }
        }
    }

    /** What follows a commitment is stored later: the modality has its report as the last of it. */
    private static void awaitReported(Exam exam, EngineApi api) {
        api.awaitAccession(
                exam.accession(),
                accession -> accession.path("timeline").findValuesAsText("kind").contains("commitment.reported"));
    }

    /**
     * Lets every sender go on with its exams.
     *
     * @param more whether a new exam is begun
     * @param mayEnd whether an answer may stay away
     */
    private List<Future<?>> send(BooleanSupplier more, BooleanSupplier mayEnd) {
        List<Future<?>> sending = new ArrayList<>();
        for (List<Exam> own : exams) {
            sending.add(senders.submit(() -> {
                try (MllpClient ris = peers.ris(target)) {
                    while (true) {
                        Exam last = own.isEmpty() ? null : own.get(own.size() - 1);
                        if (last == null || last.isDone()) {
                            if (!more.getAsBoolean()) {
                                return null;
                            }
                            int number = numbers.incrementAndGet();
                            last = new Exam(number, number % 3 == 0 ? Exam.CANCELLED : Exam.PERFORMED);
                            own.add(last);
                        }
                        peers.send(last, ris, target);
                        acknowledged.incrementAndGet();
                    }
                } catch (IOException e) {
                    if (!mayEnd.getAsBoolean()) {
                        Awaitility.await("the kill that took the answer")
                                .atMost(PATIENCE)
                                .until(mayEnd::getAsBoolean);
                    }
                    return null;
                }
            }));
        }
        return sending;
    }

    private static void await(List<Future<?>> sending) throws InterruptedException, TimeoutException {
        for (Future<?> sender : sending) {
            try {
                sender.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError("A sender was refused, -Dgate.seed=" + SEED, e.getCause());
            }
        }
    }

    private List<Exam> all() {
        return exams.stream().flatMap(List::stream).toList();
    }

    /** Compares the store with what was acknowledged. */
    private Map<String, StoredExam> check(String when, TestHome home, boolean isEnd) throws IOException, SQLException {
        Map<String, StoredExam> stored;
        try (Connection store = read(home.root())) {
            stored = StoredExam.readAll(store);
        }
        List<String> wrong = new ArrayList<>();
        for (Exam exam : all()) {
            StoredExam found = stored.get(exam.accession());
            if (!isRight(exam, found, isEnd)) {
                wrong.add(exam + ": " + found);
            }
        }
        assertThat(wrong)
                .as(
                        "exams that are lost, doubled or torn %s, -Dgate.seed=%d, %s; expected %s",
                        when, SEED, folder, expected)
                .isEmpty();
        return stored;
    }

    private boolean isRight(Exam exam, StoredExam found, boolean isEnd) {
        List<StoredExam> states = expected.get(exam.script());
        StoredExam last = end(exam);
        if (isEnd) {
            return last.equals(found);
        }
        for (int steps = exam.least(); steps <= exam.most(); steps++) {
            StoredExam state = states.get(steps);
            if (state == null ? found == null : state.equals(found)) {
                return true;
            }
            boolean isCommitment = steps == states.size() - 1 && exam.script().contains(Step.COMMIT);
            if (isCommitment && found != null && found.isBetween(states.get(steps - 1), last)) {
                return true;
            }
        }
        return false;
    }

    /** Every exam is played to its end; then everything has come where it belongs. */
    private void finish(TestHome home) throws Exception {
        List<Taken> taken;
        try (EngineProcess engine = EngineProcess.launch(home.root())) {
            engine.awaitReady();
            await(send(() -> false, () -> false));
            peers.reportAgain(target);
            try (QueueReader queues = new QueueReader(
                    new InetSocketAddress("127.0.0.1", jms),
                    home.read("data/jms.password").strip())) {
                Awaitility.await("all notices, -Dgate.seed=" + SEED)
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(missing(queues.all())).isEmpty());
                taken = queues.all();
            }
            EngineApi api = new EngineApi(
                    new InetSocketAddress("127.0.0.1", http),
                    home.read("data/admin.password").strip());
            all().stream()
                    .filter(exam -> exam.script().contains(Step.COMMIT))
                    .forEach(exam -> awaitReported(exam, api));
            assertThat(engine.stop()).isZero();
        }
        check("at the end", home, true);
        assertThat(byAccession(taken.stream()
                        .map(notice -> List.of(notice.accession(), notice.queue(), notice.outboxId()))
                        .toList()))
                .as("notices on the queues beside those of the outbox, -Dgate.seed=%d", SEED)
                .isEqualTo(byAccession(outbox(home)));
    }

    /** Of each exam that has not all its notices: what it has. */
    private List<String> missing(List<Taken> taken) {
        Map<String, List<String>> types = new HashMap<>();
        taken.forEach(notice -> types.computeIfAbsent(notice.accession(), ignored -> new ArrayList<>())
                .add(notice.eventType()));
        return all().stream()
                .filter(exam -> types.getOrDefault(exam.accession(), List.of()).size()
                        < end(exam).notices().size())
                .map(exam -> exam + ": " + types.get(exam.accession()))
                .toList();
    }

    private StoredExam end(Exam exam) {
        List<StoredExam> states = expected.get(exam.script());
        return states.get(states.size() - 1);
    }

    private List<List<String>> outbox(TestHome home) throws IOException, SQLException {
        List<List<String>> notices = new ArrayList<>();
        try (Connection store = read(home.root());
                Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT accession, queue, CAST(id AS VARCHAR) FROM outbox WHERE sent ORDER BY seq")) {
            while (rows.next()) {
                notices.add(List.of(String.valueOf(rows.getString(1)), rows.getString(2), rows.getString(3)));
            }
        }
        return notices;
    }

    /** The ids of each accession on each queue, in order. */
    private static Map<String, List<String>> byAccession(List<List<String>> notices) {
        Map<String, List<String>> ids = new HashMap<>();
        notices.forEach(notice -> ids.computeIfAbsent(notice.get(0) + " " + notice.get(1), ignored -> new ArrayList<>())
                .add(notice.get(2)));
        return ids;
    }
}
