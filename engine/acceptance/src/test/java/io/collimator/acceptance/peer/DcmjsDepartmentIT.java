package io.collimator.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.contract.Interoperability;
import io.collimator.dicom.contract.Interoperability.Role;
import io.collimator.dicom.contract.Interoperability.Service;
import io.collimator.dicom.contract.Interoperability.Syntax;
import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.simulators.PeerAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** dcmjs-dimse as worklist and as keeper of performed steps, asked by us in each transfer syntax alone. */
@Tag("peers")
class DcmjsDepartmentIT {

    private static final Uid MWL = Uids.ModalityWorklistInformationModelFind;
    private static final Uid MPPS = Uids.ModalityPerformedProcedureStep;
    private static final Uid STEP = new Uid("1.2.3.4");

    private final NettyDicomProvider provider = new NettyDicomProvider();

    @AfterEach
    void stop() {
        provider.close();
    }

    private DicomAssociation open(PeerAddress department, TransferSyntax syntax) {
        return provider.open(new AssociationRequest(
                TestPeers.CT1,
                department.aeTitle(),
                department.host(),
                department.port(),
                List.of(
                        PresentationContextProposal.scu(Uids.Verification),
                        new PresentationContextProposal(MWL, List.of(syntax.uid()), Set.of(ServiceRole.SCU)),
                        new PresentationContextProposal(MPPS, List.of(syntax.uid()), Set.of(ServiceRole.SCU))),
                ServiceHandlers.none(),
                TestPeers.limits().build()));
    }

    @ParameterizedTest
    @EnumSource(
            value = TransferSyntax.class,
            names = {"IMPLICIT_VR_LITTLE_ENDIAN", "EXPLICIT_VR_LITTLE_ENDIAN", "EXPLICIT_VR_BIG_ENDIAN"})
    @Interoperability(service = Service.VERIFICATION, ours = Role.SCU, peer = "dcmjs-dimse")
    @Interoperability(
            service = Service.WORKLIST,
            ours = Role.SCU,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN})
    @Interoperability(
            service = Service.PERFORMED_STEP,
            ours = Role.SCU,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN})
    void dcmjs_gives_us_its_worklist_and_takes_our_step_until_it_is_final(TransferSyntax syntax) {
        Map<String, String> entry = Map.of("AccessionNumber", "A1", "PatientID", "PID-1", "StudyInstanceUID", "1.2.3");
        try (DcmjsDepartment department = DcmjsDepartment.start("RIS", entry);
                DicomAssociation association = open(department.address(), syntax)) {
            assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
            FindResult found = association.find(MWL, accession("A1"), 10);
            FindResult nothing = association.find(MWL, accession("A2"), 10);
            DimseStatus begun =
                    association.create(MPPS, STEP, status("IN PROGRESS")).status();
            DimseStatus completed =
                    association.set(MPPS, STEP, status("COMPLETED")).status();
            DimseStatus again = association.set(MPPS, STEP, status("COMPLETED")).status();

            assertThat(found.matches())
                    .singleElement()
                    .satisfies(match -> assertThat(match.text(Tags.PatientID)).isEqualTo("PID-1"));
            assertThat(nothing.matches()).isEmpty();
            assertThat(begun).isEqualTo(DimseStatus.SUCCESS);
            assertThat(completed).isEqualTo(DimseStatus.SUCCESS);
            assertThat(again.code()).isEqualTo(0x0110);
            assertThat(statusIn(department.awaitCreated(STEP.value()))).isEqualTo("IN PROGRESS");
            assertThat(statusIn(department.awaitSet(STEP.value()))).isEqualTo("COMPLETED");
        }
    }

    private static String statusIn(JsonNode attributes) {
        return attributes.path("PerformedProcedureStepStatus").asText();
    }

    private static DataSet accession(String number) {
        return Dictionary.dataSet()
                .put(Tags.AccessionNumber, number)
                .put(Tags.PatientID)
                .build();
    }

    private static DataSet status(String value) {
        return Dictionary.dataSet()
                .put(Tags.PerformedProcedureStepStatus, value)
                .put(Tags.PerformedStationAETitle, "CT1")
                .build();
    }
}
