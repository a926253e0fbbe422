package io.collimator.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.PduDecoder;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.Pdv;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.service.DicomListener;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A peer that sends the bytes it is told to and reads what comes back; every wait ends after ten seconds. */
public final class ScriptedPeer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;

    public ScriptedPeer(Socket socket) {
        try {
            this.socket = socket;
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            this.in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ScriptedPeer connect(DicomListener listener) {
        try {
            Socket socket = new Socket();
            // small, so that a peer that reads nothing is noticed soon
            socket.setReceiveBufferSize(16_384);
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), listener.address().getPort()),
                    TIMEOUT_MILLIS);
            return new ScriptedPeer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A-ASSOCIATE-RQ with the SOP classes on contexts 1, 3, 5 … in Implicit VR Little Endian. */
    public static AssociateRq rq(AeTitle calling, Uid... sopClasses) {
        List<ProposedContext> contexts = new ArrayList<>();
        for (Uid sopClass : sopClasses) {
            contexts.add(new ProposedContext(contexts.size() * 2 + 1, sopClass, List.of(Uids.ImplicitVRLittleEndian)));
        }
        return new AssociateRq(
                1,
                TestPeers.COLLIMATOR,
                calling,
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                contexts,
                new UserInformation(16_384, "1.2.3", null, List.of()));
    }

    /** Opens an association as CT1. */
    public ScriptedPeer associate(Uid... sopClasses) {
        send(rq(TestPeers.CT1, sopClasses));
        expect(AssociateAc.class);
        return this;
    }

    public ScriptedPeer send(Pdu pdu) {
        return send(PduEncoder.encode(pdu));
    }

    public ScriptedPeer send(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command without data set, or the first part of a message with one. */
    public ScriptedPeer sendCommand(int contextId, DimseCommand command) {
        return sendCommand(contextId, CommandCodec.encode(command));
    }

    public ScriptedPeer sendCommand(int contextId, byte[] command) {
        return send(new PDataTf(List.of(new Pdv(contextId, true, true, ByteBuffer.wrap(command)))));
    }

    public ScriptedPeer sendDataSet(int contextId, byte[] dataSet) {
        return send(new PDataTf(List.of(new Pdv(contextId, false, true, ByteBuffer.wrap(dataSet)))));
    }

    /**
     * Sends everything and then nothing more, and reads what comes to the end of the stream, which must be there in time.
     * The other side may end the connection at any moment.
     */
    public void sendAndDrain(List<byte[]> messages, Duration within) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.forEach(all::writeBytes);
        try {
            socket.setSoTimeout((int) within.toMillis());
            socket.getOutputStream().write(all.toByteArray());
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException ended) {
            assertThat(ended).hasMessageMatching("(?i).*(reset|broken pipe|closed|not connected).*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Pdu expectPdu() {
        try {
            byte[] header = in.readNBytes(Pdu.HEADER_LENGTH);
            assertThat(header).as("a PDU, not the end of the stream").hasSize(Pdu.HEADER_LENGTH);
            int length = ByteBuffer.wrap(header).getInt(2);
            ByteBuffer frame =
                    ByteBuffer.allocate(Pdu.HEADER_LENGTH + length).put(header).put(in.readNBytes(length));
            return PduDecoder.decode(frame.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public <T extends Pdu> T expect(Class<T> type) {
        Pdu pdu = expectPdu();
        assertThat(pdu).isInstanceOf(type);
        return type.cast(pdu);
    }

    /** The next command; data sets that come before it are passed over. */
    public <T extends DimseCommand> T expectCommand(Class<T> type) {
        PDataTf data = expect(PDataTf.class);
        while (!data.values().get(0).command()) {
            data = expect(PDataTf.class);
        }
        ByteBuffer fragment = data.values().get(0).fragment();
        byte[] bytes = new byte[fragment.remaining()];
        fragment.get(bytes);
        DimseCommand command = CommandCodec.decode(bytes);
        assertThat(command).isInstanceOf(type);
        return type.cast(command);
    }

    /** The stream ends, in order or by a reset. */
    public void expectEnd() {
        expectEnd(Duration.ofMillis(TIMEOUT_MILLIS));
    }

    public void expectEnd(Duration within) {
        try {
            socket.setSoTimeout((int) within.toMillis());
            assertThat(in.read()).as("the end of the stream").isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
