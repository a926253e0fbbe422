package io.collimator.dicom.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseCommand.BareRsp;
import io.collimator.dicom.dimse.DimseCommand.CCancelRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRsp;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRsp;
import io.collimator.dicom.dimse.DimseCommand.CGetRq;
import io.collimator.dicom.dimse.DimseCommand.CGetRsp;
import io.collimator.dicom.dimse.DimseCommand.CMoveRq;
import io.collimator.dicom.dimse.DimseCommand.CMoveRsp;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRsp;
import io.collimator.dicom.dimse.DimseCommand.MalformedRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRsp;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NCreateRsp;
import io.collimator.dicom.dimse.DimseCommand.NDeleteRq;
import io.collimator.dicom.dimse.DimseCommand.NDeleteRsp;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRsp;
import io.collimator.dicom.dimse.DimseCommand.NGetRq;
import io.collimator.dicom.dimse.DimseCommand.NGetRsp;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRsp;
import io.collimator.dicom.dimse.DimseCommand.UnrecognizedRq;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandCodecTest {

    private static final Uid MPPS = Uids.ModalityPerformedProcedureStep;
    private static final Uid CT = Uids.CTImageStorage;
    private static final Uid MOVE = Uids.StudyRootQueryRetrieveInformationModelMove;
    private static final Uid INSTANCE = new Uid("1.2.3");
    private static final DimseStatus FAILURE =
            DimseStatus.of(0x0120, "Missing", Tags.Modality, Tags.PatientID).withErrorId(7);

    static Stream<DimseCommand> commands() {
        return Stream.of(
                new CEchoRq(1, Uids.Verification),
                new CEchoRsp(65535, Uids.Verification, DimseStatus.SUCCESS),
                new CFindRq(2, MPPS, Priority.MEDIUM, true),
                new CFindRsp(2, MPPS, DimseStatus.PENDING, true),
                new CFindRsp(2, null, DimseStatus.of(0xA900, "Bad", Tags.PatientID), false),
                new CCancelRq(2),
                new NEventReportRq(3, MPPS, INSTANCE, 2, true),
                new NEventReportRsp(3, MPPS, INSTANCE, 2, DimseStatus.SUCCESS, false),
                new NCreateRq(4, MPPS, null, true),
                new NCreateRq(4, MPPS, INSTANCE, false),
                new NCreateRsp(4, MPPS, INSTANCE, FAILURE, true),
                new NSetRq(5, MPPS, INSTANCE, true),
                new NSetRsp(5, MPPS, null, FAILURE, false),
                new NActionRq(6, MPPS, INSTANCE, 1, true),
                new NActionRsp(6, MPPS, INSTANCE, null, DimseStatus.SUCCESS, false),
                new UnrecognizedRq(0x0022, 7, MPPS, true),
                new BareRsp(0x8022, 7, MPPS, null, DimseStatus.of(0x0211), false),
                new CStoreRq(8, CT, INSTANCE, Priority.LOW, new MoveOriginator(new AeTitle("PACS"), 65535), true),
                new CStoreRq(8, CT, INSTANCE, Priority.MEDIUM, null, true),
                new CStoreRsp(8, CT, INSTANCE, DimseStatus.of(0xA700, "Full")),
                new CMoveRq(9, MOVE, new AeTitle("WORKSTATION"), Priority.HIGH, true),
                new CMoveRsp(9, MOVE, DimseStatus.PENDING, new SubOperations(4, 3, 2, 1), false),
                new CMoveRsp(9, MOVE, DimseStatus.of(0xB000), new SubOperations(0, 3, 2, 1), true),
                new CMoveRsp(9, MOVE, DimseStatus.of(0xA801, "Unknown"), SubOperations.NONE, false),
                new CGetRq(10, MOVE, Priority.MEDIUM, true),
                new CGetRsp(10, MOVE, DimseStatus.CANCEL, new SubOperations(7, 3, 2, 1), true),
                new NGetRq(11, MPPS, INSTANCE, List.of(Tags.PatientID, Tags.PerformedProcedureStepStatus)),
                new NGetRq(11, MPPS, INSTANCE, List.of()),
                new NGetRsp(11, MPPS, INSTANCE, DimseStatus.of(0x0107, "Some", Tags.PatientID), true),
                new NDeleteRq(12, MPPS, INSTANCE),
                new NDeleteRsp(12, MPPS, INSTANCE, DimseStatus.of(0x0112)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void what_is_written_is_read_again(DimseCommand command) {
        assertThat(CommandCodec.decode(CommandCodec.encode(command))).isEqualTo(command);
    }

    @Test
    void an_echo_is_these_bytes() {
        byte[] encoded = CommandCodec.encode(new CEchoRq(1, Uids.Verification));

        assertThat(HexFormat.of().withUpperCase().formatHex(encoded))
                .isEqualTo(
                        "0000 0000 04000000 38000000" // group length: 56 bytes follow
                                .concat("0000 0200 12000000 312E322E3834302E31303030382E312E3100") // UID, NUL padded
                                .concat("0000 0001 02000000 3000") // command field 0030H
                                .concat("0000 1001 02000000 0100") // message ID 1
                                .concat("0000 0008 02000000 0101") // no data set
                                .replace(" ", ""));
    }

    @Test
    void n_set_and_n_action_name_what_they_request_and_their_responses_what_was_affected() {
        DataSet rq = CommandWriter.toDataSet(new NSetRq(1, MPPS, INSTANCE, true));
        DataSet rsp = CommandWriter.toDataSet(new NSetRsp(1, MPPS, INSTANCE, DimseStatus.SUCCESS, false));

        assertThat(rq.text(Tags.RequestedSOPClassUID)).isEqualTo(MPPS.value());
        assertThat(rq.text(Tags.RequestedSOPInstanceUID)).isEqualTo("1.2.3");
        assertThat(rq.contains(Tags.AffectedSOPClassUID)).isFalse();
        assertThat(rsp.text(Tags.AffectedSOPClassUID)).isEqualTo(MPPS.value());
        assertThat(rsp.text(Tags.AffectedSOPInstanceUID)).isEqualTo("1.2.3");
    }

    @Test
    void a_find_has_a_priority_and_a_missing_one_does_not_matter() {
        DataSet rq = CommandWriter.toDataSet(new CFindRq(1, MPPS, Priority.MEDIUM, true));

        assertThat(rq.integer(Tags.Priority)).hasValue(0);
        assertThat(CommandReader.toCommand(rq.without(Tags.Priority)))
                .isEqualTo(new CFindRq(1, MPPS, Priority.MEDIUM, true));
    }

    @Test
    void final_responses_name_no_remaining_sub_operations_and_early_failures_none_at_all() {
        SubOperations counts = new SubOperations(2, 1, 1, 0);
        DataSet pending = CommandWriter.toDataSet(new CMoveRsp(1, MOVE, DimseStatus.PENDING, counts, false));
        DataSet last = CommandWriter.toDataSet(new CMoveRsp(1, MOVE, DimseStatus.of(0xB000), counts, true));
        DataSet nothing = CommandWriter.toDataSet(new CGetRsp(1, MOVE, DimseStatus.SUCCESS, SubOperations.NONE, false));
        DataSet early =
                CommandWriter.toDataSet(new CMoveRsp(1, MOVE, DimseStatus.of(0xA801), SubOperations.NONE, false));

        assertThat(pending.integer(Tags.NumberOfRemainingSuboperations)).hasValue(2);
        assertThat(last.contains(Tags.NumberOfRemainingSuboperations)).isFalse();
        assertThat(last.integer(Tags.NumberOfFailedSuboperations)).hasValue(1);
        assertThat(nothing.integer(Tags.NumberOfCompletedSuboperations)).hasValue(0);
        assertThat(early.contains(Tags.NumberOfCompletedSuboperations)).isFalse();
    }

    @Test
    void a_move_without_destination_and_half_a_move_originator_are_what_they_are() {
        DataSet move = CommandWriter.toDataSet(new CMoveRq(1, MOVE, new AeTitle("A"), Priority.MEDIUM, true));
        DataSet store = CommandWriter.toDataSet(
                new CStoreRq(1, CT, INSTANCE, Priority.MEDIUM, new MoveOriginator(new AeTitle("PACS"), 1), true));

        assertThat(CommandReader.toCommand(move.without(Tags.MoveDestination)))
                .isInstanceOfSatisfying(
                        MalformedRq.class,
                        malformed -> assertThat(malformed.refusal().code()).isEqualTo(0xA801));
        assertThat(CommandReader.toCommand(store.without(Tags.MoveOriginatorMessageID)))
                .isEqualTo(new CStoreRq(1, CT, INSTANCE, Priority.MEDIUM, null, true));
    }

    @Test
    void affected_uids_stand_in_for_requested_ones() {
        DataSet swapped = Dictionary.dataSet()
                .put(Tags.CommandField, 0x0120)
                .put(Tags.MessageID, 1)
                .put(Tags.CommandDataSetType, 0)
                .put(Tags.AffectedSOPClassUID, MPPS)
                .put(Tags.AffectedSOPInstanceUID, INSTANCE)
                .build();

        assertThat(CommandReader.toCommand(swapped)).isEqualTo(new NSetRq(1, MPPS, INSTANCE, true));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "258, true", "257, false"})
    void only_0101H_means_that_no_data_set_follows(int type, boolean follows) {
        DataSet rq = Dictionary.dataSet()
                .put(Tags.CommandField, 0x0020)
                .put(Tags.MessageID, 1)
                .put(Tags.CommandDataSetType, type)
                .build();

        assertThat(CommandReader.toCommand(rq)).isEqualTo(new CFindRq(1, null, Priority.MEDIUM, follows));
    }

    @ParameterizedTest(name = "{0}: class {1}, instance {2} is {3}")
    @CsvSource({
        "0x0020, 1.02.3, ,      0x0122",
        "0x0120, 1.02.3, 1.2.3, 0x0118",
        "0x0120, 1.2.3,  1.02,  0x0117",
        "0x0120, 1.2.3,  ,      0x0117",
        "0x0140, 1.2.3,  x,     0x0117",
        "0x0130, 1.2.3,  1.2.3, 0x0123",
        "0x0100, 1.2.3,  1.2.3, 0x0113"
    })
    void what_is_wrong_in_a_known_request_has_a_status(
            String field, String sopClass, String sopInstance, String status) {
        DataSet.Builder rq = Dictionary.dataSet()
                .put(Tags.CommandField, Integer.decode(field))
                .put(Tags.MessageID, 9)
                .put(Tags.CommandDataSetType, 0x0101)
                .put(Tags.AffectedSOPClassUID, sopClass);
        if (sopInstance != null) {
            rq.put(Tags.AffectedSOPInstanceUID, sopInstance);
        }

        assertThat(CommandReader.toCommand(rq.build())).isInstanceOfSatisfying(MalformedRq.class, malformed -> {
            assertThat(malformed.messageId()).isEqualTo(9);
            assertThat(malformed.refusal().code()).isEqualTo(Integer.decode(status));
        });
    }

    @Test
    void without_command_field_or_message_id_there_is_no_answer() {
        DataSet noField = Dictionary.dataSet().put(Tags.MessageID, 1).build();
        DataSet noId = Dictionary.dataSet().put(Tags.CommandField, 0x0030).build();

        assertThatThrownBy(() -> CommandReader.toCommand(noField))
                .isInstanceOf(DicomDataException.class)
                .hasMessageContaining("Command Field");
        assertThatThrownBy(() -> CommandReader.toCommand(noId))
                .isInstanceOf(DicomDataException.class)
                .hasMessageContaining("Message ID");
    }

    @Test
    void an_error_comment_is_ascii_without_backslash_and_of_one_value() {
        DimseStatus status = DimseStatus.of(0x0110, "C:\\müll " + "x".repeat(100));

        CEchoRsp read = (CEchoRsp) CommandCodec.decode(CommandCodec.encode(new CEchoRsp(1, null, status)));

        assertThat(read.status().errorComment()).startsWith("C:/m?ll x").hasSize(64);
    }

    @Test
    void a_wrong_group_length_does_not_matter() {
        byte[] encoded = CommandCodec.encode(new CEchoRq(1, Uids.Verification));
        encoded[8] = 1;

        assertThat(CommandCodec.decode(encoded)).isEqualTo(new CEchoRq(1, Uids.Verification));
    }

    @Test
    void retired_elements_are_skipped() {
        DataSet rq = Dictionary.dataSet()
                .put(Tags.CommandField, 0x0030)
                .put(Tags.MessageID, 1)
                .put(Tags.CommandLengthToEnd, 44)
                .put(Tags.Initiator, "OLD")
                .put(Tags.CommandDataSetType, 0x0101)
                .build();
        byte[] encoded = new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults()).encode(rq);

        assertThat(CommandCodec.decode(encoded)).isEqualTo(new CEchoRq(1, null));
    }
}
