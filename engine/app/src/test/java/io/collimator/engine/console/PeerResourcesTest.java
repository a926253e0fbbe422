package io.collimator.engine.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.engine.peers.EchoResult;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerResourcesTest {

    static final Request.Caller CALLER = new Request.Caller(null, InetAddress.getLoopbackAddress());

    private static final ApplicationEntities REGISTRY =
            new ApplicationEntities(List.of(peer("CT1", "10.0.0.1", 104), peer("A B", "::1", 104), peer("MG1", "", 0)));

    private final PeerResources resources = new PeerResources(new PeerSources(
            REGISTRY,
            PeerResourcesTest::answer,
            title -> title.value().equals("CT1") ? Map.of("too-long", 1L, "odd-length", 3L) : Map.of(),
            title -> title.value().equals("CT1") ? Map.of("utf8", 2L) : Map.of()));

    private static ApplicationEntity peer(String title, String host, int port) {
        return new ApplicationEntity(
                new AeTitle(title),
                "Room of " + title,
                host,
                port,
                Set.of(ApplicationEntity.Service.WORKLIST, ApplicationEntity.Service.MPPS),
                "",
                false,
                false,
                false);
    }

    /** For tests that are about something else. */
    static PeerSources nobody() {
        return new PeerSources(
                new ApplicationEntities(List.of()), PeerResourcesTest::answer, title -> Map.of(), title -> Map.of());
    }

    private static EchoResult answer(ApplicationEntity peer) {
        return new EchoResult(
                peer.title(),
                DimseStatus.SUCCESS,
                Duration.ofNanos(2_500_000),
                Map.of(Uids.Verification, Set.of(Uids.ImplicitVRLittleEndian)),
                "");
    }

    private static Request get(String query) {
        return new Request("GET", PeerResources.PATH, query, CALLER);
    }

    private static Request post(String title) {
        return new Request("POST", PeerResources.PATH + "/" + title + "/echo", null, CALLER);
    }

    private static JsonNode json(Reply reply) throws IOException {
        return new ObjectMapper().readTree(reply.body());
    }

    @Test
    void peers_are_listed_as_they_are_registered_with_what_was_sloppy() {
        JsonNode page = resources.page(get(""));

        assertThat(page.path("items")).hasSize(3);
        assertThat(page.path("next").isNull()).isTrue();
        assertThat(page.path("items").path(0)).hasToString("""
                {"aeTitle":"CT1","description":"Room of CT1","host":"10.0.0.1","port":104,"hosts":[],"services":["mpps","worklist"],\
                "characterSet":null,"characterSetFallback":"utf8","archive":{"commitment":false},"simulated":false,\
                "sloppiness":{"odd-length":3,"too-long":1},"characterSetFallbacks":{"utf8":2}}""");
        assertThat(page.path("items").path(2).path("host").isNull()).isTrue();
        assertThat(page.path("items").path(2).path("port").isNull()).isTrue();
    }

    @Test
    void a_page_says_what_comes_next() {
        JsonNode first = resources.page(get("limit=2"));
        JsonNode second = resources.page(get("limit=2&after=A%20B"));

        assertThat(first.path("items")).hasSize(2);
        assertThat(first.path("next").asText()).isEqualTo("A B");
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
        assertThatThrownBy(() -> resources.page(get("after=NOBODY"))).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> resources.page(get("limit=0"))).isInstanceOf(BadRequestException.class);
    }

    @Test
    void an_echo_says_how_fast_the_peer_is_and_what_it_accepts() throws Exception {
        Reply reply = resources.echo(post("A%20B"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(json(reply)).hasToString("""
                {"aeTitle":"A B","reachable":true,"status":"0000H","roundTripMillis":2.5,"acceptedContexts":[\
                {"sopClass":"1.2.840.10008.1.1","name":"Verification","transferSyntaxes":["1.2.840.10008.1.2"]}],\
                "problem":null}""");
    }

    @ParameterizedTest
    @CsvSource({"NOBODY, 404", "..%2FCT1, 404", "12345678901234567, 404", "ct1, 404", "MG1, 409"})
    void an_echo_needs_a_registered_peer_with_a_host(String title, int status) {
        assertThat(resources.echo(post(title)).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/application-entities/CT1/echo, true",
        "/api/application-entities/echo, false",
        "/api/application-entities//echo, false",
        "/api/application-entities/A/B/echo, false",
        "/api/application-entities, false"
    })
    void only_the_echo_of_one_peer_is_posted_to(String path, boolean takes) {
        assertThat(resources.takesBody(path)).isEqualTo(takes);
    }

    @Test
    void silent_peers_do_not_hold_every_thread_of_the_console() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        PeerResources slow = new PeerResources(new PeerSources(
                REGISTRY,
                peer -> {
                    asked.countDown();
                    try {
                        assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return answer(peer);
                },
                title -> Map.of(),
                title -> Map.of()));
        CompletableFuture<Reply> first = CompletableFuture.supplyAsync(() -> slow.echo(post("CT1")));
        CompletableFuture<Reply> second = CompletableFuture.supplyAsync(() -> slow.echo(post("CT1")));
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        Reply third = slow.echo(post("CT1"));
        release.countDown();

        assertThat(third.status()).isEqualTo(503);
        assertThat(first.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(second.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(slow.echo(post("CT1")).status()).isEqualTo(200);
    }
}
