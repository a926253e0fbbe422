package io.collimator.acceptance.persistence;

import static io.collimator.acceptance.persistence.MigratedStore.order;
import static io.collimator.acceptance.persistence.MigratedStore.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.QueueReader;
import io.collimator.acceptance.engine.QueueReader.Taken;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.simulators.modality.PerformedStep;
import io.collimator.simulators.modality.WorklistItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What version 0.1 stored belongs to the same patients afterwards, and work on it goes on. */
abstract class MigratedStoreContract {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String FULL = "^^^NORTH&1.2.276.0.76.3.1.99.1&ISO";

    /** Known by no record: its own entry states another authority than the record under which it stood. */
    private static final String PARTED = "TWO1";

    /** One store for all cases; each has patients of its own. */
    abstract MigratedStore store();

    @Test
    void every_row_is_there_and_names_what_it_named() {
        assertThat(store().before().accessions()).hasSizeGreaterThan(50);
        assertThat(store().after().owned()).isEqualTo(store().before().owned());
        assertThat(store().after().strayResults()).isEmpty();
        assertThat(store().after().accessions().keySet())
                .isEqualTo(store().before().accessions().keySet());
        store().before()
                .accessions()
                .forEach((number, owned) -> assertThat(
                                store().after().accessions().get(number))
                        .as(number)
                        .usingRecursiveComparison()
                        .ignoringFields("patient")
                        .isEqualTo(owned));
    }

    @Test
    void every_accession_belongs_to_the_record_that_it_belonged_to() {
        store().before().accessions().keySet().stream()
                .filter(number -> !number.equals(PARTED))
                .forEach(number -> assertThat(store().after().recordOf(number).map(StoreRows::idOf))
                        .as("record of %s", number)
                        .contains(StoreRows.idOf(store().before().recordIn01(number))));
    }

    @Test
    void who_shared_a_patient_still_does_and_only_what_two_authorities_state_is_parted() {
        TreeMap<String, Set<String>> before = shared(number -> store().before().recordIn01(number));
        TreeMap<String, Set<String>> after =
                shared(number -> store().after().recordOf(number).orElse(number));

        assertThat(before.values()).contains(Set.of("TWO1", "TWO2"));
        assertThat(after.values()).contains(Set.of("TWO1"), Set.of("TWO2"));
        before.values().removeIf(numbers -> numbers.contains("TWO1"));
        after.values().removeIf(numbers -> numbers.contains("TWO1") || numbers.contains("TWO2"));
        assertThat(after.values()).containsExactlyInAnyOrderElementsOf(before.values());
    }

