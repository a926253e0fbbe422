package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.POLICY;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.settings;
import static io.collimator.dicom.contract.TestPeers.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.contract.Interoperability;
import io.collimator.dicom.contract.Interoperability.Role;
import io.collimator.dicom.contract.Interoperability.Service;
import io.collimator.dicom.contract.Interoperability.Syntax;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.Dcmtk.Run;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.ServiceHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DCMTK's tools against our listener. */
@Tag("peers")
@Timeout(60)
class DcmtkIT {

    private static final Uid QUERY = Uids.StudyRootQueryRetrieveInformationModelFind;

    @TempDir
    Path directory;

    private final NettyDicomProvider provider = new NettyDicomProvider();
    private Dcmtk dcmtk;
    private DicomListener listener;

    @BeforeEach
    void listen() {
        dcmtk = new Dcmtk(directory);
        ServiceHandlers handlers = ServiceHandlers.builder()
                .find(MWL, find -> {
                    String accession = find.identifier().text(Tags.AccessionNumber);
                    if (accession.equals("BAD")) {
                        throw new DimseException(
                                DimseStatus.of(0xA900, "No such accession form", Tags.AccessionNumber));
                    }
                    return Matches.of(IntStream.range(0, 40)
                            .mapToObj(i -> step("A" + i, "MÜLLER^JÖRG"))
                            .filter(step -> accession.isEmpty() || accession.equals(step.text(Tags.AccessionNumber)))
                            .toList());
                })
                .find(
                        QUERY,
                        find -> Matches.of(List.of(Dictionary.dataSet()
                                .put(Tags.QueryRetrieveLevel, "STUDY")
                                .put(Tags.StudyInstanceUID, new Uid("1.2.3"))
                                .build())))
                .build();
        listener = provider.listen(settings(limits().build()), POLICY, handlers);
    }

    @AfterEach
    void close() {
        dcmtk.close();
        provider.close();
    }

    private Run run(String tool, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-v", "-aec", "COLLIMATOR"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("127.0.0.1", Integer.toString(listener.address().getPort())));
        return dcmtk.run(tool, all);
    }

    @Test
    @Interoperability(service = Service.VERIFICATION, ours = Role.SCP, peer = "DCMTK echoscu")
    void echoscu_is_answered() {
        Run run = run("echoscu", "-aet", "CT1", "--repeat", "5");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("Received Echo Response (Success)").contains("Releasing Association");
    }

    @Test
    void echoscu_with_many_contexts_and_syntaxes_is_answered() {
        Run run = run("echoscu", "-aet", "CT1", "-pts", "38", "-ppc", "100");

        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    void echoscu_of_a_stranger_is_rejected_with_the_reason() {
        Run run = run("echoscu", "-aet", "STRANGER");

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("Calling AE Title Not Recognized");
    }

    @Test
    @Interoperability(service = Service.SHUTDOWN, ours = Role.SCP, peer = "DCMTK termscu")
    void termscu_stops_nobody() {
        run("termscu", "-aet", "CT1");

        Run run = run("echoscu", "-aet", "CT1");
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    void echoscu_that_aborts_leaves_nothing_behind() {
        Run run = run("echoscu", "-aet", "CT1", "--abort");

        assertThat(run.exitCode()).as(run.output()).isZero();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
    }

    /** Not in Explicit BE or Deflated: findscu proposes Explicit LE beside them, which we prefer. */
    @ParameterizedTest
    @ValueSource(strings = {"-xe", "-xi", "-x="})
    @Interoperability(
            service = Service.WORKLIST,
            ours = Role.SCP,
            peer = "DCMTK findscu",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT})
    void findscu_gets_the_matches_in_every_syntax(String syntax) {
        Run run = run("findscu", "-W", "-aet", "CT1", syntax, "-k", "AccessionNumber=A7", "-k", "PatientName");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("MÜLLER^JÖRG")
                .contains("ISO_IR 192")
                .contains("Received Final Find Response");
        assertThat(run.output().split("Pending", -1)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"-xi, =LittleEndianImplicit", "-xe, =LittleEndianExplicit"})
    @Interoperability(
            service = Service.QUERY,
            ours = Role.SCP,
            peer = "DCMTK findscu",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT})
    void findscu_finds_a_study(String option, String syntax) {
        Run run = run(
                "findscu",
                "-S",
                "-d",
                "-aet",
                "CT1",
                option,
                "-k",
                "QueryRetrieveLevel=STUDY",
                "-k",
                "StudyInstanceUID");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("UI [1.2.3").contains("Accepted Transfer Syntax: " + syntax);
    }

    @Test
    void findscu_with_a_small_pdu_gets_every_match() {
        Run run = run("findscu", "-W", "-aet", "CT1", "-pdu", "4096", "-k", "AccessionNumber");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output().split("Pending", -1)).hasSize(41);
    }

    @Test
    void findscu_cancels_and_is_told_so() {
        Run run = run("findscu", "-W", "-aet", "CT1", "--cancel", "3", "-k", "AccessionNumber");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("Sending Cancel Request");
    }

    @Test
    void findscu_is_told_what_is_wrong_with_its_query() {
        Run run = run("findscu", "-W", "-aet", "CT1", "-d", "-k", "AccessionNumber=BAD");

        assertThat(run.output())
                .contains("0xa900")
                .contains("No such accession form")
                .contains("(0008,0050)");
    }
}
