package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.PeerLimits;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.UserIdentity;
import io.collimator.dicom.service.UserIdentityVerdict.NotJudged;
import io.collimator.dicom.service.UserIdentityVerdict.Refused;
import io.collimator.dicom.service.UserIdentityVerdict.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
    void a_list_where_one_value_is_meant_is_called_one() throws IOException {
        write("""
                applicationEntities:
                  CT1:
                    host: ct1, ct2
                    port: [104, 105]
                  CT2:
                    host: [ct2]
                    port: 104 105
                """);

        assertThat(catchThrowableOfType(ConfigurationException.class, () -> ApplicationEntities.load(home)))
                .hasMessageContainingAll(
                        "yaml:3: applicationEntities.CT1.host = \"ct1, ct2\": is a list where one value is meant",
                        "yaml:4: applicationEntities.CT1.port: is a list where one value is meant",
                        "yaml:6: applicationEntities.CT2.host: is a list where one value is meant",
                        "yaml:7: applicationEntities.CT2.port = \"104 105\": is a list where one value is meant");
    }

    @Test
    void a_peer_may_have_limits_of_its_own_and_keeps_the_usual_ones_elsewhere() throws IOException {
        write("""
                applicationEntities:
                  CT1:
                    limits: {maxAssociations: 1, maxPduLengthBytes: 16384}
                  CT2: {}
                """);
        PeerLimits usual = new PeerLimits(50, 65_536, 1, 2);

        ApplicationEntities peers = ApplicationEntities.load(home);

        assertThat(peers.limitsOf(CT1, usual)).isEqualTo(new PeerLimits(1, 16_384, 1, 2));
        assertThat(peers.limitsOf(new AeTitle("CT2"), usual)).isEqualTo(usual);
    }

    @Test
    void a_peer_may_have_to_name_a_user_with_the_passcode_of_a_file() throws IOException {
        writeSecret("config/ct1.passcode", "sesame\n", "rw-------");
        write("""
                applicationEntities:
                  CT1:
                    userIdentity: {types: [username-and-passcode], username: ct, passcodeFile: config/ct1.passcode}
                  CT2:
                    userIdentity: {optional: true, types: [username, saml]}
                """);

        ApplicationEntities peers = ApplicationEntities.load(home);

        assertThat(peers.judge(CT1, UserIdentity.usernameAndPasscode("ct", "sesame")))
                .isInstanceOf(Verified.class);
        assertThat(List.of(
                        peers.judge(CT1, UserIdentity.usernameAndPasscode("ct", "sesame ")),
                        peers.judge(CT1, UserIdentity.usernameAndPasscode("mr", "sesame")),
                        peers.judge(CT1, UserIdentity.username("ct"))))
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Refused.class));
        assertThat(peers.judge(CT1, null))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why()).contains("sent none", "username-and-passcode"));
        assertThat(peers.judge(new AeTitle("CT2"), null)).isInstanceOf(NotJudged.class);
        assertThat(peers.judge(new AeTitle("CT2"), UserIdentity.username("anybody")))
                .isInstanceOf(NotJudged.class);
        assertThat(peers.judge(new AeTitle("CT2"), UserIdentity.of(UserIdentity.Type.KERBEROS, new byte[3])))
                .isInstanceOf(Refused.class);
        assertThat(peers.all().toString()).doesNotContain("sesame");
    }

    @Test
    void terms_that_a_peer_cannot_be_held_to_are_told_without_showing_a_secret() throws IOException {
        writeSecret("config/open.passcode", "sesame", "rw-r--r--");
        writeSecret("config/empty.passcode", " ", "rw-------");
        write("""
                applicationEntities:
                  CT1:
                    limits: {maxAssociations: 0, maxPduLength: 16384}
                    userIdentity: {types: [password], passcode: sesame}
                  CT2:
                    userIdentity: {types: [username-and-passcode, username], passcodeFile: config/sesame}
                  CT3:
                    userIdentity: {optional: true, types: [username-and-passcode], passcodeFile: config/open.passcode}
                  CT4:
                    userIdentity: {types: [username-and-passcode], passcodeFile: config/empty.passcode}
                  CT5:
                    userIdentity: {types: [saml], username: ct}
                  CT6:
                    userIdentity: {optional: true}
                """);

        ConfigurationException problem =
                catchThrowableOfType(ConfigurationException.class, () -> ApplicationEntities.load(home));

        assertThat(problem)
                .hasMessageContainingAll(
                        "yaml:3: applicationEntities.CT1.limits.maxAssociations = \"0\": is not valid; expected a whole number from 1",
                        "yaml:3: applicationEntities.CT1.limits.maxPduLength: is unknown",
                        "yaml:4: applicationEntities.CT1.userIdentity.types = \"password\": is no list of user identity types",
                        "yaml:4: applicationEntities.CT1.userIdentity.passcode: is unknown",
                        "yaml:6: applicationEntities.CT2.userIdentity.passcodeFile: needs types: [username-and-passcode]",
                        "yaml:6: applicationEntities.CT2.userIdentity.passcodeFile: names no file",
                        "yaml:8: applicationEntities.CT3.userIdentity.optional = \"true\": makes the passcode of no use",
                        "yaml:8: applicationEntities.CT3.userIdentity.passcodeFile: names a file that others may read",
                        "yaml:10: applicationEntities.CT4.userIdentity.passcodeFile: names an empty file",
                        "yaml:12: applicationEntities.CT5.userIdentity.username: is of no use",
                        "applicationEntities.CT6.userIdentity.types: is no list of user identity types");
        assertThat(problem).hasMessageNotContaining("sesame");
    }

    @Test
    void bytes_that_are_no_yaml_are_told_with_their_line() throws IOException {
        write("applicationEntities:\n  CT1: [\n");

        ConfigurationException problem =
                catchThrowableOfType(ConfigurationException.class, () -> ApplicationEntities.load(home));

        assertThat(problem).hasMessageContaining("config/application-entities.yaml:3: is no YAML");
    }

    private void writeSecret(String name, String content, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private void write(String text) throws IOException {
        Files.writeString(home.applicationEntities(), text);
    }
}
