package io.collimator.bench;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Uids;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An association that only asks the worklist, as cheap as can be, so that the server is measured and not its client: what
 * comes back is counted and not decoded (PS3.8 §9.3, PS3.7 §9.3.2). Not thread-safe.
 */
final class FindConnection implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 60_000;
    private static final int CONTEXT = 1;
    private static final int RELEASE = 5;
    private static final int DATA = 4;
    private static final int ACCEPT = 2;
    private static final int STATUS = 0x0900;
    private static final int PENDING = 0xFF00;

    private static final DataSetCodec CODEC =
            new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final DataOutputStream out;
    private int messageId;

    /** @throws IOException when there is no association with an accepted context */
    FindConnection(int port, String calling, String called) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        socket.setSoTimeout(ANSWER_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 65_536));
        out = new DataOutputStream(socket.getOutputStream());
        out.write(pdu(1, request(calling, called)));
        int type = in.readUnsignedByte();
        in.readByte();
        byte[] answer = in.readNBytes(in.readInt());
        if (type != ACCEPT || !isContextAccepted(answer)) {
            close();
            throw new IOException(
                    "The worklist on port %d does not accept %s; PDU type %d.".formatted(port, calling, type));
        }
    }

    /** An identifier as {@link #find} sends it. */
    static byte[] encoded(DataSet identifier) {
        return CODEC.encode(identifier);
    }

    /**
     * Asks and reads to the end.
     *
     * @return the number of matches
     * @throws IOException also when the final status is no success
     */
    int find(byte[] identifier) throws IOException {
        messageId = messageId % 0xFFFF + 1;
        byte[] command = command(messageId);
        ByteBuffer request = ByteBuffer.allocate(6 + 6 + command.length + 6 + identifier.length);
        request.put((byte) DATA).put((byte) 0).putInt(6 + command.length + 6 + identifier.length);
        request.putInt(2 + command.length).put((byte) CONTEXT).put((byte) 3).put(command);
        request.putInt(2 + identifier.length).put((byte) CONTEXT).put((byte) 2).put(identifier);
        out.write(request.array());
        return matches();
    }

    private int matches() throws IOException {
        int matches = 0;
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        while (true) {
            int type = in.readUnsignedByte();
            in.readByte();
            int left = in.readInt();
            if (type != DATA) {
                throw new IOException("The worklist sent a PDU of type %d instead of an answer.".formatted(type));
            }
            int status = -1;
            while (left > 0) {
                int length = in.readInt();
                in.readByte();
                int control = in.readByte();
                byte[] fragment = in.readNBytes(length - 2);
                left -= 4 + length;
                if ((control & 1) != 0) {
                    command.write(fragment);
                    if ((control & 2) != 0) {
                        status = statusOf(command.toByteArray());
                        command.reset();
                        matches += (status & PENDING) == PENDING ? 1 : 0;
                    }
                }
            }
            if (status == 0) {
                return matches;
            } else if (status > 0 && (status & PENDING) != PENDING) {
                throw new IOException("The query ended with status %04XH.".formatted(status));
            }
        }
    }

    /** Status (0000,0900) of a command set. */
    private static int statusOf(byte[] command) {
        ByteBuffer elements = ByteBuffer.wrap(command).order(ByteOrder.LITTLE_ENDIAN);
        while (elements.remaining() >= 8) {
            elements.getShort();
            int element = Short.toUnsignedInt(elements.getShort());
            int length = elements.getInt();
            if (element == STATUS) {
                return Short.toUnsignedInt(elements.getShort());
            }
            elements.position(elements.position() + length);
        }
        throw new IllegalStateException("A response has no status.");
    }

    private static byte[] command(int messageId) {
        byte[] sopClass = even(Uids.ModalityWorklistInformationModelFind.value());
        ByteBuffer elements =
                ByteBuffer.allocate(12 + 8 + sopClass.length + 4 * 10).order(ByteOrder.LITTLE_ENDIAN);
        element(elements, 0x0000, 4).putInt(elements.capacity() - 12);
        element(elements, 0x0002, sopClass.length).put(sopClass);
        element(elements, 0x0100, 2).putShort((short) 0x0020);
        element(elements, 0x0110, 2).putShort((short) messageId);
        element(elements, 0x0700, 2).putShort((short) 0);
        element(elements, 0x0800, 2).putShort((short) 1);
        return elements.array();
    }

    private static ByteBuffer element(ByteBuffer elements, int element, int length) {
        return elements.putShort((short) 0).putShort((short) element).putInt(length);
    }

    private static byte[] even(String uid) {
        return (uid.length() % 2 == 0 ? uid : uid + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] request(String calling, String called) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        body.writeShort(1);
        body.writeShort(0);
        body.writeBytes("%-16s%-16s".formatted(called, calling));
        body.write(new byte[32]);
        body.write(item(0x10, ascii("1.2.840.10008.3.1.1.1")));
        ByteArrayOutputStream context = new ByteArrayOutputStream();
        context.write(new byte[] {CONTEXT, 0, 0, 0});
        context.write(item(0x30, ascii(Uids.ModalityWorklistInformationModelFind.value())));
        context.write(item(0x40, ascii(Uids.ExplicitVRLittleEndian.value())));
        body.write(item(0x20, context.toByteArray()));
        ByteArrayOutputStream user = new ByteArrayOutputStream();
        user.write(item(0x51, new byte[] {0, 1, 0, 0}));
        user.write(item(0x52, ascii("1.2.276.0.76.3.1.99.7")));
        body.write(item(0x50, user.toByteArray()));
        return bytes.toByteArray();
    }

    /** Result 0 of the only item of type 21H. */
    private static boolean isContextAccepted(byte[] answer) {
        ByteBuffer items = ByteBuffer.wrap(answer);
        items.position(68);
        while (items.remaining() >= 4) {
            int type = items.getShort() >> 8;
            int length = Short.toUnsignedInt(items.getShort());
            if (type == 0x21) {
                return items.get(items.position() + 2) == 0;
            }
            items.position(items.position() + length);
        }
        return false;
    }

    private static byte[] item(int type, byte[] value) {
        return ByteBuffer.allocate(4 + value.length)
                .putShort((short) (type << 8))
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    private static byte[] pdu(int type, byte[] body) {
        return ByteBuffer.allocate(6 + body.length)
                .putShort((short) (type << 8))
                .putInt(body.length)
                .put(body)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            out.write(pdu(RELEASE, new byte[4]));
        }
    }
}
