package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.CommandLine;
import io.collimator.acceptance.engine.CommandLine.Said;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.FreePort;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.simulators.PeerAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers as an administrator asks for them: by command and over HTTP, against one that listens and one that does not. */
class PeersIT {

    private static final AeTitle CT1 = new AeTitle("CT1");
    private static final AeTitle GONE = new AeTitle("GONE");

    @TempDir
    private static Path folder;

    private static DicomProvider provider;
    private static EngineUnderTest engine;
    private static CommandLine collimator;

    @BeforeAll
    static void start() {
        provider = new NettyDicomProvider();
        DicomListener listener = provider.listen(
                new ListenerSettings(CT1, "127.0.0.1", 0, DicomLimits.defaults()),
                new PeerPolicy() {
                    @Override
                    public boolean isRegistered(AeTitle calling) {
                        return calling.value().equals("COLLIMATOR");
                    }

                    @Override
                    public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
                        return Set.of(ServiceRole.SCU);
                    }
                },
                ServiceHandlers.builder()
                        .find(Uids.ModalityWorklistInformationModelFind, request -> Matches.of(List.of()))
                        .build());
        TestHome home = TestHome.create(folder)
                .withModality(PeerAddress.loopback(CT1, listener.address().getPort()))
                .withModality(PeerAddress.loopback(GONE, FreePort.choose()));
        engine = EngineUnderTest.start(home);
        collimator = new CommandLine(engine, home);
    }

    @AfterAll
    static void stop() {
        engine.close();
        provider.close();
    }

    @Test
    void echo_shows_who_answers_how_fast_and_what_it_accepts() {
        Said said = collimator.offline("echo", "CT1");

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out())
                .contains("AE", "ADDRESS", "TIME")
                .containsPattern(
                        "CT1 +127\\.0\\.0\\.1:\\d+ +0000H +[0-9.]+ ms +Verification, Modality Worklist FIND\\R");
    }

    @Test
    void echo_to_everybody_fails_when_one_is_silent() throws Exception {
        Said said = collimator.offline("echo", "--json");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("1 of 2", "GONE");
        JsonNode results = EngineApi.JSON.readTree(said.out());
        assertThat(results).hasSize(2);
        assertThat(results.path(0).path("reachable").asBoolean()).isTrue();
        assertThat(results.path(1).path("reachable").asBoolean()).isFalse();
        assertThat(results.path(1).path("status").isNull()).isTrue();
        assertThat(results.path(1).path("problem").asText()).isNotEmpty();
    }

    @Test
    void echo_to_a_stranger_says_where_peers_are_registered() {
        Said said = collimator.offline("echo", "NOBODY");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("NOBODY", "config/application-entities.yaml");
    }

    @Test
    void the_api_echoes_too_and_a_silent_peer_is_an_answer() throws Exception {
        HttpResponse<String> answered = engine.api().post("/api/application-entities/CT1/echo", "{}");
        HttpResponse<String> silent = engine.api().post("/api/application-entities/GONE/echo", "{}");

        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(EngineApi.JSON.readTree(answered.body()).path("reachable").asBoolean())
                .isTrue();
        assertThat(silent.statusCode()).isEqualTo(200);
        assertThat(EngineApi.JSON.readTree(silent.body()).path("reachable").asBoolean())
                .isFalse();
        assertThat(engine.api()
                        .post("/api/application-entities/NOBODY/echo", "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(engine.api().get("/api/application-entities/CT1/echo").statusCode())
                .isEqualTo(405);
    }

    @Test
    void what_a_peer_sends_against_the_standard_stands_in_its_record_and_in_the_metrics() throws Exception {
        try (DicomAssociation association = provider.open(new AssociationRequest(
                CT1,
                engine.dicom().aeTitle(),
                "127.0.0.1",
                engine.dicom().port(),
                List.of(PresentationContextProposal.scu(Uids.ModalityWorklistInformationModelFind)),
                ServiceHandlers.none(),
                DicomLimits.defaults()))) {
            DataSet tooLong = Dictionary.dataSet()
                    .put(new Element(
                            Tags.AccessionNumber, Vr.SH, new Value.Text(List.of("A23456789012345678901234567890"))))
                    .build();
            association.find(Uids.ModalityWorklistInformationModelFind, tooLong, 10);
        }

        JsonNode peers = EngineApi.JSON.readTree(
                engine.api().get("/api/application-entities").body());
        assertThat(peers.path("items").path(0).path("aeTitle").asText()).isEqualTo("CT1");
        assertThat(peers.path("items")
                        .path(0)
                        .path("sloppiness")
                        .path("too-long")
                        .asInt())
                .isEqualTo(1);
        assertThat(peers.path("items").path(1).path("sloppiness")).isEmpty();
        assertThat(engine.api().get("/metrics").body())
                .contains("collimator_dicom_sloppiness_total{kind=\"too-long\",peer=\"CT1\"} 1.0");
    }
}
