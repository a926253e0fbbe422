package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.DcmtkTools;
import io.collimator.acceptance.peer.DcmtkTools.FindRun;
import io.collimator.acceptance.peer.DcmtkTools.Offer;
import io.collimator.dicom.contract.Interoperability;
import io.collimator.dicom.contract.Interoperability.Role;
import io.collimator.dicom.contract.Interoperability.Service;
import io.collimator.dicom.contract.Interoperability.Syntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A scanner sees a real order: DCMTK's findscu asks the engine for what a RIS ordered. */
@Tag("peers")
class WorklistIT {

    private static final String STEP = "ScheduledProcedureStepSequence[0].";
    private static final List<String> RETURN_KEYS = List.of(
            "PatientName",
            "PatientID",
            "IssuerOfPatientID",
            "PatientBirthDate",
            "PatientSex",
            "PatientWeight",
            "MedicalAlerts",
            "Allergies",
            "AccessionNumber",
            "StudyInstanceUID",
            "RequestedProcedureID",
            "RequestedProcedureDescription",
            "RequestedProcedurePriority",
            "ReferringPhysicianName",
            "RequestingPhysician",
            "AdmissionID",
            "CurrentPatientLocation",
            STEP + "Modality",
            STEP + "ScheduledStationAETitle",
            STEP + "ScheduledProcedureStepStartDate",
            STEP + "ScheduledProcedureStepStartTime",
            STEP + "ScheduledProcedureStepID",
            STEP + "ScheduledProcedureStepDescription");

    @TempDir
    private static Path folder;

    private static EngineUnderTest engine;
    private static DcmtkTools dcmtk;

    @BeforeAll
    static void order() {
        engine = EngineUnderTest.start(TestHome.create(folder)
                .withModality(PeerAddress.loopback(new AeTitle("CT1"), 11113))
                .withStation("CT", "CT1"));
        dcmtk = new DcmtkTools(folder);
        assertThat(engine.send(Messages.ctHead()).code()).isEqualTo("AA");
        assertThat(engine.send(Messages.order("OTHER1")).code()).isEqualTo("AA");
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @EnumSource(Offer.class)
    @Interoperability(
            service = Service.WORKLIST,
            ours = Role.SCP,
            peer = "DCMTK findscu",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT})
    void the_entry_is_found_by_accession_with_what_was_asked_for(Offer offer) {
        List<JsonNode> matches = find(offer, "AccessionNumber=ACC240012");

        assertThat(matches).hasSize(1);
        JsonNode entry = matches.get(0);
        JsonNode step = entry.path("00400100").path("Value").path(0);
        assertThat(entry.at("/00100010/Value/0/Alphabetic").asText()).isEqualTo("LINDQVIST^ANNA^MARIA^MS");
        assertThat(value(entry, "00100020")).isEqualTo("PID-7001");
        assertThat(value(entry, "00100021")).isEqualTo("NORTH");
        assertThat(value(entry, "00100030")).isEqualTo("19740312");
        assertThat(value(entry, "00100040")).isEqualTo("F");
        assertThat(value(entry, "00101030")).isEqualTo("68.5");
        assertThat(value(entry, "00102000")).isEqualTo("PACEMAKER");
        assertThat(value(entry, "00102110")).isEqualTo("ASPIRIN");
        assertThat(value(entry, "00080050")).isEqualTo("ACC240012");
        assertThat(value(entry, "0020000D")).isEqualTo("1.2.276.0.76.3.1.99.4.240012");
        assertThat(value(entry, "00401001")).isEqualTo("RP240012");
        assertThat(value(entry, "00321060")).isEqualTo("CT HEAD WITHOUT CONTRAST");
        assertThat(value(entry, "00401003")).isEqualTo("STAT");
        assertThat(entry.at("/00080090/Value/0/Alphabetic").asText()).isEqualTo("SANDE^KARI^^DR");
        assertThat(value(entry, "00380010")).isEqualTo("V-88012");
        assertThat(value(step, "00080060")).isEqualTo("CT");
        assertThat(value(step, "00400001")).isEqualTo("CT1");
        assertThat(value(step, "00400002")).isEqualTo(Messages.today());
        assertThat(value(step, "00400003")).startsWith("1030");
        assertThat(value(step, "00400009")).isEqualTo("SPS240012");
        assertThat(value(step, "00400007")).isEqualTo("CT HEAD ROUTINE");
    }

