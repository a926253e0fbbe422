package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.PID;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static io.collimator.mapping.Samples.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.message.Hl7Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderProfilesTest {

    private static final String ORC = "ORC|NW|PL1|FI1||SC";

    @ParameterizedTest
    @CsvSource({
        "2575, RIS,   EAST, application-and-facility",
        "2575, RIS,   WEST, application",
        "2575, OTHER, EAST, facility",
        "2576, OTHER, WEST, port",
        "2576, RIS,   EAST, port-and-application",
        "2576, OTHER, EAST, port",
        "2575, ris,   WEST, application",
        "2575, NEW,   WEST, default",
        "0,    PACS,  WEST, second-of-two"
    })
    void the_match_that_says_most_wins_and_the_port_says_most(
            int port, String application, String facility, String name) {
        SenderProfiles senders = senders("""
                senders:
                  application: {match: {application: RIS}}
                  port: {match: {port: 2576}}
                  facility: {match: {facility: EAST}}
                  application-and-facility: {match: {application: RIS, facility: EAST}}
                  port-and-application: {match: {port: 2576, application: RIS}}
                  second-of-two: {match: [{application: ARCHIVE}, {application: PACS}]}
                """).senders();
        Hl7Message message =
                message("MSH|^~\\&|%s ^1.2^ISO|%s^1.3^ISO|C|D|2026||ORM^O01|1|P|2.3".formatted(application, facility));

        assertThat(senders.pick(port, message.headers()).name()).isEqualTo(name);
    }

    @Test
    void a_profile_that_says_nothing_has_the_defaults_and_there_is_always_a_default() {
        MappingSet mapping = senders("senders:\n  new: {match: {application: NEW}}\n");

        assertThat(mapping.senders().standard()).isEqualTo(SenderProfile.standard("default"));
        assertThat(mapping.senders().named("nobody").name()).isEqualTo("default");
        assertThat(mapping.senders().find("nobody")).isEmpty();
        assertThat(mapping.senders().named("new"))
                .isEqualTo(new SenderProfile(
                        "new",
                        "",
                        List.of(new SenderProfile.Match(0, "NEW", "")),
                        "",
                        SenderProfile.Strictness.LENIENT,
                        "",
                        SenderProfile.Undecodable.FALL_BACK,
                        List.of(),
                        "",
                        "",
                        "",
                        SenderProfile.StudyUid.DERIVE,
                        SenderProfile.UnknownOrderChange.CREATE,
                        SenderProfile.UnknownOrderCancel.REFUSE,
                        SenderProfile.NoShow.KEEP,
                        SenderProfile.MergeAcross.REFUSE,
                        List.of(),
                        List.of(),
                        SenderProfile.Replies.ACKNOWLEDGEMENT,
                        List.of(),
                        List.of()));
    }

    @Test
    void every_key_is_read() {
        SenderProfile profile = senders("""
                senders:
                  all:
                    description: Everything
                    match: {port: 2576, application: RIS, facility: EAST}
                    strictness: strict
                    character-set: 8859/1
                    undecodable: refuse
                    accession-from: [OBR-18, ORC-3.1]
                    study-uid: replace-invalid
                    unknown-order-change: refuse
                    unknown-order-cancel: accept
                    no-show: cancel
                    versions: ["2.3.1"]
                    processing-ids: [P, ""]
                    replies: order-response
                    station: CT1+CT2
                    ignore: [ADT^A31, ORU]
                """).senders().named("all");

        assertThat(profile)
                .isEqualTo(new SenderProfile(
                        "all",
                        "Everything",
                        List.of(new SenderProfile.Match(2576, "RIS", "EAST")),
                        "",
                        SenderProfile.Strictness.STRICT,
                        "8859/1",
                        SenderProfile.Undecodable.REFUSE,
                        List.of("OBR-18", "ORC-3.1"),
                        "",
                        "",
                        "",
                        SenderProfile.StudyUid.REPLACE_INVALID,
                        SenderProfile.UnknownOrderChange.REFUSE,
                        SenderProfile.UnknownOrderCancel.ACCEPT,
                        SenderProfile.NoShow.CANCEL,
                        SenderProfile.MergeAcross.REFUSE,
                        List.of("2.3.1"),
                        List.of("P", ""),
                        SenderProfile.Replies.ORDER_RESPONSE,
                        List.of("CT1", "CT2"),
                        List.of("ADT^A31", "ORU")));
    }

    @Test
    void what_is_wrong_is_named() {
        assertThat(Samples.problems(() -> senders("""
                        senders:
                          default: {match: {port: 1}}
                          one: {match: {application: RIS}}
                          two: {match: {application: ris}}
                          three: {match: {}, overlay: nowhere, strictness: very, station: THIS TITLE IS TOO LONG}
                          four: {match: {port: 99999}, accession-from: OBR18, colour: blue}
                          bad name: {}
                        """)))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("senders.yaml:2: match is \"default\""),
                        p -> assertThat(p).contains("senders.yaml:4: match is \"two\"", "\"one\" matches the same"),
                        p -> assertThat(p).contains("senders.yaml:5: senders.three.match is \"\""),
                        p -> assertThat(p).contains("senders.yaml:5: senders.three.overlay is \"nowhere\""),
                        p -> assertThat(p).contains("strictness is \"very\"", "lenient or strict"),
                        p -> assertThat(p).contains("senders.three.station"),
                        p -> assertThat(p).contains("senders.four.match.port is \"99999\""),
                        p -> assertThat(p).contains("senders.four.accession-from is \"OBR18\""),
                        p -> assertThat(p).contains("senders.four is \"colour\""),
                        p -> assertThat(p).contains("senders.yaml:7: senders is \"bad name\""));
    }

    @Test
    void a_profile_that_no_message_is_for_is_a_warning() {
        assertThat(senders("senders:\n  lonely: {description: x}\n").warnings())
                .singleElement()
                .asString()
                .contains("senders.yaml:2", "lonely");
    }

    @Test
    void an_unknown_character_set_and_an_impossible_field_are_errors_that_say_what_is_known() {
        assertThat(Samples.problems(() -> senders("""
                        senders:
                          one: {match: {port: 1}, character-set: KLINGON}
                          two: {match: {port: 2}, accession-from: [OBR-200, ZZZ-200]}
                          three: {match: {port: 3}, overlay: north}
                        """)))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("senders.one.character-set is \"KLINGON\"", "UNICODE UTF-8"),
                        p -> assertThat(p).contains("senders.two.accession-from is \"OBR-200\""),
                        p -> assertThat(p)
                                .contains("senders.three.overlay is \"north\"", "none has any: write overlay: north"));
    }

    @Test
    void the_accession_number_comes_from_where_the_profile_says() {
        MappingSet mapping = senders("senders:\n  ris: {match: {application: RIS}, accession-from: [OBR-20, ORC-3]}\n");

        assertThat(step(mapping, obr(18, "A", 20, "B")).attributes().text(Tags.AccessionNumber))
                .isEqualTo("B");
        MappedStep byFiller = step(mapping, obr(18, "A"));
        assertThat(byFiller.attributes().text(Tags.AccessionNumber)).isEqualTo("FI1");
        assertThat(byFiller.defaults().contains(Tags.AccessionNumber)).isFalse();
        assertThat(refusal(() -> step(mapping, obr(20, "B".repeat(17))))).startsWith("AE 102 OBR-20:");
    }

    @Test
    void a_strict_profile_refuses_what_a_lenient_one_puts_right() {
        String request = obr(31, "^" + "long ".repeat(20));
        MappingSet strict = senders("senders:\n  ris: {match: {application: RIS}, strictness: strict}\n");

        MappedMessage lenient = Samples.map(Samples.shipped(), message(MSH, PID, ORC, request));

        assertThat(lenient.warnings()).extracting(MappingWarning::kind).containsExactly(MappingWarning.Kind.CUT);
        assertThat(lenient.warnings().get(0).kind().label()).isEqualTo("cut");
        assertThat(refusal(() -> step(strict, request)))
                .startsWith("AE 102 OBR-31: OBR-31: ReasonForTheRequestedProcedure has 99 characters")
                .contains("strictly");
        assertThat(step(strict, obr(31, "^short")).attributes().text(Tags.ReasonForTheRequestedProcedure))
                .isEqualTo("short");
    }

    @Test
    void the_study_uid_is_derived_required_or_replaced() {
        MappingSet derive = Samples.shipped();
        MappingSet require = senders("senders:\n  ris: {match: {application: RIS}, study-uid: require}\n");
        MappingSet replace = senders("senders:\n  ris: {match: {application: RIS}, study-uid: replace-invalid}\n");
        Hl7Message bad = message(MSH, PID, ORC, "OBR|1", "ZDS|1.2.03");

        assertThat(refusal(() -> Samples.map(derive, bad))).startsWith("AE 102 ZDS-1.1");
        assertThat(refusal(() -> Samples.map(require, bad))).startsWith("AE 102 ZDS-1.1");
        assertThat(refusal(() -> step(require, "OBR|1"))).startsWith("AE 101 ZDS-1: ZDS-1 is empty");
        assertThat(refusal(() -> Samples.map(require, message(MSH, PID, ORC, "OBR|1", "IPC|A"))))
                .startsWith("AE 101 IPC-3");
        assertThat(Samples.map(require, message(MSH, PID, "ORC|CA|PL1", "OBR|1"))
                        .steps())
                .hasSize(1);
        MappedMessage replaced = Samples.map(replace, bad);
        assertThat(replaced.steps().get(0).attributes().contains(Tags.StudyInstanceUID))
                .isFalse();
        assertThat(replaced.warnings())
                .extracting(MappingWarning::kind)
                .containsExactly(MappingWarning.Kind.INVALID_UID);
    }

    private static MappedStep step(MappingSet mapping, String request) {
        return Samples.map(mapping, message(MSH, PID, ORC, request)).steps().get(0);
    }

    private static MappingSet senders(String text) {
        return Samples.shippedWith("senders.yaml", text);
    }
}
