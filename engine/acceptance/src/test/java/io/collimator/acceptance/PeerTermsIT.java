package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.RecordedLog;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.UserIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On what terms config/application-entities.yaml lets each peer in, and by which name its word counts. */
class PeerTermsIT {

    private static final String PASSCODE = "open-sesame";
    private static final Uid COMMITMENT = Uids.StorageCommitmentPushModel;
    private static final Uid COMMITMENT_INSTANCE = Uids.StorageCommitmentPushModelInstance;

    @TempDir
    private static Path folder;

    private static RecordedLog log;
    private static final Queue<DataSet> ASKED = new ConcurrentLinkedQueue<>();

    private static DicomProvider provider;
    private static EngineUnderTest engine;

    @BeforeAll
    static void start() throws IOException {
        log = RecordedLog.of("io.collimator.dicom", Level.INFO);
        provider = new NettyDicomProvider();
        DicomListener archive = listen("ARCHIVE");
        TestHome home = TestHome.create(folder)
                .write("config/ct2.passcode", PASSCODE)
                .write("config/application-entities.yaml", """
                        applicationEntities:
                          CT1:
                            services: [worklist]
                            limits: {maxAssociations: 1, maxPduLengthBytes: 8192}
                          CT2:
                            host: 127.0.0.1
                            port: %d
                            services: [worklist, commitment]
                            userIdentity: {types: [username-and-passcode], username: ct, passcodeFile: config/ct2.passcode}
                          CT3:
                            host: 127.0.0.1
                            port: %d
                            services: [commitment]
                          ARCHIVE:
                            host: 127.0.0.1
                            port: %d
                            archive: {commitment: true}
                        """.formatted(
                                archive.address().getPort(),
                                archive.address().getPort(),
                                archive.address().getPort()));
        Files.setPosixFilePermissions(
                home.root().resolve("config/ct2.passcode"), PosixFilePermissions.fromString("rw-------"));
        engine = EngineUnderTest.start(home, Map.of("collimator.dicom.ae-title-case-sensitive", "false"));
    }

    @AfterAll
    static void stop() {
        engine.close();
        provider.close();
        log.close();
    }

