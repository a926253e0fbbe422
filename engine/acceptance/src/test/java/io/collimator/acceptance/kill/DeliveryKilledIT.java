package io.collimator.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.RawMllp;
import io.collimator.acceptance.engine.ScriptedRis;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.FreePort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL between the answer of the RIS and the end of the message on its queue. */
@Timeout(180)
class DeliveryKilledIT {

    private static final int SIGKILL = 137;

    @TempDir
    private Path folder;

    @Test
    void a_status_that_the_ris_has_accepted_is_not_sent_again() {
        Map<String, String> settings = new HashMap<>();
        for (String listener : List.of("mllp", "dicom", "http", "jms")) {
            settings.put("collimator." + listener + ".port", String.valueOf(FreePort.choose()));
        }
        TestHome home = TestHome.create(folder);
        try (ScriptedRis ris = new ScriptedRis(status -> "AA")) {
            settings.put("collimator.status-delivery.host", "127.0.0.1");
            settings.put("collimator.status-delivery.port", String.valueOf(ris.port()));
            try (EngineProcess mortal =
                    EngineProcess.start(home.root(), KillPoint.AFTER_ACCEPTANCE_IS_RECORDED, settings)) {
                try (RawMllp sender = new RawMllp(
                        new InetSocketAddress("127.0.0.1", Integer.parseInt(settings.get("collimator.mllp.port"))))) {
                    assertThat(sender.frame(Messages.order("KILL3")).answer()).contains("MSA|AA");
                }
                home.write(MortalEngine.GO, "");
                assertThat(mortal.awaitExit()).isEqualTo(SIGKILL);
            }
            assertThat(ris.accepted("KILL3")).containsExactly("SC");

            try (EngineUnderTest engine = EngineUnderTest.start(home, settings)) {
                assertThat(engine.send(Messages.order("KILL3", "CA")).code()).isEqualTo("AA");
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> ris.accepted("KILL3").contains("CA"));
                assertThat(ris.accepted("KILL3")).containsExactly("SC", "CA");
                assertThat(engine.api().get("/metrics").body())
                        .contains(
                                "collimator_notices_skipped_total{queue=\"collimator.status\",reason=\"accepted_before\"} 1.0");
            }
        }
    }
}
