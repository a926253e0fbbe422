package io.collimator.engine.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.Archives;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Home;
import io.collimator.engine.config.Problem;
import io.collimator.workflow.order.SentFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which archive is asked, and that no simulated one is, whoever would be asked. */
class ArchiveTrustTest {

    private static final AeTitle ARCHIVE = new AeTitle("ARCHIVE");
    private static final AeTitle ARCHIVE2 = new AeTitle("ARCHIVE2");
    private static final AeTitle CT1 = new AeTitle("CT1");
    private static final AeTitle CT2 = new AeTitle("CT2");
    private static final AeTitle CT3 = new AeTitle("CT3");
    private static final SentFields OF_WEST = new SentFields(Map.of("MSH-3", "WEST"));

    @TempDir
    Path folder;

    private ApplicationEntities peers;
    private Archives archives;

    @BeforeEach
    void read() throws IOException {
        Home home = new Home(folder);
        Files.createDirectories(home.config());
        Files.writeString(home.applicationEntities(), """
                applicationEntities:
                  CT1: {host: ct1, port: 104, services: [commitment]}
                  CT2: {host: ct2, port: 104, services: [commitment]}
                  CT3: {host: ct3, port: 104, services: [commitment]}
                  ARCHIVE: {host: pacs1, port: 104, archive: {commitment: true}}
                  ARCHIVE2: {host: pacs2, port: 104, archive: {commitment: true}}
                  TOY: {host: pacs3, port: 104, archive: {commitment: true}, simulated: true}
                """);
        Files.writeString(home.archives(), """
                archives:
                  ARCHIVE2: {stations: [CT2], sendingApplication: [WEST]}
                  TOY: {stations: [CT3]}
                """);
        peers = ApplicationEntities.load(home);
        archives = Archives.load(home, Optional.of(peers));
    }

    @Test
    void the_row_of_the_station_comes_before_that_of_the_sender_and_both_before_the_usual_one() {
        ArchiveTrust trust = new ArchiveTrust(ARCHIVE, archives, peers, false);

        assertThat(trust.archiveFor(CT1, List::of)).contains(ARCHIVE);
        assertThat(trust.archiveFor(CT1, () -> List.of(SentFields.NONE, OF_WEST)))
                .contains(ARCHIVE2);
        assertThat(trust.archiveFor(CT2, List::of)).contains(ARCHIVE2);
        assertThat(trust.archiveFor(new AeTitle("ELSE"), List::of)).contains(ARCHIVE);
    }

    @Test
    void who_sent_the_orders_is_not_looked_up_where_no_row_names_senders() {
        ArchiveTrust trust = new ArchiveTrust(ARCHIVE, Archives.NONE, peers, false);

        assertThat(trust.archiveFor(CT1, () -> {
                    throw new AssertionError("Nobody needs to know.");
                }))
                .contains(ARCHIVE);
    }

    @Test
    void a_simulated_archive_is_asked_in_the_demo_only_also_by_the_table() {
        assertThat(new ArchiveTrust(ARCHIVE, archives, peers, false).archiveFor(CT3, List::of))
                .isEmpty();
        assertThat(new ArchiveTrust(ARCHIVE, archives, peers, true).archiveFor(CT3, List::of))
                .contains(new AeTitle("TOY"));
        assertThat(new ArchiveTrust(new AeTitle("TOY"), archives, peers, false).archiveFor(CT2, List::of))
                .contains(ARCHIVE2);
    }

    @Test
    void each_archive_that_vouches_for_nothing_is_a_warning() {
        EngineSettings settings =
                EngineSettings.load(new Home(folder), Map.of(), Map.of("collimator.archive", "NOBODY"));

        List<Problem> warnings = ArchiveTrust.warnings(settings, peers, archives);

        assertThat(warnings)
                .extracting(Problem::toString)
                .satisfiesExactly(
                        usual -> assertThat(usual).contains("collimator.archive = \"NOBODY\": is not registered"),
                        row -> assertThat(row).startsWith("config/archives.yaml:3: archives.TOY: is simulated"));
        assertThat(warnings).allMatch(ArchiveTrust::isAbout);
    }
}
