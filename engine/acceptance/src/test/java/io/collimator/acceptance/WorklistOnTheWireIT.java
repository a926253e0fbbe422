package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.acceptance.engine.EnginePostgres;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.ScriptedScu;
import io.collimator.acceptance.engine.ScriptedScu.Response;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Worklist queries byte by byte: what peers that cancel, leave or do not read cost the engine and its database. */
@Timeout(120)
class WorklistOnTheWireIT {

    private static final int PENDING = 0xFF00;
    private static final int PENDING_WARNING = 0xFF01;
    private static final int CANCELLED = 0xFE00;
    private static final int ASSOCIATIONS = 4;
    private static final int LIST = 5_000;

    /** So that a list is more than the buffers of two sockets. */
    private static final String COMMENT = "NTE|1||" + "REST BEFORE THE EXAMINATION. ".repeat(50) + "\n";

    /** A search of them takes longer than anybody waits for its end. */
    private static final int SLOW_STEPS = 12_000;

    private static final double SECONDS_PER_STEP = 0.01;
    private static final long MIB = 1024 * 1024;

    /** Of as many lists that wait in memory as a peer may have associations, each of 5,000 entries. */
    private static final long MAX_HEAP_GROWTH = 100 * MIB;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    private static Path folder;

    private static EnginePostgres database;
    private static EngineUnderTest engine;

    @BeforeAll
    static void start() {
        database = EnginePostgres.start();
        TestHome home = TestHome.create(folder).withStation("CT", "CT1").write("config/application-entities.yaml", """
                        applicationEntities:
                          CT1:
                            services: [worklist]
                          SLOW:
                            services: [worklist]
                        """);
        engine = EngineUnderTest.start(
                home,
                database.settings(Map.of(
                        "collimator.worklist.max-responses", Integer.toString(2 * LIST),
                        "collimator.db.query-timeout-seconds", "300",
                        "collimator.dicom.max-associations-per-peer", Integer.toString(ASSOCIATIONS),
                        "collimator.dicom.response-timeout-seconds", Long.toString(RESPONSE_TIMEOUT.toSeconds()))));
        for (String order : List.of(Messages.order("WIRE"), Messages.order("LONG") + COMMENT, Messages.order("TOIL"))) {
            assertThat(engine.send(order).code()).isEqualTo("AA");
        }
        database.copy("LONG", LIST - 1);
        database.copy("TOIL", SLOW_STEPS - 1);
    }

    @AfterAll
    static void stop() {
        engine.close();
        database.close();
    }