    private TreeMap<String, Set<String>> shared(UnaryOperator<String> recordOf) {
        return store().before().accessions().keySet().stream()
                .collect(Collectors.groupingBy(recordOf, TreeMap::new, Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource({
        "NS1, P-NS^NORTH",
        "FULL1, P-FULL^&1.2.276.0.76.3.1.99.1&ISO",
        "FULL2, P-FULL^&1.2.276.0.76.3.1.99.1&ISO",
        "MORE1, P-MORE^&1.2.276.0.76.3.1.99.1&ISO",
        "MORE2, P-MORE^&1.2.276.0.76.3.1.99.1&ISO",
        "LESS1, P-LESS^&1.2.276.0.76.3.1.99.1&ISO",
        "LESS2, P-LESS^&1.2.276.0.76.3.1.99.1&ISO",
        "OID1, P-OID^&1.2.3.1&ISO",
        "TWO1, 5100^&1.2.3.1&ISO",
        "TWO2, 5100^&9.8.7.1&ISO",
        // 0.1 kept no OID without a type
        "TYPE1, P-TYPE^",
        "TYPE2, P-TYPE2^NORTH",
        "WALKIN2, P-FULL^&1.2.276.0.76.3.1.99.1&ISO",
        "NONE9, P-NONE9^",
        "LATE1, P-LATE^NORTH",
        "LATE2, P-LATE^NORTH",
        "SOON1, P-SOON^NORTH",
        "SOON2, P-SOON^NORTH",
        "LOID1, P-LOID^&1.2.3.1&ISO",
        "LOID2, P-LOID^&1.2.3.1&ISO",
        "SAME1, P-SAME^NORTH",
        "SAME2, P-SAME^EAST",
        "MAN, P-MCN^NORTH",
        "MAF, P-MCF^&1.2.276.0.76.3.1.99.1&ISO",
        "MBO, P-MCO^&1.2.3.1&ISO",
        "MAX, P-MCX^",
        "MIX1, P-MIX2^&1.2.276.0.76.3.1.99.1&ISO",
        "MIX3, P-MIX4^&1.2.276.0.76.3.1.99.1&ISO",
        "MIX5, P-MIX6^&1.2.276.0.76.3.1.99.1&ISO",
    })
    void an_accession_stands_under_the_authority_that_its_own_rows_state(String accession, String patient) {
        assertThat(store().after().accessions().get(accession).patient()).isEqualTo(patient);
        assertThat(store().after().recordOf(accession))
                .isEqualTo(accession.equals(PARTED) ? Optional.empty() : Optional.of(patient));
    }

    @Test
    void every_alias_leads_to_the_survivor_that_it_led_to() {
        assertThat(leads(store().after())).isEqualTo(leads(store().before()));
        assertThat(store().after().patients().keySet())
                .containsAll(store().after().patients().values());
    }

    /** IDs alone: each merged ID of the store was merged once. */
    private static TreeMap<String, String> leads(StoreRows rows) {
        TreeMap<String, String> leads = new TreeMap<>();
        rows.patients().forEach((number, record) -> {
            if (!number.equals(record)) {
                leads.put(StoreRows.idOf(number), StoreRows.idOf(record));
            }
        });
        return leads;
    }

    @Test
    void unsent_notices_are_delivered_once_and_in_their_order() {
        List<StoreRows.Unsent> unsent = store().before().unsent();
        assertThat(unsent).hasSizeGreaterThan(100);
        assertThat(store().after().unsent()).isEqualTo(unsent);
        Set<String> ids = unsent.stream().map(StoreRows.Unsent::id).collect(Collectors.toSet());

        Awaitility.await("what was unsent")
                .atMost(PATIENCE)
                .until(() -> store().queues().all().stream()
                        .map(Taken::outboxId)
                        .collect(Collectors.toSet())
                        .containsAll(ids));

        List<Taken> taken = store().queues().all().stream()
                .filter(message -> ids.contains(message.outboxId()))
                .toList();
        assertThat(taken).hasSameSizeAs(unsent);
        unsent.stream()
                .collect(Collectors.groupingBy(
                        notice -> List.of(notice.queue(), notice.accession()),
                        Collectors.mapping(StoreRows.Unsent::id, Collectors.toList())))
                .forEach((line, inOrder) -> assertThat(taken)
                        .filteredOn(message -> inOrder.contains(message.outboxId()))
                        .as("%s", line)
                        .extracting(Taken::outboxId)
                        .isEqualTo(inOrder));
        assertThat(taken)
                .allMatch(message -> message.group().equals(message.accession())
                        || message.accession().equals("null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULL2", "TWO1", "NONE3"})
    void open_commitments_are_open_and_are_settled_when_the_archive_is_back(String accession) {
        assertThat(store().before().commitments()).hasSize(6).allMatch(row -> row.contains(" OPEN "));
        assertThat(store().after().commitments()).isEqualTo(store().before().commitments());

        store().api().awaitStates(accession, "COMPLETED", "COMMITTED");
    }

    @ParameterizedTest
    @CsvSource({
        "NS1, ^^^NORTH, P-NS",
        "FULL1, ^^^NORTH&1.2.276.0.76.3.1.99.1&ISO, P-FULL",
        "MORE2, ^^^NORTH&1.2.276.0.76.3.1.99.1&ISO, P-MORE",
        "OID1, ^^^&1.2.3.1&ISO, P-OID",
        "TYPE1, ^^^&1.2.3.5, P-TYPE",
        "TYPE2, ^^^NORTH&1.2.3.5, P-TYPE2",
        "NONE9, '', P-NONE9",
        "LATE1, ^^^NORTH, P-LATE",
        "LOID1, ^^^&1.2.3.1&ISO, P-LOID",
    })
    void a_change_by_the_same_sender_finds_its_order(String accession, String authority, String id) {
        String description = "CHANGED " + accession;

        assertThat(store().send(order(accession, id + authority, "XO")
                                .set("OBR", 4, "CTNEW^" + description + "^99NORTH"))
                        .verdict())
                .isEqualTo("AA");

        assertThat(store().scanner().entryOf(store().engine(), accession).text(Tags.RequestedProcedureDescription))
                .isEqualTo(description);
    }

    @ParameterizedTest
    @CsvSource({
        "EI1, ORD-EI1^NORTHRIS&1.2.276.0.76.3.1.99.2&ISO, FIL-EI1^NORTHRAD&1.2.276.0.76.3.1.99.3&ISO",
        "EI2, ORD-EI2^^1.2.276.0.76.3.1.99.2^ISO, FIL-EI2^^1.2.276.0.76.3.1.99.3^ISO",
        "EI3, ORD-EI3^NORTHRIS^1.2.276.0.76.3.1.99.2^ISO, FIL-EI3^NORTHRAD^1.2.276.0.76.3.1.99.3^ISO",
        "EI4, ORD-EI4, FIL-EI4",
        "EI5, ORD-EI5^NORTHRIS, EI5^NORTHRAD",
        "EI6, ORD-EI6^NORTHRIS, EI6^NORTHRAD^1.2.276.0.76.3.1.99.3^ISO",
        "EI7, ORD-EI7^NORTHRIS^1.2.276.0.76.3.1.99.2^ISO, ''",
    })
    void an_order_is_found_by_its_numbers(String accession, String placer, String filler) {
        String description = "CHANGED " + accession;

        assertThat(store().send(order(accession, "P-" + accession + "^^^NORTH", "XO")
                                .set("ORC", 2, placer)
                                .set("ORC", 3, filler)
                                .set("OBR", 2, "")
                                .set("OBR", 3, "")
                                .set("OBR", 4, "CTNEW^" + description + "^99NORTH"))
                        .verdict())
                .isEqualTo("AA");

        assertThat(store().scanner().entryOf(store().engine(), accession).text(Tags.RequestedProcedureDescription))
                .isEqualTo(description);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP1, ORD-STOP1^NORTHRIS, FIL-STOP1^NORTHRAD",
        "STOP2, ORD-STOP2^NORTHRIS^1.2.276.0.76.3.1.99.2^ISO, FIL-STOP2^NORTHRAD^1.2.276.0.76.3.1.99.3^ISO",
        "STOP3, ORD-STOP3^^1.2.276.0.76.3.1.99.2^ISO, FIL-STOP3^^1.2.276.0.76.3.1.99.3^ISO",
        "STOP4, ORD-STOP4, ''",
    })
    void a_cancel_that_came_first_stops_its_order(String accession, String placer, String filler) {
        store().send(order(accession, "P-" + accession + "^^^NORTH", "NW")
                .set("MSH", 7, "20260302081000")
                .set("ORC", 2, placer)
                .set("ORC", 3, filler)
                .set("OBR", 2, "")
                .set("OBR", 3, ""));

        assertThat(store().scanner().entriesOf(store().engine(), accession)).isEmpty();
        assertThat(store().api().accession(accession).path("orderStatus").asText())
                .isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LESS1", "MORE1", "LESS2", "SOON2", "LOID2", "TWO2", "NONE8", "SAME2", "MAF", "MAX", "MIX3"})
    void what_is_begun_for_an_old_entry_counts_for_it(String accession) {
        DataSet entry = store().scanner().entryOf(store().engine(), accession);

        store().scanner().begin(store().engine(), entry);

        assertThat(store().api().accession(accession).path("procedureState").asText())
                .isEqualTo("IN_PROGRESS");
        assertThat(exceptionsOf(accession)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NS2, CHILD", "OID2, SAME1"})
    void what_was_in_progress_can_be_completed(String accession, String begun) {
        store().scanner().begin(store().engine(), store().scanner().entryOf(store().engine(), begun));
        store().scanner()
                .complete(new PerformedStep(
                        store().performed(accession), new WorklistItem(DataSet.empty()), DimseStatus.SUCCESS));

        store().api().awaitStates(accession, "COMPLETED", "OUTSTANDING");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE1, P-NONE1^^^NORTH, NORTH, ''",
        "NONE4, P-NONE4^^^NORTH&1.2.276.0.76.3.1.99.1&ISO, '', 1.2.276.0.76.3.1.99.1",
        "NONE3, P-NONE3^^^&1.2.3.1&ISO, '', 1.2.3.1",
    })
    void a_row_without_authority_takes_the_one_that_its_sender_names(
            String accession, String patient, String namespace, String oid) {
        assertThat(store().send(order(accession, patient, "XO")).verdict()).isEqualTo("AA");

        assertIssuer(accession, namespace, oid);
        // nobody else can take it, and the number without authority means nobody in silence
        assertThat(store().send(order(accession, patient, "XO").set("MSH", 10, "AGAIN-" + accession))
                        .verdict())
                .isEqualTo("AA");
    }

    @Test
    void all_accessions_of_a_row_follow_it() {
        store().send(order("NONE1", "P-NONE1^^^NORTH", "XO").set("MSH", 10, "FOLLOW"));

        assertIssuer("NONE1", "NORTH", "");
        assertIssuer("NONE1B", "NORTH", "");
    }

    @Test
    void an_update_of_its_last_sender_gives_a_row_its_authority() {
        assertThat(store().send(update("P-NONE2" + FULL, "TEST^SECOND NAME")).verdict())
                .isEqualTo("AA");

        assertIssuer("NONE2", "", "1.2.276.0.76.3.1.99.1");
        assertThat(store().api().accession("NONE2").at("/patient/name").asText())
                .isEqualTo("TEST^SECOND NAME");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE5, MSH, 3, EASTRIS",
        "NONE6, PID, 5, OTHER^NONE6",
        "NONE7, PID, 7, 19800102",
    })
    void a_row_without_authority_is_nobody_elses(String accession, String segment, int field, String value) {
        String patient = "P-" + accession + "^^^NORTH";

        assertThat(store().send(order(accession, patient, "XO").set(segment, field, value))
                        .verdict())
                .isEqualTo("AE 205 PID-3");
        assertThat(store().send(order(accession + "N", patient, "NW").set(segment, field, value))
                        .verdict())
                .isEqualTo("AE 205 PID-3");
        assertThat(store().api().get("/api/accessions/" + accession + "N").statusCode())
                .isEqualTo(404);
        assertThat(store().api().accession(accession).at("/patient/issuer").isNull())
                .isTrue();
    }

    @Test
    void an_update_of_another_sender_is_refused() {
        assertThat(store().send(update("P-NONE9^^^EAST", "TEST^OTHER").set("MSH", 3, "EASTADT"))
                        .verdict())
                .isEqualTo("AE 205 PID-3");
    }

    @ParameterizedTest
    @CsvSource({
        "P-MAN^^^NORTH, MAN",
        "P-MBN^^^NORTH, MBN",
        "P-MAF^^^NORTH&1.2.276.0.76.3.1.99.1&ISO, MAF",
        "P-MIX3^^^NORTH&1.2.276.0.76.3.1.99.1&ISO, MIX3",
        "P-MIX5^^^EAST, MIX5",
        "P-MAX, MAX",
        "P-MIX1, MIX1",
    })
    void a_merged_number_leads_to_its_survivor(String patient, String accession) {
        String number = "N" + accession;

        assertThat(store().send(order(number, patient, "NW").set("PID", 5, "TEST^ALIAS"))
                        .verdict())
                .isEqualTo("AA");

        assertThat(patientOf(number)).isEqualTo(patientOf(accession));
    }

    /** ID and what counts of its issuer. */
    private List<String> patientOf(String accession) {
        JsonNode patient = store().api().accession(accession).path("patient");
        String oid = patient.at("/issuer/universalId").asText("");
        return List.of(
                patient.path("id").asText(),
                oid.isEmpty() || oid.equals("null")
                        ? patient.at("/issuer/namespace").asText("")
                        : oid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-MAO^^^&1.2.3.1&ISO", "P-MBX^^^NORTH"})
    void a_merged_number_without_authority_is_taken_by_the_sender_of_the_merge_alone(String patient) {
        assertThat(store().send(order("NEW" + patient.substring(2, 5), patient, "NW"))
                        .verdict())
                .isEqualTo("AE 205 PID-3");

        assertThat(store().send(update(patient, "TEST^AFTER MERGE")).verdict()).isEqualTo("AA");
    }

    @Test
    void two_who_were_one_are_told_apart() {
        assertThat(store().send(update("5100^^^&1.2.3.1&ISO", "ADLER^FIRST").set("MSH", 3, "NORTHRIS"))
                        .verdict())
                .isEqualTo("AA");

        assertThat(store().api().accession("TWO1").at("/patient/name").asText()).isEqualTo("ADLER^FIRST");
        assertThat(store().api().accession("TWO2").at("/patient/name").asText()).isEqualTo("BIRK^JON");
        assertIssuer("TWO1", "", "1.2.3.1");
        assertIssuer("TWO2", "", "9.8.7.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EI1", "EI2", "EI3"})
    void a_report_finds_the_order_by_its_numbers(String accession) {
        String authority = accession.equals("EI1") ? "%s&%s&ISO" : "%s^%s^ISO";
        String placer = authority.formatted(accession.equals("EI2") ? "" : "NORTHRIS", "1.2.276.0.76.3.1.99.2");
        String filler = authority.formatted(accession.equals("EI2") ? "" : "NORTHRAD", "1.2.276.0.76.3.1.99.3");

        assertThat(store().send(order(accession, "P-" + accession + "^^^NORTH", "RE")
                                .set("MSH", 9, "ORU^R01")
                                .set("ORC", 2, "ORD-" + accession + "^" + placer)
                                .set("ORC", 3, "FIL-" + accession + "^" + filler)
                                .set("OBR", 2, "")
                                .set("OBR", 3, "")
                                .set("OBR", 18, "")
                                .set("OBR", 25, "F")
                                .without("ZDS")
                                .append("OBX|1|TX|18782-3^Study report^LN||Normal.||||||F"))
                        .verdict())
                .isEqualTo("AA");

        Awaitility.await("report of " + accession)
                .atMost(PATIENCE)
                .until(() -> store().queues().on(QueueReader.RESULTS, accession).stream()
                        .anyMatch(taken -> taken.body().contains("20260302093000")));
    }

    private void assertIssuer(String accession, String namespace, String oid) {
        JsonNode issuer = store().api().accession(accession).at("/patient/issuer");
        assertThat(issuer.path("universalId").asText("")).as("%s", issuer).isEqualTo(oid);
        if (oid.isEmpty()) {
            assertThat(issuer.path("namespace").asText("")).as("%s", issuer).isEqualTo(namespace);
        }
    }

    private List<String> exceptionsOf(String accession) {
        List<String> types = new ArrayList<>();
        store().api().exceptions().forEach(exception -> {
            if (exception.path("accessionNumber").asText().equals(accession)
                    && !exception.path("at").asText().startsWith("2026-03-02T09:0")) {
                types.add(exception.path("type").asText());
            }
        });
        return types;
    }
}
