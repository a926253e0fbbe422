package io.collimator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped cases hold; {@code -Dgolden.update=true} writes down anew what the mapping makes. */
class GoldenCasesTest {

    static List<CaseResult> shipped() throws IOException {
        List<CaseResult> results = Samples.shipped().runCases();
        if (!Boolean.getBoolean("golden.update")) {
            return results;
        }
        for (CaseResult result : results) {
            Files.writeString(
                    Path.of("cases", result.name(), "expected.json"), result.actual(), StandardCharsets.UTF_8);
        }
        return MappingSet.load(Samples.SHIPPED, Samples.OSLO).runCases();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void a_shipped_case_makes_what_is_written_down(CaseResult result) {
        assertThat(result.differences()).isEmpty();
    }

    @Test
    void a_case_says_in_words_where_it_differs() {
        MappingSet shipped = Samples.shipped();
        String name = "cases/orm-o01-cancel/expected.json";
        String wrong = shipped.files()
                .text(name)
                .orElseThrow()
                .replace("\"action\": \"CANCEL_REQUEST\"", "\"action\": \"NEW\"")
                .replace("\"PatientSex\": \"M\",", "");

        List<CaseResult> results =
                MappingSet.of(shipped.files().with(name, wrong), Samples.OSLO).runCases();

        assertThat(results)
                .filteredOn(result -> !result.holds())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.name()).isEqualTo("orm-o01-cancel");
                    assertThat(result.differences())
                            .containsExactlyInAnyOrder(
                                    "steps[1].action: is \"CANCEL_REQUEST\", expected \"NEW\"",
                                    "steps[1].attributes.PatientSex: is \"M\", expected nothing");
                    assertThat(result.actual()).contains("\"PatientSex\": \"M\"");
                });
    }

    @Test
    void tables_of_a_house_break_no_shipped_case() {
        // given a station for every modality, and a sender who is called as in every case
        MappingFiles shipped = Samples.shipped().files();
        String stations = "tables/stations.csv";
        String rows = "US,US1\nMR,MR1\nDX,DX1\nCR,CR1\nMG,MG1\nNM,NM1\nPT,PT9\nRF,RF1\nXA,XA1\n";
        String senders = "senders.yaml";
        String block =
                "  HOUSE:\n    match: [{application: EASTRIS}, {application: NORTHRIS}]\n    strictness: strict\n";

        List<CaseResult> results = MappingSet.of(
                        shipped.with(stations, shipped.text(stations).orElseThrow() + rows)
                                .with(senders, shipped.text(senders).orElseThrow() + block),
                        Samples.OSLO)
                .runCases();

        assertThat(results).filteredOn(result -> !result.holds()).isEmpty();
    }

    @Test
    void a_refused_case_says_only_that_another_answer_is_given_and_keeps_its_sender() {
        MappingSet shipped = Samples.shipped();
        String name = "cases/orm-o01-cancel/expected.json";

        CaseResult result = MappingSet.of(
                        shipped.files().with(name, "{\"sender\": \"default\", \"refused\": \"AE 103 ORC-1: no\"}"),
                        Samples.OSLO)
                .runCases()
                .stream()
                .filter(failed -> !failed.holds())
                .findFirst()
                .orElseThrow();

        assertThat(result.differences())
                .containsExactly("refused: the message is taken, expected \"AE 103 ORC-1: no\"");
        assertThat(shipped.runCases())
                .filteredOn(shippedCase -> shippedCase.name().equals("refused-unknown-control"))
                .singleElement()
                .satisfies(refused -> assertThat(refused.actual()).contains("\"sender\": \"default\""));
    }

    @Test
    void a_case_without_its_half_is_named() {
        MappingFiles files = Samples.shipped()
                .files()
                .with("cases/new/message.hl7", "MSH|^~\\&|A|B|C|D|||ORM^O01|1|P|2.3\nPID|||P\nORC|NW|1\n")
                .with("cases/half/expected.json", "{}")
                .with("cases/broken/message.hl7", "no HL7")
                .with("cases/broken/expected.json", "{ no json");

        List<CaseResult> failed = MappingSet.of(files, Samples.OSLO).runCases().stream()
                .filter(result -> !result.holds())
                .toList();

        assertThat(failed).extracting(CaseResult::name).containsExactly("broken", "half", "new");
        assertThat(failed.get(1).differences()).containsExactly("message.hl7 is missing");
        assertThat(failed.get(2).differences())
                .containsExactly("expected.json is missing; take the actual result when it is right");
        assertThat(failed.get(2).actual()).contains("\"action\": \"NEW\"");
    }
}
