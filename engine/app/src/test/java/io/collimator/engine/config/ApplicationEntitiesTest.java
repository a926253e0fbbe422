package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.ServiceRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationEntitiesTest {

    private static final AeTitle CT1 = new AeTitle("CT1");
    private static final AeTitle ARCHIVE = new AeTitle("ARCHIVE");

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void make_a_home() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        home = new Home(folder);
    }

    @Test
    void the_shipped_registry_holds_simulated_peers_only() {
        ApplicationEntities shipped = ApplicationEntities.load(new Home(Path.of("../..")));

        assertThat(shipped.all()).isNotEmpty().allMatch(ApplicationEntity::simulated);
    }

    @Test
    void a_peer_may_do_what_its_services_say_and_an_archive_may_always_report() throws IOException {
        write("""
                applicationEntities:
                  CT1: {host: ct1, port: 104, services: [worklist, commitment], characterSet: ISO_IR 100}
                  ARCHIVE: {host: pacs, port: 11112, archive: {commitment: true}}
                  ECHO: {}
                """);

        ApplicationEntities peers = ApplicationEntities.load(home);

        assertThat(peers.isRegistered(new AeTitle("ECHO"))).isTrue();
        assertThat(peers.isRegistered(new AeTitle("CT2"))).isFalse();
        assertThat(peers.rolesOf(CT1, Uids.ModalityWorklistInformationModelFind))
                .containsExactly(ServiceRole.SCU);
        assertThat(peers.rolesOf(CT1, Uids.ModalityPerformedProcedureStep)).isEmpty();
        assertThat(peers.rolesOf(CT1, Uids.StorageCommitmentPushModel)).containsExactly(ServiceRole.SCU);
        assertThat(peers.rolesOf(ARCHIVE, Uids.StorageCommitmentPushModel)).containsExactly(ServiceRole.SCP);
        assertThat(peers.rolesOf(ARCHIVE, Uids.ModalityWorklistInformationModelFind))
                .isEmpty();
        assertThat(peers.find(CT1))
                .hasValueSatisfying(ct -> assertThat(ct.characterSet()).isEqualTo("ISO_IR 100"));
    }

    @Test
    void every_problem_is_told_at_once_with_its_line() throws IOException {
        write("""
                applicationEntities:
                  CT_EAST_ROOM_NUMBER_2:
                    services: [worklist]
                  CT1:
                    host: ct1
                    port: 70000
                    services: [worklist, printing]
                    characterset: ISO_IR 100
                  CT2:
                    services: [commitment]
                  PACS:
                    archive: {commitment: maybe}
                    characterSet: ISO_IR 999
                  PACS: {}
                """);

        ConfigurationException problem =
                catchThrowableOfType(ConfigurationException.class, () -> ApplicationEntities.load(home));

        assertThat(problem)
                .hasMessageContainingAll(
                        "config/application-entities.yaml:2: applicationEntities.CT_EAST_ROOM_NUMBER_2: is no AE title",
                        "config/application-entities.yaml:6: applicationEntities.CT1.port = \"70000\": is not valid",
                        "config/application-entities.yaml:7: applicationEntities.CT1.services = \"printing\": is unknown",
                        "config/application-entities.yaml:8: applicationEntities.CT1.characterset: is unknown",
                        "config/application-entities.yaml:10: applicationEntities.CT2.services = \"commitment\": needs host and port",
                        "config/application-entities.yaml:12: applicationEntities.PACS.archive.commitment = \"maybe\"",
                        "config/application-entities.yaml:13: applicationEntities.PACS.characterSet = \"ISO_IR 999\"",
                        "config/application-entities.yaml:14: applicationEntities.PACS: stands twice");
    }

    @Test
    void bytes_that_are_no_yaml_are_told_with_their_line() throws IOException {
        write("applicationEntities:\n  CT1: [\n");

        ConfigurationException problem =
                catchThrowableOfType(ConfigurationException.class, () -> ApplicationEntities.load(home));

        assertThat(problem).hasMessageContaining("config/application-entities.yaml:3: is no YAML");
    }

    private void write(String text) throws IOException {
        Files.writeString(home.applicationEntities(), text);
    }
}