    private static DicomListener listen(String title) {
        PeerPolicy everybody = new PeerPolicy() {
            @Override
            public boolean isRegistered(AeTitle calling) {
                return true;
            }

            @Override
            public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
                return Set.of(ServiceRole.SCU);
            }
        };
        return provider.listen(
                new ListenerSettings(new AeTitle(title), "127.0.0.1", 0, DicomLimits.defaults()),
                everybody,
                ServiceHandlers.builder()
                        .action(COMMITMENT, action -> {
                            ASKED.add(action.information());
                            return NResponse.success();
                        })
                        .build());
    }

    private static DicomAssociation call(
            String calling,
            @Nullable UserIdentity user,
            ServiceHandlers handlers,
            PresentationContextProposal context) {
        return provider.open(new AssociationRequest(
                new AeTitle(calling),
                engine.dicom().aeTitle(),
                "127.0.0.1",
                engine.dicom().port(),
                List.of(context),
                handlers,
                DicomLimits.defaults(),
                AssociationOptions.none(),
                user));
    }

    private static DicomAssociation echo(String calling, @Nullable UserIdentity user) {
        return call(calling, user, ServiceHandlers.none(), PresentationContextProposal.scu(Uids.Verification));
    }

    private static void assertRejected(String calling, @Nullable UserIdentity user, int... how) {
        assertThatThrownBy(() -> echo(calling, user).close())
                .isInstanceOfSatisfying(
                        AssociationException.class,
                        e -> assertThat(new int[] {e.result(), e.source(), e.reason()})
                                .containsExactly(how));
    }

    @Test
    void a_peer_with_a_limit_of_one_association_gets_no_second_one() {
        try (DicomAssociation first = echo("CT1", null)) {
            assertRejected("CT1", null, 2, 3, 2);
            assertRejected("ct1", null, 2, 3, 2);

            assertThat(first.echo().isSuccess()).isTrue();
        }
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            try (DicomAssociation next = echo("CT1", null)) {
                assertThat(next.isOpen()).isTrue();
            }
        });
        assertThat(log.lines()).anyMatch(line -> line.contains("CT1 has 1 associations open"));
    }

    @Test
    void a_peer_that_has_to_name_its_user_is_let_in_with_it_alone() {
        assertRejected("CT2", null, 1, 1, 1);
        assertRejected("CT2", UserIdentity.username("ct"), 1, 1, 1);
        assertRejected("CT2", UserIdentity.usernameAndPasscode("ct", "shut-sesame"), 1, 1, 1);
        assertRejected("CT2", UserIdentity.usernameAndPasscode("somebody", PASSCODE), 1, 1, 1);

        UserIdentity right = UserIdentity.usernameAndPasscode("ct", PASSCODE).withPositiveResponseRequested();
        try (DicomAssociation association = echo("CT2", right)) {
            assertThat(association.echo().isSuccess()).isTrue();
        }

        assertThat(log.lines())
                .anyMatch(line -> line.contains("the user identity of CT2 is refused: it sent none"))
                .anyMatch(line -> line.contains("the user identity of CT2 is refused: it is of type username;"))
                .anyMatch(line -> line.contains("the user identity of CT2 is refused: the passcode is wrong"))
                .noneMatch(line -> line.contains("sesame") || line.contains("somebody"));
    }

    @Test
    void a_report_counts_from_the_archive_whatever_the_case_of_its_title() {
        Uid transaction = new Uid("1.2.3.77");
        Uid instance = new Uid("1.2.3.77.1");
        Queue<DataSet> reported = new ConcurrentLinkedQueue<>();
        ServiceHandlers modality = ServiceHandlers.builder()
                .eventReport(COMMITMENT, report -> {
                    reported.add(report.information());
                    return NResponse.success();
                })
                .build();

        try (DicomAssociation association = call("CT3", null, modality, PresentationContextProposal.scu(COMMITMENT))) {
            association.action(COMMITMENT, COMMITMENT_INSTANCE, 1, commitment(transaction, instance));
            await().atMost(Duration.ofMinutes(1)).until(() -> askedFor(instance) != null);
            Uid asked = new Uid(String.valueOf(askedFor(instance)));
            try (DicomAssociation archive = call(
                    "archive",
                    null,
                    ServiceHandlers.none(),
                    new PresentationContextProposal(
                            COMMITMENT,
                            PresentationContextProposal.scu(COMMITMENT).transferSyntaxes(),
                            EnumSet.of(ServiceRole.SCP)))) {
                assertThat(archive.eventReport(COMMITMENT, COMMITMENT_INSTANCE, 1, commitment(asked, instance))
                                .status()
                                .isSuccess())
                        .isTrue();
            }
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(reported)
                            .singleElement()
                            .satisfies(report ->
                                    assertThat(report.text(Tags.TransactionUID)).isEqualTo(transaction.value())));
        }
    }

    private static @Nullable String askedFor(Uid instance) {
        return ASKED.stream()
                .filter(asked -> asked.items(Tags.ReferencedSOPSequence).stream()
                        .anyMatch(
                                item -> item.text(Tags.ReferencedSOPInstanceUID).equals(instance.value())))
                .map(asked -> asked.text(Tags.TransactionUID))
                .findFirst()
                .orElse(null);
    }

    private static DataSet commitment(Uid transaction, Uid instance) {
        return Dictionary.dataSet()
                .put(Tags.TransactionUID, transaction.value())
                .items(
                        Tags.ReferencedSOPSequence,
                        Dictionary.dataSet()
                                .put(Tags.ReferencedSOPClassUID, Uids.CTImageStorage.value())
                                .put(Tags.ReferencedSOPInstanceUID, instance.value())
                                .build())
                .build();
    }
}
