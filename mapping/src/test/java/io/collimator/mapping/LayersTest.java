package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.message.Hl7Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Base, site and sender: which rule is in force. */
class LayersTest {

    private static final String ORDER_CONTROL = """
            control,status,action,step-status,accepted-reply,refused-reply
            NW,*,NEW,,OK,UA
            """;
    private static final String FRAGMENT = """
            fragment: patient
            rules:
              - {id: name, target: PatientName, from: "PID-5(*)", convert: name-xpn}
              - {id: sex, target: PatientSex, from: PID-8, convert: code-string}
            """;
    private static final String BASE = """
            definition: orders
            messages: ORM^O01
            include: patient
            else: omit
            rules:
              - {id: accession, target: AccessionNumber, from: OBR-18, convert: key}
              - {id: comments, target: RequestedProcedureComments, from: OBR-13, convert: text}
            """;
    private static final String SENDERS = """
            senders:
              north: {match: {application: RIS}, overlay: north}
              south: {match: {application: OTHER}}
            """;
    private static final Hl7Message ORDER =
            message(MSH, PID + "|||M", "ORC|NW|PL|FI", obr(13, "text", 18, "ACC", 20, "STEP"));

    @Test
    void an_overlay_that_no_sender_names_is_a_warning() {
        MappingSet mapping = set("""
                layer: sender
                overlay: north
                changes: orders
                rules:
                  - {id: comments, remove: true}
                """, "senders:\n  south: {match: {application: OTHER}}\n");

        assertThat(mapping.warnings())
                .singleElement()
                .asString()
                .contains("mapping/definitions/overlay.yaml: overlay is \"north\"", "its rules never run");
    }

    @Test
    void an_overlay_of_the_site_replaces_adds_and_takes_away_rules() {
        MappingSet mapping = set("""
                layer: site
                changes: orders
                rules:
                  - {id: accession, target: AccessionNumber, from: ORC-3, convert: key}
                  - {id: comments, remove: true}
                  - {id: step, before: name, target: RequestedProcedureID, from: OBR-20, convert: key}
                  - {id: placer, after: name, target: PlacerOrderNumberImagingServiceRequest, from: ORC-2, convert: key}
                """, "senders:\n  south: {match: {application: OTHER}}\n");

        MappedStep step = mapped(mapping);

        assertThat(step.attributes().text(Tags.AccessionNumber)).isEqualTo("FI");
        assertThat(step.attributes().contains(Tags.RequestedProcedureComments)).isFalse();
        assertThat(step.explanations())
                .extracting(Explanation::ruleId)
                .containsExactly("step", "name", "placer", "sex", "accession");
        assertThat(step.explanations().get(4).layer()).isEqualTo(Layer.SITE);
        assertThat(step.explanations().get(4).file()).isEqualTo("mapping/definitions/overlay.yaml");
        assertThat(step.explanations().get(4).line()).isEqualTo(4);
        assertThat(step.explanations().get(1).layer()).isEqualTo(Layer.BASE);
        assertThat(step.explanations().get(1).file()).isEqualTo("mapping/definitions/patient.yaml");
    }

    @Test
    void an_overlay_of_a_sender_is_in_force_for_its_profiles_alone_and_goes_over_the_site() {
        MappingSet site = set("""
                layer: site
                changes: [orders]
                rules:
                  - {id: accession, target: AccessionNumber, from: ORC-3, convert: key}
                """, SENDERS.replace(", overlay: north", ""));
        MappingSet both = MappingSet.of(
                site.files().with("senders.yaml", SENDERS).with("definitions/north.yaml", """
                        overlay: north
                        changes: [orders, patient]
                        rules:
                          - {id: accession, target: AccessionNumber, from: OBR-20, convert: key}
                          - {id: sex, remove: true}
                        """), Samples.OSLO);

        assertThat(mapped(site).attributes().text(Tags.AccessionNumber)).isEqualTo("FI");
        assertThat(mapped(both).attributes().text(Tags.AccessionNumber)).isEqualTo("STEP");
        assertThat(mapped(both).attributes().contains(Tags.PatientSex)).isFalse();
        MappedStep other =
                both.map(ORDER, both.senders().named("south")).steps().get(0);
        assertThat(other.attributes().text(Tags.AccessionNumber)).isEqualTo("FI");
        assertThat(other.attributes().text(Tags.PatientSex)).isEqualTo("M");
    }

