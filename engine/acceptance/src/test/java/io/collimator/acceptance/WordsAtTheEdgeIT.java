package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collimator.acceptance.engine.CommandLine;
import io.collimator.acceptance.engine.CommandLine.Said;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.FreePort;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.engine.cli.Main;
import io.collimator.simulators.PeerAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the engine says where somebody got something wrong: in the log, over HTTP, and on the command line. */
@Timeout(180)
class WordsAtTheEdgeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final AeTitle SCANNER = new AeTitle("CT1");
    private static final AeTitle ARCHIVE = new AeTitle("ARC1");

    @TempDir
    private static Path folder;

    private static final Lines LOG = new Lines();
    private static final Logger OURS = (Logger) LoggerFactory.getLogger("io.collimator");
    private static Level level;
    private static EngineUnderTest engine;
    private static CommandLine command;

    /** Everything that is logged meanwhile. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            all.add(event.getLevel() + " " + event.getFormattedMessage());
        }

        void awaitLine(String... parts) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(all).anySatisfy(line -> assertThat(line).contains(parts)));
        }
    }

    @BeforeAll
    static void start() {
        TestHome home = TestHome.create(folder)
                .withModality(PeerAddress.loopback(SCANNER, 11113))
                .withArchive(PeerAddress.loopback(ARCHIVE, 11120))
                .withStation("CT", "CT1");
        engine = EngineUnderTest.start(home);
        command = new CommandLine(engine, home);
        LOG.start();
        level = OURS.getLevel();
        OURS.setLevel(Level.INFO);
        OURS.addAppender(LOG);
        assertThat(engine.send(Messages.ctHead()).code()).isEqualTo("AA");
    }

    @AfterAll
    static void stop() {
        OURS.detachAppender(LOG);
        OURS.setLevel(level);
        engine.close();
    }

    private static void associate(AeTitle calling, PresentationContextProposal... contexts) {
        try (DicomProvider provider = new NettyDicomProvider();
                DicomAssociation association = provider.open(new AssociationRequest(
                        calling,
                        engine.dicom().aeTitle(),
                        engine.dicom().host(),
                        engine.dicom().port(),
                        List.of(contexts),
                        ServiceHandlers.none(),
                        DicomLimits.defaults()))) {
            assertThat(association).isNotNull();
        }
    }

    @Test
    void contexts_that_are_rejected_are_named_with_the_reason_of_each() {
        associate(
                ARCHIVE,
                PresentationContextProposal.scu(Uids.ModalityWorklistInformationModelFind),
                PresentationContextProposal.scu(Uids.CTImageStorage));

        LOG.awaitLine(
                "INFO",
                "ARC1",
                "0 of 2 presentation contexts",
                "Modality Worklist Information Model - FIND (1.2.840.10008.5.1.4.31): this AE may not use it",
                "CT Image Storage (1.2.840.10008.5.1.4.1.1.2): it is not served here");
    }

    @Test
    void a_context_without_a_syntax_that_is_read_is_named_beside_one_that_is_accepted() {
        associate(
                SCANNER,
                PresentationContextProposal.scu(Uids.Verification),
                PresentationContextProposal.store(Uids.ModalityWorklistInformationModelFind, Uids.JPEGBaseline8Bit));

        LOG.awaitLine(
                "1 of 2 presentation contexts", "(1.2.840.10008.5.1.4.31): none of its transfer syntaxes is read here");
    }

    @Test
    void a_query_leaves_one_line_without_what_it_asked_for() {
        Said said = find("--station", "CT1", "--name", "LINDQVIST*");

        assertThat(said.exitCode()).as(said.err()).isZero();
        LOG.awaitLine(
                "INFO Worklist query of CT1 by ",
                "PatientName",
                "ScheduledStationAETitle",
                "answered",
                "1 match",
                " ms");
        assertThat(LOG.all).noneSatisfy(line -> assertThat(line).contains("LINDQVIST"));
    }

    private static Said find(String... words) {
        List<String> all = new ArrayList<>(List.of(
                "find",
                "--to",
                engine.dicom().aeTitle() + "@" + engine.dicom().host() + ":"
                        + engine.dicom().port()));
        all.addAll(List.of(words));
        return command.offline(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "@,                     1 entry",
        "@/@,                   1 entry",
        "@..@,                  1 entry",
        "@/,                    1 entry",
        "/@,                    1 entry",
        "2001-01-01/2001-12-31, 0 entries",
        "/2001-12-31,           0 entries",
        "20010101-20011231,     0 entries"
    })
    void a_date_is_iso_or_dicom(String date, String found) {
        Said said = find(
                "--station",
                "CT1",
                "--date",
                date.replace("@", LocalDate.now(ZoneOffset.UTC).toString()));

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out()).contains(found);
    }

    @ParameterizedTest
    @CsvSource({
        "find --station CT1 --date 2026-13-01,         --date",
        "find --station CT1 --date yesterday,          --date",
        "find --station CT1 --date 2026-12-01/2026-11-01, before it begins",
        "find --to COLLIMATOR,                         AE@host:port",
        "find --from THIS_IS_TOO_LONG_FOR_A_TITLE,     AE title",
        "send --to nowhere x.hl7,                      host:port",
        "ping nowhere,                                 host:port",
        "ping 127.0.0.1:99999,                         host:port",
        "ping,                                         HOST:PORT",
        "trase A1,                                     trase",
        "trase --help,                                 trase",
        "out refil --help,                             refil",
        "find --statoin CT1 --help,                    --statoin",
        "find --help --statoin CT1,                    --statoin"
    })
    void wrong_usage_exits_2(String words, String named) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words.split(" "));

        assertThat(exitCode).as(out + "" + err).isEqualTo(2);
        assertThat(err.toString()).contains(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "find --help", "out refill --help", "--version"})
    void help_that_is_asked_for_rightly_exits_0(String words) {
        StringWriter out = new StringWriter();

        assertThat(Main.run(new PrintWriter(out, true), new PrintWriter(out, true), words.split(" ")))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/accessions/ACC240012?isuer=NORTH,         issuer",
        "/api/exceptions?limt=5,                        limit",
        "/api/exceptions?state=open,                    limit",
        "/api/worklist?accession=A1,                    accessionNumber",
        "/api/worklist?stations=CT1,                    station",
        "/api/worklist?station=CT1&station=CT2,         twice",
        "/api/worklist?x%79z,                           station",
        "/api/application-entities?page=2,              limit",
        "/api/mapping/versions?befor=3,                 after",
        "/api/mapping/versions/1?limit=3,               limit"
    })
    void a_parameter_that_nobody_knows_is_400_with_what_was_meant(String path, String meant) {
        assertRefused(engine.api().get(path), meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/accessions/ACC240012/stations | {\"station\": [\"CT1\"]}               | Did you mean stations?",
                "/api/patients/unmerge              | {\"id\": \"P1\", \"isuer\": \"N\"}     | Did you mean issuer?",
                "/api/patients/authority            | {\"id\": \"P1\", \"issuer\": {\"namspace\": \"N\"}} | Did you mean namespace?",
                "/api/mapping                       | {\"file\": {}}                         | Did you mean files?",
                "/api/mapping/rollback              | {\"to\": 0, \"dryrun\": true}          | Did you mean dryRun?",
                "/api/mapping/compare               | {\"files\": {}, \"lst\": 3}            | Did you mean last?",
                "/api/out/refill                    | {\"any\": true}                        | Did you mean anyway?",
                "/api/out/refill?anyway=true        | {}                                     | anyway",
                "/api/application-entities/CT1/echo | {\"timeout\": 3}                       | timeout"
            })
    void so_is_a_member(String path, String body, String meant) {
        assertRefused(engine.api().post(path, body), meant);
    }

    private static void assertRefused(HttpResponse<String> answer, String meant) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("problem+json");
        assertThat(answer.body()).contains(meant);
    }

    @Test
    void what_is_known_is_served_as_before() {
        assertThat(engine.api().get("/api/worklist?station=CT1&limit=5&").statusCode())
                .isEqualTo(200);
        assertThat(engine.api().get("/api/accessions/ACC240012?").statusCode()).isEqualTo(200);
        assertThat(engine.api().get("/health/ready?probe=1").statusCode()).isEqualTo(200);
        assertThat(engine.api().get("/metrics?name=x").statusCode()).isEqualTo(200);
    }

    @Test
    void a_ping_says_whether_somebody_listens_and_what_is_answered() throws Exception {
        String address = "127.0.0.1:" + engine.engine().mllp().getPort();
        Path order = Files.writeString(folder.resolve("order.hl7"), Messages.order("PINGED"));
        Path broken = Files.writeString(
                folder.resolve("broken.hl7"), Messages.order("BROKEN").replace("ORC|NW", "ORC|ZZ"));

        Said plain = command.offline("ping", address);
        assertThat(plain.exitCode()).as(plain.err()).isZero();
        assertThat(plain.out()).contains(address + " takes connections", " ms");

        Said answered = command.offline("ping", address, "--message", order.toString(), "--json");
        assertThat(answered.exitCode()).as(answered.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(answered.out());
        assertThat(json.path("reachable").asBoolean()).isTrue();
        assertThat(json.path("connectMillis").isNumber()).isTrue();
        assertThat(json.path("answer").path("code").asText()).isEqualTo("AA");
        assertThat(json.path("error").isNull()).isTrue();

        Said refused = command.offline("ping", address, "--message", broken.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains("AE");
    }

    @Test
    void a_ping_of_nobody_fails_in_one_line() throws Exception {
        String address = "127.0.0.1:" + FreePort.choose();

        Said said = command.offline("ping", address);
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).hasLineCount(1).contains(address, "cannot be reached");

        Said json = command.offline("ping", address, "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(new ObjectMapper().readTree(json.out()).path("reachable").asBoolean(true))
                .isFalse();

        Said unset = command.offline("ping", "status");
        assertThat(unset.exitCode()).isEqualTo(1);
        assertThat(unset.err()).contains("collimator.status-delivery.host is not set");
    }
}
