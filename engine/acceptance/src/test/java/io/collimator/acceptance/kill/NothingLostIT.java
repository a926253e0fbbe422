package io.collimator.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.QueueReader;
import io.collimator.acceptance.engine.RawMllp;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.DcmjsArchive;
import io.collimator.acceptance.peer.DcmjsArchive.Behaviour;
import io.collimator.acceptance.peer.DcmjsArchive.Way;
import io.collimator.acceptance.peer.DcmjsModality;
import io.collimator.acceptance.peer.DcmjsModality.Offer;
import io.collimator.acceptance.peer.FreePort;
import io.collimator.acceptance.peer.ReferencedInstance;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at each point: what was acknowledged is there once, and each notice is on its queue once, in order. */
@Tag("peers")
class NothingLostIT {

    private static final int SIGKILL = 137;
    private static final String INSTANCE = "1.2.826.0.1.5.1";
    private static final String TRANSACTION = "1.2.826.0.1.5.2";

    @TempDir
    private Path folder;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void choosePorts() {
        for (String listener : List.of("mllp", "dicom", "http", "jms")) {
            settings.put("collimator." + listener + ".port", String.valueOf(FreePort.choose()));
        }
        settings.put("collimator.time-zone", "UTC");
        // a question or report that a dead engine had in hand is taken up again after this
        settings.put("collimator.custody.send-timeout-seconds", "5");
    }

    @Test
    void killed_after_the_commit_the_resent_order_is_there_once() {
        TestHome home = TestHome.create(folder).withStation("CT", "CT1");
        try (EngineProcess mortal = EngineProcess.start(home.root(), KillPoint.AFTER_COMMIT_BEFORE_ACK, settings)) {
            assertThat(answerTo(Messages.order("KILL1"))).doesNotContain("MSA|AA");
            assertThat(mortal.awaitExit()).isEqualTo(SIGKILL);
        }

        try (EngineUnderTest engine = EngineUnderTest.start(home, settings);
                QueueReader queues = engine.queues()) {
            assertThat(engine.send(Messages.order("KILL1")).code()).isEqualTo("AA");

            assertThat(engine.api().accession("KILL1").path("steps")).hasSize(1);
            queues.awaitTypes(QueueReader.EVENTS, "KILL1", "order.scheduled");
            queues.awaitOrderStatuses("KILL1", "SC");
        }
    }

    @Test
    void killed_between_commit_and_relay_every_notice_comes_once_in_order() {
        TestHome home = TestHome.create(folder);
        notices_come_once_in_order(home, KillPoint.BETWEEN_COMMIT_AND_RELAY);
    }

    @Test
    void killed_after_the_send_before_its_mark_every_notice_comes_once_in_order() {
        TestHome home = TestHome.create(folder);
        notices_come_once_in_order(home, KillPoint.AFTER_SEND_BEFORE_MARK);
    }

    private void notices_come_once_in_order(TestHome home, KillPoint point) {
        try (EngineProcess mortal = EngineProcess.start(home.root(), point, settings)) {
            assertThat(answerTo(Messages.order("KILL2"))).contains("MSA|AA");
            home.write(MortalEngine.GO, "");
            assertThat(mortal.awaitExit()).isEqualTo(SIGKILL);
        }

        try (EngineUnderTest engine = EngineUnderTest.start(home, settings)) {
            assertThat(engine.send(Messages.order("KILL2", "CA").replace("KILL2-CA", "KILL2-C2"))
                            .code())
                    .isEqualTo("AA");
            try (QueueReader queues = engine.queues()) {
                queues.awaitTypes(QueueReader.EVENTS, "KILL2", "order.scheduled", "order.cancelled");
                queues.awaitOrderStatuses("KILL2", "SC", "CA");
                assertThat(queues.all()).extracting(QueueReader.Taken::outboxId).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void killed_after_the_n_action_response_the_archive_is_asked_and_the_modality_told() {
        commitment_survives(KillPoint.AFTER_N_ACTION_RESPONSE);
    }

    @Test
    void killed_between_the_reports_the_modality_is_told_once() {
        commitment_survives(KillPoint.BETWEEN_THE_REPORTS);
    }

    private void commitment_survives(KillPoint point) {
        PeerAddress dicom = PeerAddress.loopback(
                new AeTitle("COLLIMATOR"), Integer.parseInt(settings.get("collimator.dicom.port")));
        List<ReferencedInstance> instances = List.of(ReferencedInstance.ct(INSTANCE));
        try (DcmjsModality modality = DcmjsModality.start("CT1", 0);
                DcmjsArchive archive = DcmjsArchive.start("ARCHIVE", 0)) {
            TestHome home =
                    TestHome.create(folder).withModality(modality.address()).withArchive(archive.address());
            modality.target(dicom, Offer.BOTH);
            archive.reportTo(dicom);
            archive.behave(Behaviour.vouching(Way.NEW_ASSOCIATION));
            try (EngineProcess mortal = EngineProcess.start(home.root(), point, settings)) {
                assertThat(modality.requestCommitment(TRANSACTION, instances, Duration.ZERO)
                                .isSuccess())
                        .isTrue();
                if (point == KillPoint.BETWEEN_THE_REPORTS) {
                    String asked = archive.awaitAction(INSTANCE).transaction();
                    assertThat(archive.awaitReported(asked).isSuccess()).isTrue();
                }
                home.write(MortalEngine.GO, "");
                assertThat(mortal.awaitExit()).isEqualTo(SIGKILL);
                assertThat(modality.reports()).isEmpty();
            }

            try (EngineUnderTest engine = EngineUnderTest.start(home, settings)) {
                assertThat(modality.awaitReport(TRANSACTION).committed()).isEqualTo(instances);
                JsonNode unknown = engine.api().exceptions();
                assertThat(modality.reports()).hasSize(1);
                assertThat(unknown)
                        .noneMatch(exception -> exception.path("type").asText().equals("commitment-report-unexpected"));
            }
        }
    }

    private String answerTo(String message) {
        try (RawMllp sender = new RawMllp(
                new InetSocketAddress("127.0.0.1", Integer.parseInt(settings.get("collimator.mllp.port"))))) {
            return sender.frame(message).answer();
        } catch (UncheckedIOException dead) {
            return dead.getMessage();
        }
    }
}
