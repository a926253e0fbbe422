package io.collimator.engine.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.mapping.MappingSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    private static final String STATIONS = "tables/stations.csv";

    private final MappingSet running = MappingFixture.check().check(MappingFixture.shipped());

    private static Sample order(String accession, String modality) {
        return new Sample(accession, MappingFixture.order(accession, modality), "");
    }

    private JsonNode compare(Map<String, String> candidate, Sample... samples) {
        return Comparison.of(
                        MappingFixture.trial(), running, MappingFixture.check().check(candidate), List.of(samples))
                .json();
    }

    private static Map<String, String> withModality(String from, String to) {
        return MappingFixture.shippedWith(
                MappingFixture.TABLE, MappingFixture.shipped().get(MappingFixture.TABLE) + from + "," + to + "\n");
    }

    @Test
    void a_message_that_stays_the_same_is_only_counted() {
        JsonNode json = compare(withModality("QQ", "CT"), order("A1", "CT"));

        assertThat(json.path("messages").asInt()).isEqualTo(1);
        assertThat(json.path("different").asInt()).isZero();
        assertThat(json.path("differences")).isEmpty();
    }

    @Test
    void a_changed_attribute_is_shown_with_both_values_and_their_origins() {
        JsonNode json = compare(withModality("QQ", "MR"), order("A1", "QQ"));

        assertThat(json.path("differences").get(0).path("attributes"))
                .filteredOn(attribute -> attribute.path("keyword").asText().endsWith(".Modality"))
                .first()
                .satisfies(attribute -> {
                    assertThat(attribute.path("before").asText()).isEqualTo("QQ");
                    assertThat(attribute.path("after").asText()).isEqualTo("MR");
                    assertThat(attribute.path("ruleAfter").asText()).isNotBlank();
                });
    }

    @Test
    void a_step_that_leaves_one_list_and_joins_another_is_counted_for_both_stations() {
        String table = MappingFixture.shipped().get(STATIONS);
        String moved = table.replaceAll("(?m)^CT,(.*)$", "CT,ELSEWHERE");
        String station = running.map(
                        Hl7Message.parse(MappingFixture.order("A1", "CT")),
                        running.senders().standard())
                .steps()
                .get(0)
                .complete()
                .item(Tags.ScheduledProcedureStepSequence)
                .text(Tags.ScheduledStationAETitle);

        JsonNode json = compare(MappingFixture.shippedWith(STATIONS, moved), order("A1", "CT"), order("A2", "CT"));

        assertThat(json.path("stations").path("ELSEWHERE").path("join").asInt()).isEqualTo(2);
        assertThat(json.path("stations").path(station).path("leave").asInt()).isEqualTo(2);
        assertThat(json.path("differences").get(0).path("worklists").findValuesAsText("station"))
                .containsExactlyInAnyOrder(station, "ELSEWHERE");
    }

    @Test
    void a_message_that_cannot_be_read_is_refused_by_both_and_so_no_difference() {
        JsonNode json =
                compare(withModality("QQ", "CT"), new Sample("x", "no HL7".getBytes(StandardCharsets.UTF_8), ""));

        assertThat(json.path("messages").asInt()).isEqualTo(1);
        assertThat(json.path("different").asInt()).isZero();
    }

    @Test
    void a_message_that_loses_its_modality_is_newly_refused_as_the_engine_would() {
        String definition = MappingFixture.shipped().get(MappingFixture.DEFINITION);
        String without = definition.replace("from: [IPC-5.1, OBR-24]", "from: OBR-49");

        JsonNode json = compare(MappingFixture.shippedWith(MappingFixture.DEFINITION, without), order("A1", "CT"));

        assertThat(json.path("newlyRefused").asInt()).isEqualTo(1);
        assertThat(json.path("differences").get(0).path("outcomes").get(0).asText())
                .startsWith("refused: AE 101 at OBR-24: OBR-24 brings no modality")
                .contains("mapping/tables/procedures.csv has no row for the code \"CTHEAD\" of OBR-4");
        assertThat(json.path("stations").path("CT1").path("leave").asInt()).isEqualTo(1);
        assertThat(json.path("differences").get(0).path("attributes").findValuesAsText("keyword"))
                .contains("ScheduledProcedureStepSequence.Modality");
    }

    @Test
    void a_message_whose_profile_names_an_empty_field_for_the_accession_is_newly_refused_at_that_field() {
        String senders = "senders:\n  ris: {match: {application: NORTHRIS}, accession-from: [OBR-23, OBR-25]}\n";

        JsonNode json = compare(MappingFixture.shippedWith("senders.yaml", senders), order("A1", "CT"));

        assertThat(json.path("newlyRefused").asInt()).isEqualTo(1);
        assertThat(json.path("differences").get(0).path("outcomes").get(0).asText())
                .startsWith("refused: AE 101 at OBR-23: OBR-23, OBR-25 brings no accession number");
    }

    @Test
    void a_message_that_gets_a_modality_is_newly_accepted() {
        String procedures = "tables/procedures.csv";
        String table = MappingFixture.shipped().get(procedures) + "CTHEAD,,CT,,,,,,,,,\n";

        JsonNode json = compare(MappingFixture.shippedWith(procedures, table), order("A1", ""));

        assertThat(json.path("newlyAccepted").asInt()).isEqualTo(1);
        assertThat(json.path("stations").toString()).isEqualTo("{\"CT1\":{\"join\":1,\"leave\":0}}");
    }

    @Test
    void another_accession_number_is_a_warning_because_a_stored_order_keeps_its_own() {
        String senders = "senders:\n  ris: {match: {application: NORTHRIS}, accession-from: [OBR-19]}\n";

        JsonNode json = compare(MappingFixture.shippedWith("senders.yaml", senders), order("A1", "CT"));

        assertThat(json.path("accessionsChanged").asInt()).isEqualTo(1);
        assertThat(json.path("differences").get(0).path("accessions").get(0).toString())
                .isEqualTo("{\"step\":1,\"before\":\"A1\",\"after\":\"RP1\"}");
    }

    @Test
    void a_step_of_several_messages_is_counted_once() {
        String moved = MappingFixture.shipped().get(STATIONS).replaceAll("(?m)^CT,(.*)$", "CT,ELSEWHERE");
        String change = new String(order("A1", "CT").content(), StandardCharsets.UTF_8).replace("ORC|NW", "ORC|XO");
        String cancel = change.replace("ORC|XO", "ORC|CA");

        JsonNode json = compare(
                MappingFixture.shippedWith(STATIONS, moved),
                order("A1", "CT"),
                new Sample("2", change.getBytes(StandardCharsets.UTF_8), ""),
                new Sample("3", cancel.getBytes(StandardCharsets.UTF_8), ""),
                order("A2", "CT"));

        assertThat(json.path("messages").asInt()).isEqualTo(4);
        assertThat(json.path("steps").asInt()).isEqualTo(2);
        assertThat(json.path("stepsDifferent").asInt()).isEqualTo(2);
        assertThat(json.path("stations").toString())
                .isEqualTo("{\"CT1\":{\"join\":0,\"leave\":2},\"ELSEWHERE\":{\"join\":2,\"leave\":0}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADT^A08", "ORU^R01", "SIU^S12", "ORM^O01"})
    void another_profile_is_a_difference_whatever_the_message_becomes(String kind) {
        String senders = "senders:\n  ris: {match: {application: NORTHRIS}}\n";
        String message = new String(order("A1", "CT").content(), StandardCharsets.UTF_8).replace("ORM^O01", kind);

        JsonNode json = compare(
                MappingFixture.shippedWith("senders.yaml", senders),
                new Sample("1", message.getBytes(StandardCharsets.UTF_8), ""));

        assertThat(json.path("different").asInt()).isEqualTo(1);
        assertThat(json.path("differences").get(0).path("outcomes").toString())
                .contains("read by the profile ris, was default");
    }

    @Test
    void another_answer_to_a_cancel_of_an_unknown_order_is_a_difference() {
        String senders = "senders:\n  default: {unknown-order-cancel: accept}\n";
        String cancel = new String(order("A1", "CT").content(), StandardCharsets.UTF_8).replace("ORC|NW", "ORC|CA");

        JsonNode json = compare(
                MappingFixture.shippedWith("senders.yaml", senders),
                order("A1", "CT"),
                new Sample("cancel", cancel.getBytes(StandardCharsets.UTF_8), ""));

        assertThat(json.path("different").asInt()).isEqualTo(1);
        assertThat(json.path("differences").get(0).path("outcomes").toString())
                .contains("unknown-order-cancel: ACCEPT, was REFUSE");
    }

    private static boolean isSame(Trial one, Trial other) {
        return one.compareTo(other).isSame() && one.notices().equals(other.notices());
    }

    @Test
    void a_changed_accession_changes_the_status_message_too() {
        String definition = MappingFixture.shipped().get(MappingFixture.DEFINITION);
        String other = definition.replace("from: [IPC-1.1, OBR-18]", "from: OBR-19");

        JsonNode json = compare(MappingFixture.shippedWith(MappingFixture.DEFINITION, other), order("A1", "CT"));

        assertThat(other).isNotEqualTo(definition);
        assertThat(json.path("differences").get(0).path("attributes").findValuesAsText("keyword"))
                .contains("AccessionNumber");
        assertThat(json.path("differences").get(0).path("notices")).isNotEmpty();
    }

    @Test
    void under_swaps_each_message_is_mapped_by_one_of_the_two_as_a_whole() throws Exception {
        // given two sets that differ in two places
        Map<String, String> files = withModality("QQ", "MR");
        files.put(STATIONS, files.get(STATIONS) + "MR2,NOWHERE\n");
        MappingSet other = MappingFixture.check().check(files);
        RunningMapping mapping = new RunningMapping(running);
        Sample sample = order("A1", "QQ");
        Trial before = MappingFixture.trial().run(running, sample);
        Trial after = MappingFixture.trial().run(other, sample);
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);

        // when one thread maps while another one swaps
        try {
            Future<?> swapper = threads.submit(() -> {
                for (int i = 0; !stop.get(); i++) {
                    mapping.swap(new RunningMapping.Running(i, i % 2 == 0 ? other : running));
                }
            });
            Future<Boolean> mapper = threads.submit(() -> {
                boolean whole = true;
                for (int i = 0; i < 300; i++) {
                    Trial trial = MappingFixture.trial().run(mapping.set(), sample);
                    whole &= isSame(trial, before) || isSame(trial, after);
                }
                return whole;
            });

            // then
            assertThat(mapper.get(60, TimeUnit.SECONDS)).isTrue();
            stop.set(true);
            swapper.get(60, TimeUnit.SECONDS);
            assertThat(isSame(before, after)).isFalse();
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }
}
