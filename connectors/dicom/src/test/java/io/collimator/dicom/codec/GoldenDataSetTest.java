package io.collimator.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Bytes spelled out by hand from PS3.5, independent of the codec. */
class GoldenDataSetTest {

    private static final DataSetCodec EXPLICIT =
            new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());
    private static final DataSetCodec IMPLICIT =
            new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());

    @Test
    void reads_a_worklist_query_with_undefined_lengths() throws IOException {
        byte[] bytes = GoldenBytes.ofFile("explicit-worklist-query.hex");

        DataSet query = EXPLICIT.decode(bytes);

        assertThat(query)
                .isEqualTo(Dictionary.dataSet()
                        .put(Tags.SpecificCharacterSet, "ISO_IR 100")
                        .put(Tags.AccessionNumber)
                        .put(Tags.PatientName, "MÜLL*")
                        .put(Tags.PatientID)
                        .items(
                                Tags.ScheduledProcedureStepSequence,
                                Dictionary.dataSet()
                                        .put(Tags.Modality, "CT")
                                        .put(Tags.ScheduledStationAETitle, "CT_EAST")
                                        .put(Tags.ScheduledProcedureStepStartDate, "20260301-20260302")
                                        .put(Tags.ScheduledProcedureStepStartTime)
                                        .build())
                        .build());
    }

    @Test
    void writes_a_worklist_item_byte_by_byte() throws IOException {
        DataSet item = Dictionary.dataSet()
                .put(Tags.SpecificCharacterSet, "ISO_IR 192")
                .put(Tags.AccessionNumber, "ACC0001")
                .put(Tags.PatientName, "Müller^Zoë")
                .put(Tags.StudyInstanceUID, "1.2.840.10008.1.1")
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.Modality, "CT")
                                .put(Tags.ScheduledProcedureStepStartDate, "20260301")
                                .build())
                .put(Tags.RequestedProcedureComments, " call 7")
                .build();

        byte[] bytes = EXPLICIT.encode(item);

        assertThat(bytes).isEqualTo(GoldenBytes.ofFile("explicit-worklist-item.hex"));
    }

    @Test
    void reads_and_writes_a_command_set_with_its_group_length() throws IOException {
        byte[] bytes = GoldenBytes.ofFile("implicit-echo-response.hex");
        DataSet command = Dictionary.dataSet()
                .put(Tags.CommandGroupLength, 66)
                .put(Tags.AffectedSOPClassUID, "1.2.840.10008.1.1")
                .put(Tags.CommandField, 0x8030)
                .put(Tags.MessageIDBeingRespondedTo, 7)
                .put(Tags.CommandDataSetType, 0x0101)
                .put(Tags.Status, 0)
                .build();

        DataSet read = IMPLICIT.decode(bytes);

        assertThat(read).isEqualTo(command);
        assertThat(IMPLICIT.encode(command)).isEqualTo(bytes);
    }

    @Test
    void reads_what_a_careless_peer_sends() throws IOException {
        byte[] bytes = GoldenBytes.ofFile("explicit-careless-peer.hex");

        DataSet read = EXPLICIT.decode(bytes);

        assertThat(read)
                .isEqualTo(Dictionary.dataSet()
                        .put(Tags.Modality, "CT")
                        .put(Tags.PatientName, "DOE^J")
                        .put(Tags.PatientID, "P1", "P2")
                        .put(new Element(Tags.Rows, Vr.UN, new Value.Bytes(new byte[] {1, 2, 3})))
                        .put(Tag.of(0x0029, 0x0010), "ACME")
                        .items(
                                Tag.of(0x0029, 0x1010),
                                Dictionary.dataSet().put(Tags.Modality, "PT").build(),
                                DataSet.empty())
                        .build());
    }
}