    /** A list is looked for in one round trip first, and read by a cursor when it is too long for that. */
    @ParameterizedTest
    @ValueSource(strings = {"% FETCH FIRST 201 %", "% FETCH FIRST 20001 %"})
    void a_cancel_ends_the_statement_and_the_query(String statement) {
        database.slowDown(SECONDS_PER_STEP);
        try (ScriptedScu scu = open("CT1").find(7, all("TOIL"))) {
            await().atMost(Duration.ofMinutes(1)).until(() -> database.running(statement) == 1);

            scu.cancel(7);
            Response last = scu.response();

            assertThat(last.status()).isEqualTo(CANCELLED);
            assertThat(last.messageIdRespondedTo()).isEqualTo(7);
            assertThat(last.announcesDataSet()).isFalse();
            assertThat(database.searching()).isZero();
            database.speedUp();
            assertThat(statuses(scu.find(8, all("WIRE")))).containsExactly(PENDING, 0);
        } finally {
            database.speedUp();
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_leaves_while_the_database_searches_leaves_nothing_behind(Leaving leaving) {
        database.slowDown(SECONDS_PER_STEP);
        try {
            ScriptedScu scu = open("CT1").find(1, all("TOIL"));
            await().atMost(Duration.ofMinutes(1)).until(() -> database.running("% FETCH FIRST 20001 %") == 1);

            leaving.how.accept(scu);

            await().atMost(PATIENCE).until(() -> database.searching() == 0);
        } finally {
            database.speedUp();
        }
        assertServes("CT1");
    }

    @ParameterizedTest
    @EnumSource
    void who_leaves_in_the_middle_of_a_long_list_leaves_nothing_behind(Leaving leaving) {
        List<ScriptedScu> peers = askedForTheLongList("CT1");
        for (ScriptedScu peer : peers) {
            assertThat(peer.response().status()).isEqualTo(PENDING);
            assertThat(peer.response().status()).isEqualTo(PENDING);
        }

        peers.forEach(leaving.how);

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertServes("CT1"));
        assertThat(database.searching()).isZero();
    }

    @Test
    void a_cancel_in_the_middle_of_a_list_ends_it() {
        try (ScriptedScu scu = open("CT1").find(3, all("LONG"))) {
            assertThat(scu.response().status()).isEqualTo(PENDING);

            scu.cancel(3);
            List<Integer> rest = statuses(scu);

            assertThat(rest).hasSizeLessThan(LIST).endsWith(CANCELLED);
            assertThat(statuses(scu.find(4, all("WIRE")))).containsExactly(PENDING, 0);
        }
    }

    @Test
    void peers_that_do_not_read_cost_no_more_than_their_lists_and_are_given_up() {
        // given
        assertServes("CT1");
        long before = heap();

        // when
        List<ScriptedScu> peers = askedForTheLongList("SLOW");
        await().atMost(PATIENCE).until(() -> answered("SLOW") == peers.size());

        // then
        assertThat(heap() - before).as("bytes for %d lists", peers.size()).isLessThan(MAX_HEAP_GROWTH);
        assertThat(database.searching()).isZero();
        assertServes("CT1");
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertEveryAssociationIsFree("SLOW"));
        for (ScriptedScu peer : peers) {
            assertThat(peer.drain(Duration.ofSeconds(10)))
                    .as("bytes of a list that was not sent to its end")
                    .isLessThan((long) LIST * COMMENT.length());
            peer.close();
        }
    }

    @Test
    void answers_are_ff00_and_the_end_is_0000_without_data_set() {
        try (ScriptedScu scu = open("CT1").find(258, all("WIRE"))) {
            Response match = scu.response();
            Response last = scu.response();

            assertThat(match.commandField()).isEqualTo(0x8020);
            assertThat(match.status()).isEqualTo(PENDING);
            assertThat(match.messageIdRespondedTo()).isEqualTo(258);
            assertThat(match.attributes().text(Tags.PatientName)).isEqualTo("TEST^WIRE");
            assertThat(last.status()).isZero();
            assertThat(last.messageIdRespondedTo()).isEqualTo(258);
            assertThat(last.announcesDataSet()).isFalse();
        }
    }

    /** A key that is in no worklist, among those of the entry or of the step, with a value or as a return key. */
    @ParameterizedTest
    @ValueSource(strings = {"00081010 NOWHERE", "00081010", "00400100/00080080 HERE", "00400100/00080080"})
    void answers_are_ff01_when_a_key_is_not_supported(String key) {
        try (ScriptedScu scu = open("CT1").find(1, with(all("WIRE"), key))) {
            Response match = scu.response();

            assertThat(match.status()).isEqualTo(PENDING_WARNING);
            assertThat(match.attributes().text(Tags.PatientID)).isEqualTo("PID-WIRE");
            assertThat(scu.response().status()).isZero();
        }
    }

    /** The character set, the time zone and the level say how to read the keys. */
    @ParameterizedTest
    @ValueSource(strings = {"00080005 ISO_IR 192", "00080201 +0100", "00080052 STUDY", "00400100/00400008", "00380500"})
    void answers_stay_ff00_when_every_key_is_supported(String key) {
        try (ScriptedScu scu = open("CT1").find(1, with(all("WIRE"), key))) {
            assertThat(statuses(scu)).containsExactly(PENDING, 0);
        }
    }

    @Test
    void without_a_match_there_is_the_end_only_even_with_an_unsupported_key() {
        try (ScriptedScu scu = open("CT1").find(1, with(all("NOBODY"), "00081010"))) {
            assertThat(statuses(scu)).containsExactly(0);
        }
    }

