package io.collimator.acceptance.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.Scanner;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.mllp.MllpClient;
import io.collimator.hl7.mllp.MllpClientSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who works with the engine while it is attacked, each again and again: a RIS on a connection that stays, another one on a new
 * connection for each order, a modality that asks for its worklist, and a probe that asks for both kinds of health on a new connection.
 */
final class HonestPeers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROUNDS = 3;

    /** What one of them does once; anything but a good answer is thrown. */
    private interface Round {
        void run(int number) throws Exception;
    }

    private final EngineUnderTest engine;
    private final Scanner modality;
    private final MllpClient ris;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<AtomicInteger> rounds = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    /** @param title registered, and may ask for the worklist */
    HonestPeers(EngineUnderTest engine, AeTitle title) {
        this.engine = engine;
        this.modality = new Scanner(title);
        this.ris = new MllpClient(MllpClientSettings.of(
                engine.engine().mllp().getHostString(), engine.engine().mllp().getPort()));
        work("the old RIS connection", this::orderOnTheOldConnection);
        work("the new RIS connection", this::orderOnANewConnection);
        work("the modality", this::askForTheWorklist);
        work("the probe", this::askForHealth);
    }

    private void work(String who, Round round) {
        AtomicInteger done = new AtomicInteger();
        rounds.add(done);
        threads.execute(() -> {
            while (!over) {
                try {
                    round.run(done.get());
                    done.incrementAndGet();
                } catch (Exception | AssertionError e) {
                    errors.add(who + ": " + e);
                    return;
                }
            }
        });
    }

    private void orderOnTheOldConnection(int number) throws IOException {
        String code = ris.send(
                        Messages.order("OLD" + number).replace("\n", "\r").getBytes(StandardCharsets.UTF_8))
                .code();
        assertThat(code).isEqualTo("AA");
    }

    private void orderOnANewConnection(int number) {
        assertThat(engine.send(Messages.order("NEW" + number)).code()).isEqualTo("AA");
    }

    private void askForTheWorklist(int number) {
        DataSet keys = Dictionary.dataSet()
                .put(Tags.AccessionNumber, "OLD" + number)
                .put(Tags.PatientID)
                .build();
        assertThat(modality.ask(engine, keys).status().isSuccess()).isTrue();
    }

    private void askForHealth(int number) throws IOException {
        for (String path : List.of("/health/live", "/health/ready")) {
            try (RawHttp probe = new RawHttp(engine.engine().http(), "127.0.0.1")) {
                assertThat(probe.get(path, "")).isEqualTo(200);
            }
        }
    }

    /** Each of them does its work some times more, and nothing went wrong for any of them. */
    void workOn() {
        List<Integer> before = rounds.stream().map(AtomicInteger::get).toList();
        await().atMost(PATIENCE).until(() -> {
            boolean all = true;
            for (int i = 0; i < before.size(); i++) {
                all &= rounds.get(i).get() >= before.get(i) + ROUNDS;
            }
            return all || !errors.isEmpty();
        });
        assertThat(errors).isEmpty();
    }

    @Override
    public void close() {
        over = true;
        threads.shutdown();
        ris.close();
        modality.close();
    }
}