    @ParameterizedTest
    @EnumSource(Offer.class)
    void the_entry_is_found_by_station_and_date(Offer offer) {
        List<JsonNode> matches = find(
                offer,
                STEP + "ScheduledStationAETitle=CT1",
                STEP + "ScheduledProcedureStepStartDate=" + Messages.today(),
                "PatientID=PID-7001");

        assertThat(matches).extracting(entry -> value(entry, "00080050")).containsExactly("ACC240012");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PatientName=LINDQ*",
                "PatientName=lindqvist^anna*",
                "PatientID=PID-7001",
                "RequestedProcedureID=RP240012",
                "AccessionNumber=ACC24*",
                "StudyInstanceUID=1.2.276.0.76.3.1.99.4.240012",
                STEP + "ScheduledProcedureStepID=SPS240012"
            })
    void each_key_alone_finds_the_entry_and_no_other(String key) {
        assertThat(find(Offer.EXPLICIT, key))
                .extracting(entry -> value(entry, "00080050"))
                .containsExactly("ACC240012");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PatientName=LINDQVIST",
                "PatientID=pid-7001",
                "AccessionNumber=acc240012",
                STEP + "Modality=MR",
                STEP + "ScheduledStationAETitle=CT2",
                STEP + "ScheduledProcedureStepStartDate=19990101"
            })
    void a_key_that_does_not_match_finds_nothing(String key) {
        assertThat(find(Offer.IMPLICIT, key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "20261301", "yesterday"})
    void a_malformed_date_is_refused_and_never_widens_the_list(String date) {
        FindRun found = dcmtk.findWorklist(
                "CT1", engine.dicom(), Offer.EXPLICIT, List.of(STEP + "ScheduledProcedureStepStartDate=" + date));

        assertThat(found.matches()).isEmpty();
        assertThat(found.run().output()).contains("DataSetDoesNotMatchSOPClass");
    }

    @Test
    void an_update_changes_only_what_it_carries() {
        try (EngineUnderTest own = EngineUnderTest.start(TestHome.create(folder.resolve("update"))
                .withModality(PeerAddress.loopback(new AeTitle("CT1"), 11113))
                .withStation("CT", "CT1"))) {
            own.send(Messages.ctHead());

            assertThat(own.send(Messages.reschedule()).code()).isEqualTo("AA");

            List<String> keys = new ArrayList<>(RETURN_KEYS);
            keys.add("AccessionNumber=ACC240012");
            JsonNode entry = dcmtk.findWorklist("CT1", own.dicom(), Offer.EXPLICIT, keys)
                    .matches()
                    .get(0);
            assertThat(value(entry.path("00400100").path("Value").path(0), "00400003"))
                    .startsWith("1215");
            assertThat(value(entry, "00101030")).isEqualTo("68.5");
            assertThat(value(entry, "00102000")).isEqualTo("PACEMAKER");
            assertThat(value(entry, "00102110")).isEqualTo("ASPIRIN");
        }
    }

    @Test
    void an_unknown_calling_title_is_rejected() {
        FindRun found = dcmtk.findWorklist("NOBODY", engine.dicom(), Offer.EXPLICIT, List.of("PatientID"));

        assertThat(found.run().output()).contains("Calling AE Title Not Recognized");
    }

    @Test
    void an_unknown_called_title_is_rejected() {
        PeerAddress wrong =
                PeerAddress.loopback(new AeTitle("ELSEWHERE"), engine.dicom().port());

        FindRun found = dcmtk.findWorklist("CT1", wrong, Offer.EXPLICIT, List.of("PatientID"));

        assertThat(found.run().output()).contains("Called AE Title Not Recognized");
    }

    private static List<JsonNode> find(Offer offer, String... keys) {
        List<String> all = new ArrayList<>(RETURN_KEYS);
        all.addAll(List.of(keys));
        FindRun found = dcmtk.findWorklist("CT1", engine.dicom(), offer, all);
        assertThat(found.run().exitCode()).as(found.run().output()).isZero();
        return found.matches();
    }

    private static String value(JsonNode dataSet, String tag) {
        return dataSet.path(tag).path("Value").path(0).asText();
    }
}
