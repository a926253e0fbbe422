package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.Acknowledgement;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.mapping.MappingFiles;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers count only together with who gave them: patients, accessions, orders, merges, and what the table says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IdentityContract {

    private static final String SENDERS = """
            senders:
              default:
                description: Everyone else
              WESTRIS:
                match: {application: WESTRIS}
                patient-authority: WEST
                accession-authority: WEST&1.2.276.0.76.9.5&ISO
                order-authority: WESTRIS
              ACROSS:
                match: {application: ACROSS}
                merge-across-authorities: allow
            """;

    private static final String AUTHORITIES = """
            authority,namespace,universal-id,type,sender
            MIDDLE HOSPITAL,MIDDLE,1.2.276.0.76.9.7,ISO,
            MIDDLE HOSPITAL,MDL,,,
            MIDDLE HOSPITAL,ADT1,,,WESTRIS
            """;

    static final Map<String, String> SETTINGS = Map.of("collimator.worklist.hide-after-days", "3650");

    private int controlIds;

    abstract IntakeHouse house();

    static TestHome changed(TestHome home) {
        return home.write("mapping/senders.yaml", SENDERS).write("mapping/tables/authorities.csv", AUTHORITIES);
    }

    // ---- patients ----

    @ParameterizedTest
    @CsvSource({
        // two authorities that gave the same number
        "A, &1.2.3.1&ISO, &9.8.7.1&ISO",
        "B, EAST, WESTERN",
        "C, EAST, &9.8.7.1&ISO",
        "D, EAST&1.2.3.1&ISO, EAST&9.8.7.1&ISO",
        "E, &1.2.3.1&ISO, &1.2.3.1&DNS"
    })
    void the_same_number_of_two_authorities_is_two_patients(String key, String one, String other) {
        String id = "P5100" + key;
        house().accept(order("ID1" + key, id + "^^^" + one, "ALPHA^ANNA"));
        house().accept(order("ID2" + key, id + "^^^" + other, "BETA^BEA"));

        house().accept(adt("A08", id + "^^^" + other, "GAMMA^GERDA"));

        assertThat(house().value("ID1" + key, Tags.PatientName)).isEqualTo("ALPHA^ANNA");
        assertThat(house().value("ID2" + key, Tags.PatientName)).isEqualTo("GAMMA^GERDA");
    }

    @ParameterizedTest
    @CsvSource({
        "F, EAST&1.2.3.2&ISO, &1.2.3.2&ISO",
        "G, &1.2.3.3, &1.2.3.3&iso",
        "H, EAST&1.2.3.4&ISO, OTHERNAME&1.2.3.4&ISO",
        "I, &6B29FC40-CA47-1067-B31D-00DD010662DA&UUID, &6b29fc40-ca47-1067-b31d-00dd010662da&UUID",
        "J, MIDDLE, &1.2.276.0.76.9.7&ISO",
        "K, MDL, MIDDLE HOSPITAL",
        "L, MDL, MIDDLE&1.2.276.0.76.9.7&ISO"
    })
    void an_authority_is_one_however_it_is_written(String key, String one, String other) {
        String id = "P5200" + key;
        house().accept(order("ID3" + key, id + "^^^" + one, "ALPHA^ANNA"));

        house().accept(adt("A08", id + "^^^" + other, "GAMMA^GERDA"));

        assertThat(house().value("ID3" + key, Tags.PatientName)).isEqualTo("GAMMA^GERDA");
    }

    @Test
    void the_api_shows_who_gave_the_number() {
        house().accept(order("ID4", "P5300^^^EAST&1.2.3.5&ISO", "ALPHA^ANNA"));

        JsonNode issuer = house().api().accession("ID4").path("patient").path("issuer");

        assertThat(issuer.toString())
                .isEqualTo("{\"namespace\":\"EAST\",\"universalId\":\"1.2.3.5\",\"type\":\"ISO\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^^^&9.8.7.1&ISO", "", "^^^WESTERN"})
    void an_order_of_another_authority_or_of_none_is_about_another_patient(String issuer) {
        String accession = "ID5" + issuer.length();
        house().accept(order(accession, "P5400^^^&1.2.3.1&ISO", "ALPHA^ANNA"));

        Acknowledgement answer =
                house().send(order(accession, "P5400" + issuer, "OTHER^OLGA").set("ORC", 1, "XO"));

        assertThat(answer.code() + " " + answer.errorCode()).isEqualTo("AE 205");
        assertThat(house().value(accession, Tags.PatientName)).isEqualTo("ALPHA^ANNA");
    }

    @Test
    void a_sender_that_names_no_authority_has_the_one_of_its_block() {
        house().accept(order("ID6", "P5500", "ALPHA^ANNA").set("MSH", 3, "WESTRIS"));
        house().accept(adt("A08", "P5500^^^WEST", "GAMMA^GERDA"));

        assertThat(house().value("ID6", Tags.IssuerOfPatientID)).isEqualTo("WEST");
        assertThat(house().value("ID6", Tags.PatientName)).isEqualTo("GAMMA^GERDA");
    }

    @Test
    void a_row_for_one_sender_is_for_that_one_alone() {
        house().accept(order("ID7", "P5600^^^ADT1", "ALPHA^ANNA").set("MSH", 3, "WESTRIS"));
        house().accept(order("ID8", "P5600^^^ADT1", "BETA^BEA"));
        house().accept(adt("A08", "P5600^^^MIDDLE", "GAMMA^GERDA"));

        assertThat(house().value("ID7", Tags.PatientName)).isEqualTo("GAMMA^GERDA");
        assertThat(house().value("ID8", Tags.PatientName)).isEqualTo("BETA^BEA");
    }

    @Test
    void a_number_without_authority_beside_one_with_it_is_told() {
        house().accept(order("ID9", "P5700", "ALPHA^ANNA"));
        house().accept(order("ID10", "P5700^^^EAST", "ALPHA^ANNA"));
        house().accept(adt("A08", "P5700^^^EAST", "GAMMA^GERDA"));

        assertThat(house().value("ID9", Tags.PatientName)).isEqualTo("ALPHA^ANNA");
        assertThat(house().api().exceptionTypes()).contains("patient-authority");
    }

    @Test
    void a_person_says_who_gave_a_number() {
        house().accept(order("ID11", "P5800", "ALPHA^ANNA"));

        HttpResponse<String> done =
                house().api().post("/api/patients/authority", "{\"id\":\"P5800\",\"issuer\":\"MDL\"}");
        house().accept(adt("A08", "P5800^^^&1.2.276.0.76.9.7&ISO", "GAMMA^GERDA"));

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(house().value("ID11", Tags.PatientName)).isEqualTo("GAMMA^GERDA");
    }

    @Test
    void a_person_says_that_two_entries_are_of_one_patient() {
        house().accept(order("ID14", "P5810", "ALPHA^ANNA"));
        house().accept(order("ID15", "P5810^^^EAST", "ALPHA^ANNA"));

        HttpResponse<String> done =
                house().api().post("/api/patients/authority", "{\"id\":\"P5810\",\"issuer\":{\"namespace\":\"EAST\"}}");
        house().accept(adt("A08", "P5810^^^EAST", "GAMMA^GERDA"));

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(house().value("ID14", Tags.PatientName)).isEqualTo("GAMMA^GERDA");
        assertThat(house().value("ID15", Tags.PatientName)).isEqualTo("GAMMA^GERDA");
    }

    @Test
    void an_authority_that_cannot_be_held_is_refused() {
        assertThat(house().send(order("ID12", "P5900^^^&" + "1.2".repeat(80) + "&ISO", "A^B"))
                        .code())
                .isEqualTo("AE");
        assertThat(house().send(order("ID12", "P5900^^^&1.2.3&ISO.OBJECT", "A^B"))
                        .code())
                .isEqualTo("AE");
        assertThat(house().isListed("ID12")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "MIDDLE HOSPITAL, '', 1",
        "MIDDLE, '', 1",
        "MDL, '', 1",
        "'', 1.2.276.0.76.9.7, 1",
        "EAST, '', 0",
        "M*, '', 1"
    })
    void a_query_names_the_issuer_as_the_site_does(String namespace, String universalId, int found) {
        if (!house().isListed("ID13")) {
            house().accept(order("ID13", "P6000^^^MIDDLE", "ALPHA^ANNA"));
        }
        DataSet.Builder keys = Dictionary.dataSet().put(Tags.PatientID, "P6000").put(Tags.IssuerOfPatientID, namespace);
        if (!universalId.isEmpty()) {
            keys.items(
                    Tags.IssuerOfPatientIDQualifiersSequence,
                    Dictionary.dataSet()
                            .put(Tags.UniversalEntityID, universalId)
                            .put(Tags.UniversalEntityIDType, "ISO")
                            .build());
        }

        assertThat(house().scanner().find(house().engine(), keys.build(), DataSet.empty()))
                .hasSize(found);
    }

    // ---- accessions ----

    @Test
    void two_systems_may_give_the_same_accession_number() {
        Er7 east = order("F-1", "P6100^^^EAST", "ALPHA^ANNA")
                .set("ORC", 3, "AC100^EASTRIS")
                .set("OBR", 3, "AC100^EASTRIS")
                .set("OBR", 18, "AC100");
        Er7 west = order("F-2", "P6200", "BETA^BEA").set("MSH", 3, "WESTRIS").set("OBR", 18, "AC100");
        house().accept(east);
        house().accept(west);

        assertThat(house().entries("AC100"))
                .extracting(entry -> entry.text(Tags.PatientName))
                .containsExactlyInAnyOrder("ALPHA^ANNA", "BETA^BEA");
        assertThat(house().entries("AC100").stream()
                        .map(entry -> entry.text(Tags.StudyInstanceUID))
                        .distinct())
                .hasSize(2);
        assertThat(house().api()
                        .get("/api/worklist?accessionNumber=AC100&issuer=EASTRIS")
                        .body())
                .contains("P6100")
                .doesNotContain("P6200");
        assertThat(house().api()
                        .get("/api/worklist?accessionNumber=AC100&issuer=%261.2.276.0.76.9.5%26ISO")
                        .body())
                .contains("P6200")
                .doesNotContain("P6100");
        HttpResponse<String> several = house().api().get("/api/accessions/AC100");
        assertThat(several.statusCode()).isEqualTo(300);
        assertThat(several.body()).contains("EASTRIS", "1.2.276.0.76.9.5");
        assertThat(house().api()
                        .accession("AC100?issuer=EASTRIS")
                        .path("patient")
                        .path("id")
                        .asText())
                .isEqualTo("P6100");
        assertThat(house().api()
                        .accession("AC100?issuer=%261.2.276.0.76.9.5%26ISO")
                        .path("patient")
                        .path("id")
                        .asText())
                .isEqualTo("P6200");

        house().accept(west.set("MSH", 10, "W-2").set("ORC", 1, "XO").set("PID", 5, "BETA^NEW"));
        house().accept(east.set("MSH", 10, "E-2").set("ORC", 1, "CA"));

        assertThat(house().entry("AC100").text(Tags.PatientName)).isEqualTo("BETA^NEW");
    }

    @Test
    void one_order_stays_one_however_its_messages_name_the_accession() {
        house().accept(order("AC200", "P6300^^^EAST", "ALPHA^ANNA"));

        house().accept(order("AC200", "P6300^^^EAST", "ALPHA^NEW")
                .set("MSH", 9, "OMI^O23")
                .set("MSH", 12, "2.5.1")
                .set("MSH", 10, "OMI-200")
                .set("ORC", 1, "XO")
                .without("ZDS")
                .append("IPC|AC200^NORTHRIS|RPAC200|" + Messages.studyOf("AC200") + "|SPSAC200|CT"));

        assertThat(house().entries("AC200"))
                .extracting(entry -> entry.text(Tags.PatientName))
                .containsExactly("ALPHA^NEW");
    }

    @Test
    void an_accession_number_that_only_its_filler_names_is_of_the_filler() {
        house().accept(order("AC300", "P6400^^^EAST", "ALPHA^ANNA")
                .set("ORC", 3, "AC300^EASTRIS")
                .set("OBR", 3, "AC300^EASTRIS")
                .set("OBR", 18, ""));

        DataSet issuer = house().entry("AC300").item(Tags.IssuerOfAccessionNumberSequence);

        assertThat(issuer.text(Tags.LocalNamespaceEntityID)).isEqualTo("EASTRIS");
        assertThat(house().api()
                        .accession("AC300")
                        .path("accessionIssuer")
                        .path("namespace")
                        .asText())
                .isEqualTo("EASTRIS");
    }

    // ---- merges ----

    @ParameterizedTest
    @ValueSource(strings = {"A18", "A34", "A36", "A40"})
    void each_number_is_merged_into_that_of_its_own_authority(String event) {
        house().accept(order("MG1" + event, "N0" + event + "^^^&1.2.3.1&ISO", "ALPHA^ANNA"));
        house().accept(order("MG2" + event, "S0" + event + "^^^SOUTH", "ALPHA^ANNA"));
        house().accept(order("MG3" + event, "N0" + event + "^^^&9.8.7.1&ISO", "OTHER^OLGA"));

        house().accept(merge(
                event,
                "S1" + event + "^^^SOUTH~N1" + event + "^^^&1.2.3.1&ISO",
                "N0" + event + "^^^&1.2.3.1&ISO~S0" + event + "^^^SOUTH"));

        assertThat(house().value("MG1" + event, Tags.PatientID)).isEqualTo("N1" + event);
        assertThat(house().value("MG2" + event, Tags.PatientID)).isEqualTo("S1" + event);
        assertThat(house().value("MG3" + event, Tags.PatientID)).isEqualTo("N0" + event);
    }

    @Test
    void a_merge_across_authorities_is_refused_unless_the_sender_may() {
        house().accept(order("MG4", "X0^^^EAST", "ALPHA^ANNA"));

        Acknowledgement refused = house().send(merge("A40", "X1^^^SOUTH", "X0^^^EAST"));
        house().accept(merge("A40", "X1^^^SOUTH", "X0^^^EAST").set("MSH", 3, "ACROSS"));

        assertThat(refused.code() + " " + refused.errorCode()).isEqualTo("AE 204");
        assertThat(house().value("MG4", Tags.PatientID)).isEqualTo("X1");
        assertThat(house().value("MG4", Tags.IssuerOfPatientID)).isEqualTo("SOUTH");
    }

    @ParameterizedTest
    @CsvSource({"A30, AE", "A39, AE", "A24, AA", "A37, AA"})
    void persons_are_neither_merged_nor_linked(String event, String expected) {
        house().accept(order("MG5" + event, "Q0" + event + "^^^EAST", "ALPHA^ANNA"));

        assertThat(house().send(merge(event, "Q1" + event + "^^^EAST", "Q0" + event + "^^^EAST"))
                        .code())
                .isEqualTo(expected);
        assertThat(house().value("MG5" + event, Tags.PatientID)).isEqualTo("Q0" + event);
    }

    @Test
    void a_merge_is_taken_back_and_what_came_after_it_is_listed() throws IOException {
        house().accept(order("MG6", "R0^^^EAST", "ALPHA^ANNA"));
        house().accept(order("MG7", "R1^^^EAST", "BETA^BEA"));
        house().accept(merge("A40", "R1^^^EAST", "R0^^^EAST").set("PID", 5, "BETA^BEA"));
        house().accept(order("MG8", "R0^^^EAST", "BETA^BEA"));
        assertThat(house().value("MG6", Tags.PatientID)).isEqualTo("R1");

        HttpResponse<String> done = house().api().post("/api/patients/unmerge", "{\"id\":\"R0\",\"issuer\":\"EAST\"}");
        HttpResponse<String> again = house().api().post("/api/patients/unmerge", "{\"id\":\"R0\",\"issuer\":\"EAST\"}");

        assertThat(done.statusCode()).isEqualTo(200);
        JsonNode json = EngineApi.JSON.readTree(done.body());
        assertThat(json.path("back").findValuesAsText("accessionNumber")).containsExactly("MG6");
        assertThat(json.path("staying").findValuesAsText("accessionNumber")).containsExactly("MG8");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(house().value("MG6", Tags.PatientID)).isEqualTo("R0");
        assertThat(house().value("MG6", Tags.PatientName)).isEqualTo("ALPHA^ANNA");
        assertThat(house().entry("MG6").items(Tags.OtherPatientIDsSequence)).isEmpty();
        assertThat(house().value("MG7", Tags.PatientID)).isEqualTo("R1");
        assertThat(house().value("MG8", Tags.PatientID)).isEqualTo("R1");
        house().accept(adt("A08", "R0^^^EAST", "ALPHA^NEW"));
        assertThat(house().value("MG6", Tags.PatientName)).isEqualTo("ALPHA^NEW");
        assertThat(house().value("MG8", Tags.PatientName)).isEqualTo("BETA^BEA");
    }

    // ---- the table changes ----

    @Test
    void a_row_that_joins_patients_says_which_and_makes_them_one() throws IOException {
        house().accept(order("TB1", "P7000^^^LAKE", "ALPHA^ANNA")
                .set("ORC", 3, "FTB1^LAKE")
                .set("OBR", 3, "FTB1^LAKE"));
        house().accept(order("TB2", "P7000^^^&1.2.3.70&ISO", "ALPHA^ANNA"));
        house().accept(order("TB3", "TB3^^^LAKE", "BETA^BEA")
                .set("ORC", 3, "TB3^LAKE")
                .set("OBR", 3, "TB3^LAKE"));
        String files = files(AUTHORITIES + "LAKE HOSPITAL,LAKE,1.2.3.70,ISO,\n");

        JsonNode tried = EngineApi.JSON
                .readTree(house().api()
                        .post("/api/mapping", files.replace("}}", "},\"dryRun\":true}"))
                        .body())
                .path("authorities");
        HttpResponse<String> applied = house().api().post("/api/mapping", files);
        assertThat(applied.body()).contains("\"applied\"");
        house().accept(adt("A08", "P7000^^^LAKE", "GAMMA^GERDA"));
        house().accept(order("TB1", "P7000^^^&1.2.3.70&ISO", "GAMMA^GERDA")
                .set("MSH", 10, "TB1-2")
                .set("ORC", 1, "XO")
                .set("ORC", 3, "FTB1^^1.2.3.70^ISO")
                .set("OBR", 3, "FTB1^^1.2.3.70^ISO")
                .set("OBR", 24, "CT")
                .set("PID", 8, "M"));
        house().accept(order("TB3", "TB3^^^LAKE", "BETA^NEW")
                .set("MSH", 10, "TB3-2")
                .set("ORC", 1, "XO")
                .set("ORC", 3, "TB3^^1.2.3.70^ISO")
                .set("OBR", 3, "TB3^^1.2.3.70^ISO"));

        assertThat(tried.path("joined").asInt()).isEqualTo(1);
        assertThat(tried.path("renamed").asInt()).isEqualTo(2);
        assertThat(tried.path("patients").toString()).contains("P7000", "\"joins\":true");
        assertThat(house().value("TB1", Tags.PatientName)).isEqualTo("GAMMA^GERDA");
        assertThat(house().value("TB1", Tags.PatientSex)).isEqualTo("M");
        assertThat(house().value("TB2", Tags.PatientName)).isEqualTo("GAMMA^GERDA");
        assertThat(house().entries("TB3"))
                .extracting(entry -> entry.text(Tags.PatientName))
                .containsExactly("BETA^NEW");
        assertThat(house().api()
                        .accession("TB3")
                        .path("accessionIssuer")
                        .path("universalId")
                        .asText())
                .isEqualTo("1.2.3.70");
    }

    private String files(String authorities) throws IOException {
        return EngineApi.JSON.writeValueAsString(Map.of("files", mappingWith(authorities)));
    }

    private Map<String, String> mappingWith(String authorities) throws IOException {
        Path mapping = house().engine().home().root().resolve("mapping");
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(mapping)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = mapping.relativize(file).toString();
                if (MappingFiles.isTaken(name)) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        files.put("tables/authorities.csv", authorities);
        return files;
    }

    private Er7 order(String accession, String identifiers, String name) {
        return Er7.order(accession)
                .set("PID", 3, identifiers)
                .set("PID", 5, name)
                .set("MSH", 10, "ID-" + ++controlIds)
                .without("ZDS");
    }

    private Er7 adt(String event, String identifiers, String name) {
        return Er7.of(
                "MSH|^~\\&|ADT|HOSPITAL|COLLIMATOR|RADIOLOGY|%s||ADT^%s|ID-%d|P|2.5.1%nEVN||%s%nPID|||%s||%s%nPV1||O%n"
                        .formatted(
                                Messages.today() + "1200",
                                event,
                                ++controlIds,
                                Messages.today() + "1200",
                                identifiers,
                                name));
    }

    private Er7 merge(String event, String survivors, String priors) {
        return adt(event, survivors, "ALPHA^ANNA").without("PV1").append("MRG|" + priors);
    }
}