    @Test
    void the_shipped_definitions_are_changed_the_same_way() {
        MappingSet mapping = Samples.shippedWith("definitions/site.yaml", """
                layer: site
                changes: orders-to-worklist
                rules:
                  - {id: accession-number, target: AccessionNumber, from: OBR-20, convert: key}
                """);

        assertThat(mapped(mapping).attributes().text(Tags.AccessionNumber)).isEqualTo("STEP");
    }

    @Test
    void what_does_not_fit_together_is_named() {
        List<String> problems = problems("""
                layer: site
                changes: [orders, nothing]
                rules:
                  - {id: nowhere, remove: true}
                  - {id: new, after: nowhere, target: StudyID, from: OBR-19, convert: key}
                  - {id: name, target: StudyID, from: "attribute:Modality", convert: text, before: accession, after: sex}
                """);

        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("overlay.yaml:6: rules[3].after is \"sex\"", "not both"),
                        p -> assertThat(p).contains("overlay.yaml:2: changes is \"nothing\"", "known: orders, patient"),
                        p -> assertThat(p).contains("overlay.yaml:4: remove is \"nowhere\""),
                        p -> assertThat(p).contains("overlay.yaml:5: before or after is \"nowhere\""));
        assertThat(problems("layer: base\nchanges: orders\nrules: []\n"))
                .singleElement()
                .asString()
                .contains("site or sender");
        assertThat(problems("layer: sender\nchanges: orders\nrules: []\n"))
                .singleElement()
                .asString()
                .contains("overlay is \"\"");
        assertThat(problems("layer: site\ndefinition: x\nmessages: ADT^A01\nelse: omit\nrules: []\n"))
                .singleElement()
                .asString()
                .contains("layer is \"site\"");
        assertThat(problems(
                        "fragment: x\nmessages: ADT^A01\nrules:\n  - {id: a, remove: true}\n  - {id: b, after: a}\n"))
                .hasSize(5);
    }

    @Test
    void an_attribute_is_read_after_the_rule_that_makes_it() {
        assertThat(problems("""
                        layer: site
                        changes: orders
                        rules:
                          - {id: early, before: name, target: StudyID, from: "attribute:AccessionNumber", convert: text}
                        """))
                .singleElement()
                .asString()
                .contains("overlay.yaml:4: from is \"attribute:AccessionNumber\"", "before this one");
    }

    @Test
    void the_same_attribute_twice_is_a_slip_unless_conditions_or_tables_part_the_rules() {
        assertThat(problems("""
                        layer: site
                        changes: orders
                        rules:
                          - {id: again, target: AccessionNumber, from: ORC-3, convert: key}
                        """))
                .singleElement()
                .asString()
                .contains("\"accession\" (mapping/definitions/base.yaml:6) makes it already");
        assertThat(problems("""
                        layer: site
                        changes: orders
                        rules:
                          - {id: again, before: accession, when: OBR-24 is CT, target: AccessionNumber, from: ORC-3, convert: key}
                        """)).isEmpty();
    }

    private static List<String> problems(String overlay) {
        return Samples.problems(() -> set(overlay, SENDERS.replace(", overlay: north", "")));
    }

    private static MappingSet set(String overlay, String senders) {
        return Samples.set(
                "tables/order-control.csv",
                ORDER_CONTROL,
                "definitions/base.yaml",
                BASE,
                "definitions/patient.yaml",
                FRAGMENT,
                "definitions/overlay.yaml",
                overlay,
                "senders.yaml",
                senders);
    }

    private static MappedStep mapped(MappingSet mapping) {
        return Samples.map(mapping, ORDER).steps().get(0);
    }
}