    @SuppressWarnings("ImmutableEnumChecker")
    private enum Leaving {
        BY_ABORT(ScriptedScu::abort),
        BY_CLOSING(ScriptedScu::close),
        BY_RESET(ScriptedScu::reset);

        private final Consumer<ScriptedScu> how;

        Leaving(Consumer<ScriptedScu> how) {
            this.how = how;
        }
    }

    /** As many as one peer may have associations. */
    private static List<ScriptedScu> askedForTheLongList(String calling) {
        List<ScriptedScu> peers = new ArrayList<>();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            peers.add(open(calling).find(1, all("LONG")));
            return peers.size() == ASSOCIATIONS;
        });
        return peers;
    }

    private static ScriptedScu open(String calling) {
        return ScriptedScu.open(engine, calling, Uids.ModalityWorklistInformationModelFind.value());
    }

    private static void assertServes(String calling) {
        try (ScriptedScu scu = open(calling).find(1, all("WIRE"))) {
            assertThat(statuses(scu)).containsExactly(PENDING, 0);
        }
    }

    /** As many as the peer may have, at once: one that is not given up yet would be one too many. */
    private static void assertEveryAssociationIsFree(String calling) {
        List<ScriptedScu> opened = new ArrayList<>();
        try {
            for (int association = 0; association < ASSOCIATIONS; association++) {
                opened.add(open(calling));
            }
        } finally {
            opened.forEach(ScriptedScu::close);
        }
        assertServes(calling);
    }

    /** Of every response up to the final one. */
    private static List<Integer> statuses(ScriptedScu scu) {
        List<Integer> statuses = new ArrayList<>();
        do {
            statuses.add(scu.response().status());
        } while (statuses.get(statuses.size() - 1) >= PENDING);
        return statuses;
    }

    /** The entries of an accession and their copies, with as much as modalities ask for. */
    private static DataSet all(String accession) {
        DataSet.Builder step = Dictionary.dataSet();
        List.of(
                        Tags.ScheduledStationAETitle,
                        Tags.ScheduledProcedureStepStartDate,
                        Tags.ScheduledProcedureStepStartTime,
                        Tags.Modality,
                        Tags.ScheduledProcedureStepID,
                        Tags.ScheduledProcedureStepDescription,
                        Tags.ScheduledProtocolCodeSequence)
                .forEach(step::put);
        DataSet.Builder keys = Dictionary.dataSet();
        List.of(
                        Tags.AccessionNumber,
                        Tags.PatientName,
                        Tags.PatientBirthDate,
                        Tags.PatientSex,
                        Tags.StudyInstanceUID,
                        Tags.RequestedProcedureID,
                        Tags.RequestedProcedureDescription,
                        Tags.RequestedProcedureComments,
                        Tags.RequestedProcedureCodeSequence,
                        Tags.ReferringPhysicianName)
                .forEach(keys::put);
        return keys.put(Tags.PatientID, "PID-" + accession)
                .items(Tags.ScheduledProcedureStepSequence, step.build())
                .build();
    }

    /** The keys and one more, given as {@code tag value}, or {@code sequence/tag value} for one in the item. */
    private static DataSet with(DataSet keys, String key) {
        String[] parts = key.split(" ", 2);
        String value = parts.length == 1 ? "" : parts[1];
        String[] path = parts[0].split("/", -1);
        if (path.length == 1) {
            return put(keys, Tag.parse(path[0]), value);
        }
        Tag sequence = Tag.parse(path[0]);
        return Dictionary.dataSet(keys)
                .items(sequence, put(keys.item(sequence), Tag.parse(path[1]), value))
                .build();
    }

    private static DataSet put(DataSet keys, Tag tag, String value) {
        DataSet.Builder all = Dictionary.dataSet(keys);
        return (value.isEmpty() ? all.put(tag) : all.put(tag, value)).build();
    }

    private static double answered(String peer) {
        return metric("collimator_worklist_queries_total{outcome=\"answered\",peer=\"" + peer + "\"}");
    }

    private static double metric(String name) {
        return engine.api()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static long heap() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
