package io.collimator.acceptance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.PduDecoder;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.Pdv;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.UserInformation;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Associations over plain sockets with titles and UIDs that our types do not let through. */
final class RawAssociation {

    static final int ACCEPTED = 2;
    static final int REJECTED = 3;

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int HEADER = 6;
    private static final int CALLING = 26;
    private static final Uid MPPS = Uids.ModalityPerformedProcedureStep;
    /** As long as the text that takes its place. */
    private static final String PLACE = "1.2.3.4.5.6.7.89";

    private RawAssociation() {}

    /** The type of the PDU that answers an A-ASSOCIATE-RQ of this calling title, padded with spaces. */
    static int request(int port, String calling) throws IOException {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(associate(calling));
            return new DataInputStream(socket.getInputStream()).readUnsignedByte();
        }
    }

    /** The status that answers CT1's N-SET of an instance of this UID, which has 16 characters. */
    static int setOn(int port, String uid) throws IOException {
        byte[] command = CommandCodec.encode(new NSetRq(1, MPPS, new Uid(PLACE), false));
        byte[] hostile = new String(command, StandardCharsets.ISO_8859_1)
                .replace(PLACE, uid)
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(hostile).hasSameSizeAs(command);
        try (Socket socket = connect(port)) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(associate("CT1"));
            assertThat(pdu(in)[0]).isEqualTo((byte) ACCEPTED);
            socket.getOutputStream()
                    .write(PduEncoder.encode(new PDataTf(List.of(new Pdv(1, true, true, ByteBuffer.wrap(hostile))))));
            ByteBuffer fragment =
                    ((PDataTf) PduDecoder.decode(pdu(in))).values().get(0).fragment();
            byte[] answer = new byte[fragment.remaining()];
            fragment.get(answer);
            return ((Response) CommandCodec.decode(answer)).status().code();
        }
    }

    private static byte[] associate(String calling) {
        byte[] request = PduEncoder.encode(new AssociateRq(
                1,
                new AeTitle("COLLIMATOR"),
                new AeTitle("CT1"),
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                List.of(new ProposedContext(1, MPPS, List.of(Uids.ImplicitVRLittleEndian))),
                new UserInformation(16_384, "1.2.3", null, List.of())));
        byte[] title = calling.getBytes(StandardCharsets.ISO_8859_1);
        Arrays.fill(request, CALLING, CALLING + AeTitle.MAX_LENGTH, (byte) ' ');
        System.arraycopy(title, 0, request, CALLING, title.length);
        return request;
    }

    private static byte[] pdu(DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        assertThat(header).as("a PDU, not the end of the stream").hasSize(HEADER);
        byte[] whole = Arrays.copyOf(header, HEADER + ByteBuffer.wrap(header).getInt(2));
        in.readFully(whole, HEADER, whole.length - HEADER);
        return whole;
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }
}
