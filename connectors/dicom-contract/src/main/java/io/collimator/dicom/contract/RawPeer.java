package io.collimator.dicom.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.service.DicomListener;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** CT1 as bytes on a socket, for what no provider would send. Every wait ends after ten seconds. */
final class RawPeer implements AutoCloseable {

    static final int ASSOCIATE_AC = 0x02;
    static final int P_DATA = 0x04;
    static final int ABORT = 0x07;

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int ASSOCIATE_RQ = 0x01;
    private static final int COMMAND = 0x01;
    private static final int LAST = 0x02;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    RawPeer(DicomListener listener) {
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), listener.address().getPort()),
                    TIMEOUT_MILLIS);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens an association with one presentation context, 1, in Implicit VR Little Endian. */
    RawPeer associate(Uid sopClass) {
        ByteArrayOutputStream context = new ByteArrayOutputStream();
        context.writeBytes(new byte[] {1, 0, 0, 0});
        context.writeBytes(item(0x30, ascii(sopClass.value())));
        context.writeBytes(item(0x40, ascii(Uids.ImplicitVRLittleEndian.value())));
        ByteArrayOutputStream user = new ByteArrayOutputStream();
        user.writeBytes(item(0x51, new byte[] {0, 0, 0x40, 0}));
        user.writeBytes(item(0x52, ascii("1.2.3")));
        ByteArrayOutputStream rq = new ByteArrayOutputStream();
        rq.writeBytes(new byte[] {0, 1, 0, 0});
        rq.writeBytes(ascii("%-16s%-16s".formatted(TestPeers.COLLIMATOR, TestPeers.CT1)));
        rq.writeBytes(new byte[32]);
        rq.writeBytes(item(0x10, ascii("1.2.840.10008.3.1.1.1")));
        rq.writeBytes(item(0x20, context.toByteArray()));
        rq.writeBytes(item(0x50, user.toByteArray()));
        send(pdu(ASSOCIATE_RQ, rq.toByteArray()));
        expect(ASSOCIATE_AC);
        return this;
    }

    static byte[] pdu(int type, byte[] content) {
        return ByteBuffer.allocate(6 + content.length)
                .put((byte) type)
                .put((byte) 0)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] item(int type, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    RawPeer send(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole command set in one PDU. */
    RawPeer sendCommand(int contextId, DimseCommand command) {
        return sendValue(contextId, COMMAND | LAST, CommandCodec.encode(command));
    }

    /** A command set of these bytes. */
    RawPeer sendCommand(int contextId, byte... command) {
        return sendValue(contextId, COMMAND | LAST, command);
    }

    /** A fragment of a data set. */
    RawPeer sendData(int contextId, boolean last, byte... fragment) {
        return sendValue(contextId, last ? LAST : 0, fragment);
    }

    private RawPeer sendValue(int contextId, int control, byte[] fragment) {
        byte[] value = ByteBuffer.allocate(6 + fragment.length)
                .putInt(fragment.length + 2)
                .put((byte) contextId)
                .put((byte) control)
                .put(fragment)
                .array();
        return send(pdu(P_DATA, value));
    }

    /** The next PDU, without its header. */
    byte[] expect(int type) {
        try {
            byte[] header = in.readNBytes(6);
            assertThat(header).as("a PDU, not the end of the stream").hasSize(6);
            assertThat((int) header[0]).as("type of the PDU").isEqualTo(type);
            return in.readNBytes(ByteBuffer.wrap(header).getInt(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next PDU holds a command and nothing else. */
    DimseCommand expectCommand() {
        ByteBuffer value = ByteBuffer.wrap(expect(P_DATA));
        byte[] command = new byte[value.getInt() - 2];
        value.getShort();
        value.get(command);
        return CommandCodec.decode(command);
    }

    /** The other side ends the connection, with an A-ABORT or without. */
    void expectEnd() {
        try {
            int type = in.read();
            assertThat(type).as("an abort or the end").isIn(ABORT, -1);
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
