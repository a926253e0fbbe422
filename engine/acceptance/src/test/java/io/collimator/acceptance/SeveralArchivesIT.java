package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.SwitchedReceiver;
import io.collimator.acceptance.engine.SwitchedReceiver.Mode;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.DcmjsArchive;
import io.collimator.acceptance.peer.DcmjsArchive.Action;
import io.collimator.acceptance.peer.DcmjsArchive.Behaviour;
import io.collimator.acceptance.peer.DcmjsArchive.Unasked;
import io.collimator.acceptance.peer.DcmjsArchive.Way;
import io.collimator.acceptance.peer.PeerAnswer;
import io.collimator.acceptance.peer.ReferencedInstance;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.modality.ModalitySettings;
import io.collimator.simulators.modality.ModalitySimulator;
import io.collimator.simulators.modality.PerformedSeries;
import io.collimator.simulators.modality.PerformedStep;
import io.collimator.simulators.modality.WorklistItem;
import io.collimator.simulators.modality.WorklistQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three archives: the usual one, one by station and by sender, and one that does not answer, with a blank in its title. */
@Tag("peers")
@Timeout(300)
class SeveralArchivesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static DicomProvider provider;
    private static ModalitySimulator ct1;
    private static ModalitySimulator ct2;
    private static ModalitySimulator ct3;
    private static DcmjsArchive usual;
    private static DcmjsArchive second;
    private static SwitchedReceiver mute;
    private static EngineUnderTest engine;

    @BeforeAll
    static void start() {
        provider = new NettyDicomProvider();
        ct1 = modality("CT1");
        ct2 = modality("CT2");
        ct3 = modality("CT3");
        usual = DcmjsArchive.start("ARCHIVE", 0);
        second = DcmjsArchive.start("ARCHIVE2", 0);
        mute = new SwitchedReceiver();
        mute.become(Mode.MUTE);
        TestHome home = TestHome.create(folder)
                .withModality(ct1.address())
                .withModality(ct2.address())
                .withModality(ct3.address())
                .withArchive(usual.address())
                .withArchive(second.address())
                .withArchive(PeerAddress.loopback(new AeTitle("DEEP STORE"), mute.port()))
                .withStation("CT", "CT1")
                .write("config/archives.yaml", """
                        archives:
                          ARCHIVE2:
                            stations: [CT2]
                            sendingApplication: [WestRIS]
                          DEEP STORE:
                            stations: [CT3]
                        """);
        engine = EngineUnderTest.start(
                home,
                Map.of(
                        "collimator.archive.alarm-after-seconds", "2",
                        "collimator.custody.ask-delays-seconds", "1",
                        "collimator.custody.poll-seconds", "1"));
        List.of(ct1, ct2, ct3).forEach(modality -> modality.target(engine.dicom()));
        usual.reportTo(engine.dicom());
        second.reportTo(engine.dicom());
    }

    @AfterAll
    static void stop() {
        engine.close();
        usual.close();
        second.close();
        mute.close();
        List.of(ct1, ct2, ct3).forEach(ModalitySimulator::close);
        provider.close();
    }

    private static ModalitySimulator modality(String title) {
        return ModalitySimulator.start(
                provider, ModalitySettings.of(new AeTitle(title), 0, Clock.systemUTC(), SeveralArchivesIT::newUid));
    }

    private static Uid newUid() {
        return new Uid("1.2.826.0.1.12." + NUMBERS.incrementAndGet());
    }

    @Test
    void each_station_s_request_goes_to_its_archive_and_each_gets_its_report() {
        second.behave(Behaviour.vouching(Way.NEW_ASSOCIATION));
        PerformedSeries ofFirst = ct1.acquire(2);
        PerformedSeries ofSecond = ct2.acquire(2);

        Uid first = commit(ct1, ofFirst);
        Uid other = commit(ct2, ofSecond);

        assertThat(ct1.awaitReport(first, PATIENCE).orElseThrow().report().committed())
                .hasSize(2);
        assertThat(ct2.awaitReport(other, PATIENCE).orElseThrow().report().committed())
                .hasSize(2);
        assertThat(isAskedAbout(usual, ofFirst)).isTrue();
        assertThat(isAskedAbout(usual, ofSecond)).isFalse();
        assertThat(isAskedAbout(second, ofSecond)).isTrue();
        assertThat(isAskedAbout(second, ofFirst)).isFalse();
    }

    @Test
    void the_archive_of_who_sent_the_order_is_asked_where_the_station_has_none() {
        second.behave(Behaviour.vouching(Way.SAME_ASSOCIATION));
        PerformedSeries west = performed(ct1, "SA-WEST", "WESTRIS");
        PerformedSeries north = performed(ct1, "SA-NORTH", "NORTHRIS");

        commit(ct1, west);
        commit(ct1, north);

        engine.api().awaitStates("SA-WEST", "COMPLETED", "COMMITTED");
        engine.api().awaitStates("SA-NORTH", "COMPLETED", "COMMITTED");
        assertThat(isAskedAbout(second, west)).isTrue();
        assertThat(isAskedAbout(usual, west)).isFalse();
        assertThat(isAskedAbout(usual, north)).isTrue();
    }

    @Test
    void the_word_of_an_archive_that_was_not_asked_changes_nothing() {
        second.behave(Behaviour.vouching(Way.SILENT));
        PerformedSeries series = performed(ct2, "SA-WRONG", "NORTHRIS");
        List<ReferencedInstance> images = series.images().stream()
                .map(image -> ReferencedInstance.ct(image.sopInstance().value()))
                .toList();
        commit(ct2, series);
        String transaction = second.awaitAction(images.get(0).instance()).transaction();

        PeerAnswer wrong = usual.report(new Unasked(transaction, images, List.of(), "ARCHIVE"), "COLLIMATOR");

        assertThat(wrong.status()).isZero();
        assertThat(engine.api().accession("SA-WRONG").at("/custodyState").asText())
                .isEqualTo("OUTSTANDING");
        assertThat(engine.api().exceptions())
                .anySatisfy(exception -> assertThat(exception.path("summary").asText())
                        .contains(transaction, "ARCHIVE2 was asked, not ARCHIVE"));

        second.report(new Unasked(transaction, images, List.of(), "ARCHIVE2"), "COLLIMATOR");
        engine.api().awaitStates("SA-WRONG", "COMPLETED", "COMMITTED");
    }

    @Test
    void an_archive_that_does_not_answer_holds_up_its_own_requests_alone() {
        second.behave(Behaviour.vouching(Way.NEW_ASSOCIATION));
        for (int i = 0; i < 8; i++) {
            commit(ct3, ct3.acquire(1));
        }
        JsonNode waiting = awaitPart("archive-DEEP STORE", "DEGRADED");

        Uid first = commit(ct1, ct1.acquire(1));
        Uid other = commit(ct2, ct2.acquire(1));

        assertThat(ct1.awaitReport(first, PATIENCE)).isPresent();
        assertThat(ct2.awaitReport(other, PATIENCE)).isPresent();
        assertThat(waiting.path("waiting").asInt()).isBetween(1, 8);
        awaitPart("archive-DEEP STORE", "DEGRADED");
        awaitPart("archive", "UP");
        awaitPart("archive-ARCHIVE2", "UP");
        assertThat(engine.api().get("/api/out").body())
                .contains("\"archive\"", "\"archive-ARCHIVE2\"", "\"archive-DEEP STORE\"");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.api().exceptions()).anySatisfy(exception -> {
                    assertThat(exception.path("type").asText()).isEqualTo("delivery-waiting");
                    assertThat(exception.path("source").asText()).isEqualTo("archive-DEEP STORE");
                }));
    }

    private static Uid commit(ModalitySimulator modality, PerformedSeries series) {
        var requested = modality.requestCommitment(series.images(), Duration.ZERO);
        assertThat(requested.status().isSuccess()).isTrue();
        return requested.request().transaction();
    }

    private static boolean isAskedAbout(DcmjsArchive archive, PerformedSeries series) {
        return archive.actions().stream()
                .map(Action::instances)
                .flatMap(List::stream)
                .anyMatch(one -> one.instance()
                        .equals(series.images().get(0).sopInstance().value()));
    }

    /** An exam of two images that ended, of an order of this sender. */
    private static PerformedSeries performed(ModalitySimulator modality, String accession, String application) {
        String order = Messages.order(accession).replaceFirst("\\|NORTHRIS\\|", "|" + application + "|");
        assertThat(engine.send(order).code()).isEqualTo("AA");
        WorklistItem entry = modality.worklist(WorklistQuery.everything()).items().stream()
                .filter(item -> item.accessionNumber().equals(accession))
                .findFirst()
                .orElseThrow();
        PerformedStep step = modality.begin(entry);
        PerformedSeries series = modality.acquire(2);
        assertThat(modality.complete(step, List.of(series)).isSuccess()).isTrue();
        return series;
    }

    private static JsonNode awaitPart(String name, String status) {
        return await(name + " is " + status)
                .atMost(PATIENCE)
                .until(() -> part(name), part -> part.path("status").asText().equals(status));
    }

    private static JsonNode part(String name) {
        try {
            JsonNode health =
                    EngineApi.JSON.readTree(engine.api().get("/health/ready").body());
            return StreamSupport.stream(health.path("parts").spliterator(), false)
                    .filter(part -> part.path("name").asText().equals(name))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
