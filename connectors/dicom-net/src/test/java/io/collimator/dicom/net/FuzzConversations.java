package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT_INSTANCE;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.MWL;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.CCancelRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRsp;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NCreateRq;
import io.collimator.dicom.dimse.DimseCommand.NGetRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.MoveOriginator;
import io.collimator.dicom.dimse.Priority;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.GoldenPdu;
import io.collimator.dicom.net.pdu.OperationsWindow;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.Pdv;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.service.UserIdentity;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/** What honest peers send, each list one conversation, for a fuzzer to change. */
final class FuzzConversations {

    private static final Uid CT = Uids.CTImageStorage;
    private static final DataSetCodec IMPLICIT =
            new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());

    private FuzzConversations() {}

    static List<List<byte[]>> ofRequestors() {
        byte[] plain = PduEncoder.encode(ScriptedPeer.rq(CT1, Uids.Verification, MWL, MPPS));
        byte[] echo = message(1, new CEchoRq(1, Uids.Verification), new byte[0]);
        byte[] find =
                message(3, new CFindRq(2, MWL, Priority.MEDIUM, true), IMPLICIT.encode(TestPeers.step("A1", "A^B")));
        byte[] set = message(5, new NSetRq(3, MPPS, new Uid("1.2.3"), true), IMPLICIT.encode(TestPeers.step("A2", "")));
        byte[] cancel = message(3, new CCancelRq(2), new byte[0]);
        byte[] release = PduEncoder.encode(new ReleaseRq());
        byte[] others = PduEncoder.encode(ScriptedPeer.rq(CT1, CT, COMMITMENT, MPPS));
        byte[] store = message(
                1,
                new CStoreRq(4, CT, new Uid("1.2"), Priority.LOW, new MoveOriginator(CT1, 9), true),
                IMPLICIT.encode(TestPeers.step("A3", "A^B")));
        byte[] action =
                message(3, new NActionRq(5, COMMITMENT, COMMITMENT_INSTANCE, 1, true), IMPLICIT.encode(commitment()));
        byte[] create = message(5, new NCreateRq(6, MPPS, null, true), IMPLICIT.encode(TestPeers.step("A4", "C^D")));
        byte[] get = message(5, new NGetRq(7, MPPS, new Uid("1.2.3"), List.of(Tags.PatientID)), new byte[0]);
        return List.of(
                List.of(others, store, action, create, get, store, release),
                List.of(others, get, create, action, store, PduEncoder.encode(Abort.byUser())),
                List.of(plain, echo, find, set, release),
                List.of(everything(), echo, find, cancel, echo, release),
                List.of(plain, find, cancel, PduEncoder.encode(Abort.byUser())),
                List.of(GoldenPdu.read("a-associate-rq-every-sub-item"), release),
                List.of(GoldenPdu.read("a-associate-rq"), set, release, release));
    }

    private static DataSet commitment() {
        DataSet instance = Dictionary.dataSet()
                .put(Tags.ReferencedSOPClassUID, CT)
                .put(Tags.ReferencedSOPInstanceUID, new Uid("1.2"))
                .build();
        return Dictionary.dataSet()
                .put(Tags.TransactionUID, new Uid("1.2.9"))
                .items(Tags.ReferencedSOPSequence, Collections.nCopies(20, instance))
                .build();
    }

    private static byte[] everything() {
        AssociateRq known = ScriptedPeer.rq(CT1, Uids.Verification, MWL, MPPS);
        UserInformation user = new UserInformation(16_384, "1.2.3", "FUZZ", List.of(new RoleSelection(MWL, true, true)))
                .with(new OperationsWindow(7, 7))
                .with(UserIdentity.usernameAndPasscode("u", "p").withPositiveResponseRequested());
        return PduEncoder.encode(
                new AssociateRq(1, COLLIMATOR, CT1, known.applicationContext(), known.contexts(), user));
    }

    static List<List<byte[]>> ofAcceptors() {
        byte[] accepted = PduEncoder.encode(new AssociateAc(
                1,
                COLLIMATOR,
                CT1,
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                List.of(
                        new ContextResult(1, 0, Uids.ImplicitVRLittleEndian),
                        new ContextResult(3, 0, Uids.ExplicitVRLittleEndian)),
                UserInformation.absent()));
        byte[] answer = message(1, new CEchoRsp(1, Uids.Verification, DimseStatus.SUCCESS), new byte[0]);
        byte[] request = message(1, new CEchoRq(9, Uids.Verification), new byte[0]);
        byte[] released = PduEncoder.encode(new ReleaseRp());
        return List.of(
                List.of(accepted, answer, released),
                List.of(accepted, request, answer, PduEncoder.encode(new ReleaseRq()), released),
                List.of(GoldenPdu.read("a-associate-ac-every-sub-item"), answer, released),
                List.of(PduEncoder.encode(AssociateRj.LOCAL_LIMIT_EXCEEDED)),
                List.of(accepted, PduEncoder.encode(Abort.byUser())));
    }

    /** A message in one PDU, its data set in two fragments. */
    private static byte[] message(int contextId, DimseCommand command, byte[] dataSet) {
        Pdv commandPart = new Pdv(contextId, true, true, ByteBuffer.wrap(CommandCodec.encode(command)));
        int half = dataSet.length / 2;
        Pdu pdu = dataSet.length == 0
                ? new PDataTf(List.of(commandPart))
                : new PDataTf(List.of(
                        commandPart,
                        new Pdv(
                                contextId,
                                false,
                                false,
                                ByteBuffer.wrap(dataSet, 0, half).slice()),
                        new Pdv(
                                contextId,
                                false,
                                true,
                                ByteBuffer.wrap(dataSet, half, dataSet.length - half)
                                        .slice())));
        return PduEncoder.encode(pdu);
    }
}
