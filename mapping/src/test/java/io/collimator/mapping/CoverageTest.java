package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoverageTest {

    @Test
    void a_report_names_what_was_never_hit_and_what_has_no_row_and_no_peer() {
        MappingSet mapping = MappingSet.of(
                Samples.shipped()
                        .files()
                        .with("tables/stations.csv", "from,to\nCT,CT1\nMR,MR9\n")
                        .with("senders.yaml", "senders:\n  own: {match: {application: OWN}, station: XR9}\n"),
                Samples.OSLO);

        MappingCoverage coverage = mapping.coverage(
                List.of(
                        message(MSH, PID + "|||Q", "ORC|NW|O1", obr(18, "A1", 24, "CT", 30, "SLED")),
                        message(MSH, PID + "|||Q", "ORC|NW|O1", obr(18, "A1", 24, "CT")),
                        message(MSH.replace("|RIS|", "|OWN|"), PID, "ORC|NW|O1", obr(24, "US")),
                        message(MSH.replace("ORM^O01", "ADT^A08"), PID),
                        message(MSH.replace("ORM^O01", "SIU^S13"), "SCH|1", "AIS|1|||202611221200"),
                        message(MSH, PID, "ORC|ZZ|O1")),
                Set.of("CT1", "CT2"));

        assertThat(coverage.messages()).isEqualTo(6);
        assertThat(coverage.refused()).isEqualTo(1);
        assertThat(coverage.keysWithoutRule()).containsOnlyKeys("orders-to-worklist");
        assertThat(coverage.keysWithoutRule().get("orders-to-worklist")).contains("StudyDate");
        assertThat(coverage.rulesNeverHit())
                .anyMatch(line -> line.matches("mapping/definitions/patient-and-visit.yaml:\\d+ patient-weight"))
                .noneMatch(line -> line.endsWith(" accession-number"));
        assertThat(coverage.rowsNeverHit())
                .contains("mapping/tables/stations.csv:3 MR")
                .doesNotContain("mapping/tables/stations.csv:2 CT");
        assertThat(coverage.codesWithoutRow())
                .containsAllEntriesOf(Map.of("patient-sex PID-8 Q", 2, "transport OBR-30 SLED", 1));
        assertThat(coverage.stationsWithoutPeer())
                .containsExactly("MR9 · mapping/tables/stations.csv:3", "XR9 · mapping/senders.yaml own");
        assertThat(coverage.sendersWithoutProfile()).containsExactly("RIS SITE");
        assertThat(coverage.lines())
                .contains("6 messages, 1 of them refused", "Stations that are no application entity:", "  RIS SITE");
    }

    @Test
    void the_shipped_cases_hit_every_rule_of_the_shipped_definitions() {
        MappingSet mapping = Samples.shipped();
        List<String> cases = mapping.files().names("cases/").stream()
                .filter(name -> name.endsWith(".hl7"))
                .toList();

        MappingCoverage coverage = mapping.coverage(
                cases.stream()
                        .map(name -> message(
                                mapping.files().texts().getOrDefault(name, "").split("\n", -1)))
                        .toList(),
                Set.of("CT1", "CT2"));

        // no shipped profile names a station
        assertThat(coverage.rulesNeverHit()).singleElement().asString().endsWith(" station-by-sender");
        assertThat(coverage.stationsWithoutPeer()).isEmpty();
    }
}
