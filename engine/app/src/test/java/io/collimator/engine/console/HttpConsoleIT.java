package io.collimator.engine.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.engine.config.HttpSettings;
import io.collimator.engine.reload.MappingFixture;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.usecase.AssignStation;
import io.collimator.workflow.usecase.CorrectPatients;
import io.collimator.workflow.usecase.QueryWorklist;
import io.collimator.workflow.usecase.RefillBroker;
import io.collimator.workflow.usecase.ViewAccession.AccessionView;
import io.collimator.workflow.usecase.ViewAccession.Found;
import io.collimator.workflow.usecase.ViewAccession.Step;
import io.collimator.workflow.usecase.ViewAccession.Unknown;
import io.collimator.workflow.worklist.StepStatus;
import io.collimator.workflow.worklist.WorklistSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConsoleIT {

    private static final String PASSWORD = "s:ecret";
    private static final Instant AT = Instant.parse("2026-11-22T08:15:00Z");

    @TempDir
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Map<String, AccessionView> accessions = new ConcurrentHashMap<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private HealthState broker = HealthState.up("Every notice was sent.");
    private HttpConsole console;

    @BeforeEach
    void start() {
        console = new HttpConsole(new HttpSettings("127.0.0.1", 0, ""), PASSWORD, sources());
        console.start();
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void an_accession_is_shown_as_the_contract_says_field_by_field() throws Exception {
        // given
        accessions.put("ACC1", view("ACC1"));

        // when
        HttpResponse<String> response = get("/api/accessions/ACC1");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo("{\"accessionNumber\":\"ACC1\",\"accessionIssuer\":null,"
                        + "\"patient\":{\"id\":\"PID-1\",\"issuer\":{\"namespace\":\"NORTH\",\"universalId\":null,\"type\":null},\"name\":\"DOE^JÖRG\","
                        + "\"birthDate\":\"1974-03-12\",\"sex\":\"M\"},"
                        + "\"studyInstanceUid\":\"1.2.3\",\"orderStatus\":\"SCHEDULED\","
                        + "\"procedureState\":\"IN_PROGRESS\",\"custodyState\":\"OUTSTANDING\","
                        + "\"instances\":{\"expected\":5,\"committed\":2,\"failed\":0,\"outstanding\":3,\"final\":false},"
                        + "\"steps\":[{\"stepId\":\"SPS1\",\"status\":\"STARTED\",\"stationAeTitle\":\"CT1\","
                        + "\"modality\":\"CT\",\"start\":\"2026-11-22T08:15:00Z\"}],"
                        + "\"timeline\":[{\"at\":\"2026-11-22T08:15:00Z\",\"kind\":\"order.scheduled\","
                        + "\"summary\":\"Order accepted.\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A/1", "Ä 1+%", "..", "?x=1"})
    void any_accession_number_is_found_by_its_percent_encoding(String number) throws Exception {
        accessions.put(number, view(number));

        String answer = raw("/api/accessions/" + percentEncoded(number));

        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void what_is_known_from_the_modality_alone_has_no_order_status() throws Exception {
        Accession known = view("ACC1").accession();
        Accession unordered = new Accession(
                known.number(),
                new Patient(new PatientId("PID-1", null), "", "", ""),
                null,
                null,
                null,
                null,
                null,
                ProcedureState.IN_PROGRESS,
                CustodyState.NONE);
        accessions.put("ACC1", new AccessionView(unordered, null, InstanceCounts.NONE, false, List.of(), List.of()));

        JsonNode json = json(get("/api/accessions/ACC1"));

        assertThat(json.path("orderStatus").isNull()).isTrue();
        assertThat(json.path("studyInstanceUid").isNull()).isTrue();
        assertThat(json.path("patient").path("birthDate").isNull()).isTrue();
        assertThat(json.path("patient").path("issuer").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/accessions/NONE",
                "/api/accessions/",
                "/api/accessions/A/B",
                "/api/accessions/12345678901234567",
                "/",
                "/api",
                "/health/other"
            })
    void what_is_not_there_is_a_problem_404(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("title").asText()).isEqualTo("Not Found");
        assertThat(problem.path("status").asInt()).isEqualTo(404);
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.path("instance").asText()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=501", "limit=ten", "limit=", "limit=-1", "after=x", "after=%C3%28", "limit=%F"
            })
    void a_bad_parameter_is_a_problem_400(String query) throws Exception {
        String answer = raw("/api/exceptions?" + query);

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic !!!",
                "Bearer YWRtaW46czplY3JldA==",
                "Basic YWRtaW46d3Jvbmc=",
                "Basic cm9vdDpzOmVjcmV0"
            })
    void without_the_login_everything_but_health_is_401(String authorization) throws Exception {
        for (String path : List.of("/api/accessions/ACC1", "/api/exceptions", "/", "/unknown")) {
            HttpResponse<String> response = send(request(path, authorization).GET());

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("www-authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic realm="));
            assertThat(json(response).path("status").asInt()).isEqualTo(401);
        }
        assertThat(send(request("/health/live", authorization).GET()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void readiness_names_the_failing_part_and_what_an_acknowledgement_survives() throws Exception {
        // given
        JsonNode ready = json(send(request("/health/ready", "").GET()));
        broker = HealthState.down("12 notices wait.");
        console.close();
        console = new HttpConsole(new HttpSettings("127.0.0.1", 0, ""), PASSWORD, sources());
        console.start();

        // when
        HttpResponse<String> response = send(request("/health/ready", "").GET());

        // then
        assertThat(ready.path("status").asText()).isEqualTo("UP");
        assertThat(ready.path("acknowledgementSurvives").asText()).isEqualTo("a killed process, not a power cut");
        assertThat(ready.path("warnings").get(0).asText()).startsWith("archive: ");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).path("detail").asText()).isEqualTo("Not ready: broker, dicom.");
        assertThat(json(response).path("parts").get(1).path("detail").asText()).isEqualTo("12 notices wait.");
        assertThat(response.body()).doesNotContain("internal");
    }

    @Test
    void only_get_and_head_are_served() throws Exception {
        HttpResponse<String> delete = send(request("/api/exceptions", login()).DELETE());
        HttpResponse<String> head =
                send(request("/health/live", login()).method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(delete.statusCode()).isEqualTo(405);
        assertThat(delete.headers().firstValue("allow")).contains("GET, HEAD");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void metrics_need_no_login_on_loopback_and_are_text_of_prometheus() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(console.url() + "/metrics")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(response.body()).isEqualTo("collimator_mllp_connections 0.0\n");
    }

    @Test
    void a_change_needs_a_login_json_and_a_bounded_body() throws Exception {
        String unchanged = MappingFixture.body();

        assertThat(post(unchanged, null, "application/json").statusCode()).isEqualTo(401);
        assertThat(post(unchanged, login(), "text/plain").statusCode()).isEqualTo(415);
        assertThat(post("{", login(), "application/json").statusCode()).isEqualTo(400);
        assertThat(post("[]", login(), "application/json").statusCode()).isEqualTo(400);
        assertThat(post("{\"files\":{\"tables/x.csv\":1}}", login(), "application/json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("x".repeat(1_000_001), login(), "application/json").statusCode())
                .isEqualTo(413);
        HttpResponse<String> answer = post(unchanged, login(), "application/json; charset=utf-8");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("result").asText()).isEqualTo("unchanged");
        assertThat(get("/api/mapping").statusCode()).isEqualTo(405);
    }

    @Test
    void a_body_without_a_length_is_cut_off_at_the_limit() throws Exception {
        HttpRequest.Builder request = request("/api/mapping", login())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000])));

        assertThatCode(() -> assertThat(send(request).statusCode()).isEqualTo(413))
                .satisfiesAnyOf(
                        failure -> assertThat(failure).isNull(),
                        failure -> assertThat(failure).isInstanceOf(IOException.class));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_wrong_with_a_mapping_is_told_finding_by_finding() throws Exception {
        HttpResponse<String> answer = post("{\"files\":{\"../x.csv\":\"\"}}", login(), "application/json");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode finding = json(answer).path("findings").get(0);
        assertThat(finding.path("found").asText()).isEqualTo("../x.csv");
        assertThat(finding.path("fix").asText()).isNotBlank();
    }

    @Test
    void a_station_is_given_to_a_step_that_is_known_and_not_begun() throws Exception {
        String good = "{\"stations\":[\"CT2\"]}";

        assertThat(post("/api/accessions/NONE/stations", good).statusCode()).isEqualTo(404);
        assertThat(post("/api/accessions/BEGUN/stations", good).statusCode()).isEqualTo(409);
        assertThat(post("/api/accessions/A/stations", "{\"stations\":[]}").statusCode())
                .isEqualTo(400);
        assertThat(post("/api/accessions/A/stations", "{\"stations\":[\"SEVENTEEN_LETTERS\"]}")
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path, login())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> post(String body, String authorization, String mediaType) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(console.url() + "/api/mapping"))
                .header("Content-Type", mediaType)
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(authorization == null ? request : request.header("Authorization", authorization));
    }

    @Test
    void long_lines_large_headers_and_bodies_are_refused() throws Exception {
        HttpResponse<String> body =
                send(request("/api/exceptions", login()).POST(HttpRequest.BodyPublishers.ofString("x".repeat(100))));

        assertThat(body.statusCode()).isEqualTo(413);
        assertThat(raw("/" + "a".repeat(5_000))).startsWith("HTTP/1.0 414 ");
        assertThat(get("/" + "a".repeat(100)).headers().firstValue("x-content-type-options"))
                .contains("nosniff");
        assertThat(send(request("/api/exceptions", login())
                                .header("X-Large", "a".repeat(9_000))
                                .GET())
                        .statusCode())
                .isEqualTo(431);
    }

    @Test
    void what_goes_wrong_inside_stays_inside() throws Exception {
        HttpResponse<String> broken = get("/api/accessions/BROKEN");
        HttpResponse<String> down = get("/api/exceptions");

        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).doesNotContain("internal");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.headers().firstValue("retry-after")).isPresent();
        assertThat(down.body()).doesNotContain("internal");
    }

    @Test
    void more_requests_than_can_wait_are_told_to_come_again() {
        // given
        List<CompletableFuture<HttpResponse<String>>> responses = IntStream.range(0, 100)
                .mapToObj(number -> client.sendAsync(
                        request("/api/accessions/SLOW", login()).GET().build(), HttpResponse.BodyHandlers.ofString()))
                .toList();

        // when
        CompletableFuture.anyOf(responses.toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        release.countDown();

        // then
        List<Integer> statuses =
                responses.stream().map(response -> response.join().statusCode()).toList();
        assertThat(statuses).containsOnly(404, 503);
        assertThat(statuses.stream().filter(status -> status == 404)).hasSizeGreaterThanOrEqualTo(68);
    }

    @Test
    void a_taken_port_is_named_together_with_its_setting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpConsole second =
                        new HttpConsole(new HttpSettings("127.0.0.1", taken.getLocalPort(), ""), PASSWORD, sources())) {

            assertThatThrownBy(second::start)
                    .isInstanceOf(ConsoleException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("collimator.http.port");
        }
    }

    private ConsoleSources sources() {
        return new ConsoleSources(
                this::find,
                UnaryOperator.identity(),
                new DownTransactions(),
                new QueryWorklist(
                        new DownTransactions(),
                        Clock.systemUTC(),
                        new WorklistSettings(ZoneOffset.UTC, Set.of(StepStatus.SCHEDULED), 30, 10, 100, false)),
                new Readiness(
                        "a killed process, not a power cut",
                        List.of(
                                new HealthPart("database", () -> HealthState.up("It answers.")),
                                new HealthPart("broker", () -> broker),
                                new HealthPart("dicom", () -> {
                                    if (broker.level() == HealthState.Level.DOWN) {
                                        throw new IllegalStateException("internal");
                                    }
                                    return HealthState.up("It listens.");
                                }),
                                new HealthPart("archive", () -> HealthState.warning("No real archive."))),
                        Clock.systemUTC()),
                () -> "collimator_mllp_connections 0.0\n".getBytes(StandardCharsets.UTF_8),
                MappingFixture.in(folder).changes(new DownTransactions()),
                assignment -> assignment.accession().number().equals("BEGUN")
                        ? new AssignStation.TooLate()
                        : new AssignStation.Unknown(),
                new CorrectPatients(NothingOutgoing.context()),
                PeerResourcesTest.nobody(),
                wish -> new RefillBroker.Busy(),
                LoginAttemptsTest.attempts(),
                NothingOutgoing.sources());
    }

    private Found find(AccessionReference number) {
        if (number.number().equals("BROKEN")) {
            throw new IllegalStateException("internal");
        }
        if (number.number().equals("SLOW")) {
            awaitRelease();
        }
        @Nullable AccessionView known = accessions.get(number.number());
        return known == null ? new Unknown() : known;
    }

    private void awaitRelease() {
        try {
            assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AccessionView view(String number) {
        Accession accession = new Accession(
                new AccessionNumber(number),
                new Patient(new PatientId("PID-1", "NORTH"), "DOE^JÖRG", "19740312", "M"),
                new Uid("1.2.3"),
                "RP1",
                null,
                null,
                OrderStatus.SCHEDULED,
                ProcedureState.IN_PROGRESS,
                CustodyState.OUTSTANDING);
        return new AccessionView(
                accession,
                new AssigningAuthority("NORTH", "", ""),
                new InstanceCounts(5, 2, 0),
                false,
                List.of(new Step("SPS1", StepStatus.STARTED, "CT1", "CT", AT)),
                List.of(new TimelineEntry(accession.number(), AT, "order.scheduled", "Order accepted.")));
    }

    private static String login() {
        return "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path, login()).GET());
    }

    private HttpRequest.Builder request(String path, String authorization) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(console.url() + path)).timeout(Duration.ofSeconds(20));
        return authorization.isEmpty() ? builder : builder.header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** Paths that a tidy client would not send. */
    private String raw(String target) throws IOException {
        try (Socket socket =
                new Socket(console.address().getAddress(), console.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                                    + login() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String percentEncoded(String text) {
        return HexFormat.of().withUpperCase().withPrefix("%").formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }
}
