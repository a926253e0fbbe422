package io.collimator.acceptance.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attacks of strangers at the DICOM and the HTTP port, each beside honest peers, who notice nothing. */
@Timeout(300)
class StrangersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Uid MPPS = Uids.ModalityPerformedProcedureStep;
    private static final Uid COMMITMENT = Uids.StorageCommitmentPushModel;
    private static final Uid COMMITMENT_INSTANCE = Uids.StorageCommitmentPushModelInstance;
    private static final String STRANGER = "127.0.0.66";

    @TempDir
    private static Path folder;

    private static RecordedLog log;

    private static DicomProvider provider;
    private static EngineUnderTest engine;
    private static HonestPeers honest;

    /** The association on which the archive was asked, and under which transaction. */
    private static final CompletableFuture<DicomAssociation> ASKED_ON = new CompletableFuture<>();

    private static final CompletableFuture<String> ASKED = new CompletableFuture<>();

    @BeforeAll
    static void start() {
        log = RecordedLog.of("io.collimator", Level.WARN);
        provider = new NettyDicomProvider();
        DicomListener archive = archive();
        TestHome home = TestHome.create(folder)
                .withStation("CT", "CT1")
                .write("config/application-entities.yaml", """
                        applicationEntities:
                          CT1:
                            hosts: [192.0.2.21, 127.0.0.0/8]
                            services: [worklist, mpps]
                          CT2:
                            hosts: [192.0.2.0/24, "2001:db8::/32", "::1"]
                            services: [worklist, mpps]
                          CT3:
                            host: 127.0.0.1
                            port: 9
                            hosts: ["::ffff:127.0.0.1"]
                            services: [worklist, mpps, commitment]
                          CT4:
                            services: [worklist]
                          ARCHIVE:
                            host: 127.0.0.1
                            port: %d
                            hosts: [192.0.2.30]
                            archive: {commitment: true}
                        """.formatted(
                                archive.address().getPort()));
        engine = EngineUnderTest.start(home, Map.of("collimator.dicom.bind-address", "0.0.0.0"));
        honest = new HonestPeers(engine, new AeTitle("CT1"));
    }

    @AfterAll
    static void stop() {
        honest.close();
        engine.close();
        provider.close();
        log.close();
    }

    private static DicomListener archive() {
        return provider.listen(
                new ListenerSettings(new AeTitle("ARCHIVE"), "127.0.0.1", 0, DicomLimits.defaults()),
                new PeerPolicy() {
                    @Override
                    public boolean isRegistered(AeTitle calling) {
                        return true;
                    }

                    @Override
                    public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
                        return Set.of(ServiceRole.SCU);
                    }
                },
                ServiceHandlers.builder()
                        .action(COMMITMENT, action -> {
                            ASKED.complete(action.information().text(Tags.TransactionUID));
                            ASKED_ON.complete(action.association());
                            return NResponse.success();
                        })
                        .build());
    }

    private static DicomAssociation call(String calling, PresentationContextProposal context) {
        return provider.open(new AssociationRequest(
                new AeTitle(calling),
                engine.dicom().aeTitle(),
                "127.0.0.1",
                engine.dicom().port(),
                List.of(context),
                ServiceHandlers.none(),
                DicomLimits.defaults()));
    }

    private static void assertRejected(String calling, PresentationContextProposal context) {
        assertThatThrownBy(() -> call(calling, context).close())
                .isInstanceOfSatisfying(
                        AssociationException.class,
                        e -> assertThat(List.of(e.result(), e.source(), e.reason()))
                                .containsExactly(1, 1, 3));
    }

    private static PresentationContextProposal asArchive() {
        return new PresentationContextProposal(
                COMMITMENT,
                PresentationContextProposal.scu(COMMITMENT).transferSyntaxes(),
                EnumSet.of(ServiceRole.SCP));
    }

    private static List<JsonNode> exceptions(String type) {
        List<JsonNode> found = new ArrayList<>();
        engine.api().exceptions().forEach(exception -> {
            if (exception.path("type").asText().equals(type)) {
                found.add(exception);
            }
        });
        return found;
    }

    @Test
    void a_registered_title_from_elsewhere_is_nobody_and_that_is_counted_and_told() {
        for (int i = 0; i < 100; i++) {
            assertRejected("CT2", PresentationContextProposal.scu(Uids.Verification));
        }
        assertRejected("CT9", PresentationContextProposal.scu(Uids.Verification));
        assertRejected("ARCHIVE", asArchive());
        honest.workOn();

        assertThat(engine.api().get("/metrics").body())
                .contains("collimator_dicom_rejected_associations_total{kind=\"other-host\",peer=\"CT2\"} 100.0")
                .contains("collimator_dicom_rejected_associations_total{kind=\"other-host\",peer=\"ARCHIVE\"} 1.0")
                .contains("collimator_dicom_rejected_associations_total{kind=\"calling-title\",peer=\"none\"} 1.0");
        assertThat(log.lines().stream().filter(line -> line.startsWith("CT2 was called from 127.0.0.1")))
                .isNotEmpty()
                .hasSizeLessThan(20);
    }

    @Test
    void who_may_be_called_by_anybody_is_told_at_the_start_and_in_health() {
        String missing = "config/application-entities.yaml: applicationEntities.CT4.hosts: is missing";
        String unbelieved = "applicationEntities.ARCHIVE.hosts = \"192.0.2.30\": does not hold its host 127.0.0.1";

        assertThat(log.lines())
                .anyMatch(line -> line.startsWith(missing))
                .anyMatch(line -> line.contains(unbelieved))
                .noneMatch(line -> line.contains("CT2.hosts"));
        assertThat(engine.api().get("/health/ready").body())
                .contains(missing, "applicationEntities.ARCHIVE.hosts")
                .doesNotContain("CT2.hosts");
    }

    @Test
    void a_report_from_elsewhere_is_not_believed_on_an_association_of_ours_either() throws Exception {
        Uid instance = new Uid("1.2.3.9.1");
        try (DicomAssociation modality = call("CT3", PresentationContextProposal.scu(COMMITMENT))) {
            NResponse taken = modality.action(
                    COMMITMENT, COMMITMENT_INSTANCE, 1, commitment(new Uid("1.2.3.9").value(), instance));
            assertThat(taken.status().isSuccess()).isTrue();
        }
        DicomAssociation ours = ASKED_ON.get(1, TimeUnit.MINUTES);
        String transaction = ASKED.get(1, TimeUnit.MINUTES);

        NResponse answer = ours.eventReport(COMMITMENT, COMMITMENT_INSTANCE, 1, commitment(transaction, instance));

        assertThat(answer.status().isSuccess()).isTrue();
        assertThat(exceptions("commitment-report-unexpected"))
                .singleElement()
                .satisfies(exception -> assertThat(exception.path("summary").asText())
                        .contains("127.0.0.1", "not among the hosts of ARCHIVE"));
        honest.workOn();
    }

    private static DataSet commitment(String transaction, Uid instance) {
        return Dictionary.dataSet()
                .put(Tags.TransactionUID, transaction)
                .items(
                        Tags.ReferencedSOPSequence,
                        Dictionary.dataSet()
                                .put(Tags.ReferencedSOPClassUID, Uids.CTImageStorage.value())
                                .put(Tags.ReferencedSOPInstanceUID, instance.value())
                                .build())
                .build();
    }

    @Test
    void a_performed_step_is_ended_by_the_one_that_began_it() {
        assertThat(engine.send(Messages.order("MINE1")).code()).isEqualTo("AA");
        Uid step = new Uid("1.2.3.77");
        DataSet begun = Dictionary.dataSet()
                .put(Tags.PatientID, "PID-MINE1")
                .put(Tags.PerformedProcedureStepStatus, "IN PROGRESS")
                .put(Tags.PerformedProcedureStepID, "P1")
                .items(
                        Tags.ScheduledStepAttributesSequence,
                        Dictionary.dataSet()
                                .put(Tags.StudyInstanceUID, Messages.studyOf("MINE1"))
                                .put(Tags.AccessionNumber, "MINE1")
                                .put(Tags.ScheduledProcedureStepID, "SPSMINE1")
                                .build())
                .build();
        DataSet ended = Dictionary.dataSet()
                .put(Tags.PerformedProcedureStepStatus, "COMPLETED")
                .build();
        try (DicomAssociation mine = call("CT1", PresentationContextProposal.scu(MPPS));
                DicomAssociation other = call("CT3", PresentationContextProposal.scu(MPPS))) {
            assertThat(mine.create(MPPS, step, begun).status().isSuccess()).isTrue();

            assertThat(other.set(MPPS, step, ended).status().isSuccess()).isTrue();
            assertThat(other.create(MPPS, step, begun).status().isSuccess()).isTrue();

            JsonNode after = engine.api().accession("MINE1");
            assertThat(after.path("procedureState").asText()).isEqualTo("IN_PROGRESS");
            assertThat(after.path("timeline").toString()).contains("mpps.of-another", "CT3");
            assertThat(mine.set(MPPS, step, ended).status().isSuccess()).isTrue();
        }
        engine.api().awaitStates("MINE1", "COMPLETED", "NONE");
        assertThat(exceptions("performed-step-of-another")).hasSize(2).allSatisfy(exception -> {
            assertThat(exception.path("accessionNumber").asText()).isEqualTo("MINE1");
            assertThat(exception.path("source").asText()).isEqualTo("CT3");
            assertThat(exception.path("evidence").toString()).contains("application/dicom");
        });
        honest.workOn();
    }

    @Test
    void wrong_passwords_are_slowed_told_and_hinder_nobody_else() throws Exception {
        String secret = "hunter2-not-to-be-seen";
        int wrong = 0;
        int slowed = 0;
        try (RawHttp stranger = new RawHttp(engine.engine().http(), STRANGER)) {
            for (int i = 0; i < 500; i++) {
                int status = stranger.get("/api/exceptions", login("admin:" + secret + i));
                wrong += status == 401 ? 1 : 0;
                slowed += status == 429 ? 1 : 0;
                if (status == 429) {
                    assertThat(stranger.header("retry-after")).matches("[0-9]+");
                }
            }
            assertThat(stranger.get("/api/exceptions", "")).isEqualTo(401);
            assertThat(stranger.get("/health/live", login("admin:" + secret))).isEqualTo(200);
        }

        assertThat(wrong + slowed).isEqualTo(500);
        assertThat(wrong).isGreaterThanOrEqualTo(10);
        assertThat(slowed).isGreaterThan(0);
        assertThat(engine.api().get("/api/exceptions").statusCode()).isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(exceptions("login-failures")).hasSize(1));
        assertThat(exceptions("login-failures").get(0).path("summary").asText()).contains("admin", STRANGER);
        assertThat(exceptions("login-failures").get(0).path("state").asText()).isEqualTo("open");
        assertThat(engine.api().get("/metrics").body())
                .contains("collimator_http_failed_logins_total{account=\"admin\",kind=\"wrong\"} " + wrong + ".0")
                .contains("collimator_http_failed_logins_total{account=\"admin\",kind=\"slowed\"} " + slowed + ".0");
        assertThat(log.lines())
                .anyMatch(line -> line.contains("login as admin") && line.contains(STRANGER))
                .noneMatch(line -> line.contains(secret))
                .noneMatch(line -> line.contains(base64("admin:" + secret)));
        honest.workOn();
    }

    private static String login(String credentials) {
        return "Authorization: Basic " + base64(credentials) + "\r\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void idle_connections_and_requests_without_end_hide_nothing() throws Exception {
        List<RawHttp> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                strangers.add(new RawHttp(engine.engine().http(), STRANGER));
            }
            honest.workOn();
            for (int i = 0; i < 300; i++) {
                RawHttp slow = new RawHttp(engine.engine().http(), STRANGER);
                slow.send("GET /health/live HTTP/1.1\r\nHost: engine\r\nX-Slow: ");
                strangers.add(slow);
            }
            honest.workOn();
            await().atMost(PATIENCE).until(() -> strangers.stream().limit(300).allMatch(RawHttp::isClosed));

            assertThat(engine.api().get("/api/exceptions").statusCode()).isEqualTo(200);
            try (RawHttp late = new RawHttp(engine.engine().http(), STRANGER)) {
                assertThat(late.get("/health/ready", "")).isEqualTo(200);
            }
        } finally {
            for (RawHttp stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void who_asks_for_health_without_end_does_not_hide_it() throws Exception {
        List<RawHttp> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 250; i++) {
                RawHttp stranger = new RawHttp(engine.engine().http(), STRANGER);
                stranger.send("GET /health/ready HTTP/1.1\r\nHost: engine\r\n\r\n".repeat(200));
                strangers.add(stranger);
            }
            honest.workOn();
        } catch (IOException e) {
            throw new AssertionError("A connection must not be refused.", e);
        } finally {
            for (RawHttp stranger : strangers) {
                stranger.close();
            }
        }
    }
}
