package io.collimator.acceptance.engine;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A modality made of bytes, with nothing of our upper layer or command codec in it, so that a test sees what is on the wire. One
 * presentation context in Implicit VR Little Endian; every wait ends after 20 seconds.
 */
public final class ScriptedScu implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int NO_DATA_SET = 0x0101;
    private static final int C_FIND_RQ = 0x0020;
    private static final int C_CANCEL_RQ = 0x0FFF;
    private static final int N_GET_RQ = 0x0110;
    private static final int AFFECTED_SOP_CLASS = 0x0002;
    private static final int REQUESTED_SOP_CLASS = 0x0003;
    private static final int COMMAND_FIELD = 0x0100;
    private static final int MESSAGE_ID = 0x0110;
    private static final int RESPONDED_TO = 0x0120;
    private static final int PRIORITY = 0x0700;
    private static final int DATA_SET_TYPE = 0x0800;
    private static final int STATUS = 0x0900;
    private static final int REQUESTED_INSTANCE = 0x1001;
    private static final int ATTRIBUTES = 0x1005;
    private static final DataSetCodec CODEC =
            new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());

    private final Socket socket;
    private final DataInputStream in;
    private final String sopClass;
    private ByteBuffer values = ByteBuffer.allocate(0);

    /** What came in answer: a command as it was, and its data set, empty when none came. */
    public static final class Response {

        private final byte[] command;
        private final byte[] dataSet;

        Response(byte[] command, byte[] dataSet) {
            this.command = command;
            this.dataSet = dataSet;
        }

        public int status() {
            return us(STATUS);
        }

        public int messageIdRespondedTo() {
            return us(RESPONDED_TO);
        }

        public int commandField() {
            return us(COMMAND_FIELD);
        }

        public boolean announcesDataSet() {
            return us(DATA_SET_TYPE) != NO_DATA_SET;
        }

        public DataSet attributes() {
            return CODEC.decode(dataSet);
        }

        /** The Attribute Identifier List. */
        public List<Tag> attributeIdentifiers() {
            ByteBuffer list = element(ATTRIBUTES);
            List<Tag> tags = new ArrayList<>();
            while (list.hasRemaining()) {
                tags.add(Tag.of(Short.toUnsignedInt(list.getShort()), Short.toUnsignedInt(list.getShort())));
            }
            return tags;
        }

        /** An UID of the command, without padding. */
        public String uid(int element) {
            return StandardCharsets.US_ASCII.decode(element(element)).toString().replace("\0", "");
        }

        private int us(int element) {
            return Short.toUnsignedInt(element(element).getShort());
        }

        private ByteBuffer element(int wanted) {
            ByteBuffer bytes = ByteBuffer.wrap(command).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                int group = Short.toUnsignedInt(bytes.getShort());
                int element = Short.toUnsignedInt(bytes.getShort());
                int length = bytes.getInt();
                if (group == 0 && element == wanted) {
                    return bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
                }
                bytes.position(bytes.position() + length);
            }
            throw new AssertionError("The response has no element (0000,%04X).".formatted(wanted));
        }
    }

    private ScriptedScu(Socket socket, String sopClass) throws IOException {
        this.socket = socket;
        this.sopClass = sopClass;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Opens an association with the engine for one SOP class. */
    public static ScriptedScu open(EngineUnderTest engine, String calling, String sopClass) {
        try {
            Socket socket = new Socket();
            // small, so that a peer that reads nothing is noticed soon
            socket.setReceiveBufferSize(8_192);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(engine.dicom().host(), engine.dicom().port()), TIMEOUT_MILLIS);
            ScriptedScu scu = new ScriptedScu(socket, sopClass);
            scu.associate(calling);
            return scu;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** C-FIND-RQ with its identifier. */
    public ScriptedScu find(int messageId, DataSet identifier) {
        command(new Command()
                .text(AFFECTED_SOP_CLASS, sopClass)
                .us(COMMAND_FIELD, C_FIND_RQ)
                .us(MESSAGE_ID, messageId)
                .us(PRIORITY, 0)
                .us(DATA_SET_TYPE, 1));
        return send(pdv(0x02, CODEC.encode(identifier)));
    }

    /** C-CANCEL-RQ. */
    public ScriptedScu cancel(int messageId) {
        return command(new Command()
                .us(COMMAND_FIELD, C_CANCEL_RQ)
                .us(RESPONDED_TO, messageId)
                .us(DATA_SET_TYPE, NO_DATA_SET));
    }

    /** N-GET-RQ for an instance of the association's SOP class. */
    public ScriptedScu get(int messageId, String sopInstance, Tag... tags) {
        return get(messageId, sopClass, sopInstance, tags);
    }

    /** N-GET-RQ; without an Attribute Identifier List when no tag is given. */
    public ScriptedScu get(int messageId, String requestedSopClass, String sopInstance, Tag... tags) {
        Command command = new Command()
                .text(REQUESTED_SOP_CLASS, requestedSopClass)
                .us(COMMAND_FIELD, N_GET_RQ)
                .us(MESSAGE_ID, messageId)
                .us(DATA_SET_TYPE, NO_DATA_SET)
                .text(REQUESTED_INSTANCE, sopInstance);
        return command(tags.length == 0 ? command : command.tags(ATTRIBUTES, tags));
    }

    /** The next response, whole. */
    public Response response() {
        byte[] command = message(true);
        Response bare = new Response(command, new byte[0]);
        return bare.announcesDataSet() ? new Response(command, message(false)) : bare;
    }

    /** A-ABORT by the service user. */
    public void abort() {
        send(new byte[] {7, 0, 0, 0, 0, 4, 0, 0, 0, 0});
        close();
    }

    /** The connection breaks: what was sent to us and not read is answered by a reset. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /** Reads on until the other side has ended the connection; how many bytes still came. */
    public long drain(Duration within) {
        long bytes = 0;
        try {
            socket.setSoTimeout((int) within.toMillis());
            byte[] buffer = new byte[65_536];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        } catch (SocketException reset) {
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("The connection is still open after %d bytes.".formatted(bytes), e);
        }
        return bytes;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void associate(String calling) throws IOException {
        Bytes items = new Bytes();
        items.item(0x10, ascii("1.2.840.10008.3.1.1.1"));
        items.item(
                0x20,
                new Bytes()
                        .raw(1, 0, 0, 0)
                        .item(0x30, ascii(sopClass))
                        .item(0x40, ascii("1.2.840.10008.1.2"))
                        .array());
        items.item(
                0x50,
                new Bytes()
                        .item(0x51, new byte[] {0, 0, 0x40, 0})
                        .item(0x52, ascii("1.2.276.0.76.3.1.99.7"))
                        .array());
        Bytes body = new Bytes().raw(0, 1, 0, 0);
        body.bytes(ascii("%-16s%-16s".formatted("COLLIMATOR", calling))).bytes(new byte[32]);
        send(pdu(1, body.bytes(items.array()).array()));
        if (in.readUnsignedByte() != 2) {
            throw new AssertionError("The association was not accepted.");
        }
        in.skipNBytes(1);
        in.skipNBytes(in.readInt());
    }

    private ScriptedScu command(Command command) {
        return send(pdv(0x03, command.encoded()));
    }

    private ScriptedScu send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fragments of a command, or of a data set, up to the last one. */
    private byte[] message(boolean command) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean last = false;
        while (!last) {
            ByteBuffer value = value();
            value.get();
            int control = value.get();
            if ((control & 1) != (command ? 1 : 0)) {
                throw new AssertionError("A fragment of a %s was expected, its control header is %02X."
                        .formatted(command ? "command" : "data set", control));
            }
            byte[] fragment = new byte[value.remaining()];
            value.get(fragment);
            message.writeBytes(fragment);
            last = (control & 2) != 0;
        }
        return message.toByteArray();
    }

    /** The next presentation data value, from its context id on. */
    private ByteBuffer value() {
        try {
            if (!values.hasRemaining()) {
                int type = in.readUnsignedByte();
                in.skipNBytes(1);
                byte[] content = in.readNBytes(in.readInt());
                if (type != 4) {
                    throw new AssertionError("P-DATA-TF was expected, a PDU of type %02X came.".formatted(type));
                }
                values = ByteBuffer.wrap(content);
            }
            int length = values.getInt();
            ByteBuffer value = values.slice(values.position(), length);
            values.position(values.position() + length);
            return value;
        } catch (EOFException e) {
            throw new AssertionError("A response was expected, the connection was closed.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] pdv(int control, byte[] fragment) {
        ByteBuffer header =
                ByteBuffer.allocate(6).putInt(fragment.length + 2).put((byte) 1).put((byte) control);
        return pdu(4, new Bytes().bytes(header.array()).bytes(fragment).array());
    }

    private static byte[] pdu(int type, byte[] content) {
        ByteBuffer header =
                ByteBuffer.allocate(6).put((byte) type).put((byte) 0).putInt(content.length);
        return new Bytes().bytes(header.array()).bytes(content).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Grows. */
    private static final class Bytes {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes raw(int... bytes) {
            for (int value : bytes) {
                out.write(value);
            }
            return this;
        }

        Bytes bytes(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Bytes item(int type, byte[] content) {
            return raw(type, 0, content.length >> 8, content.length).bytes(content);
        }

        byte[] array() {
            return out.toByteArray();
        }
    }

    /** A command set: Implicit VR Little Endian, group length first (PS3.7 §6.3.1). */
    private static final class Command {

        private final Bytes elements = new Bytes();

        Command us(int element, int value) {
            return element(element, new byte[] {(byte) value, (byte) (value >> 8)});
        }

        Command text(int element, String uid) {
            return element(element, ascii(uid.length() % 2 == 0 ? uid : uid + '\0'));
        }

        Command tags(int element, Tag... tags) {
            ByteBuffer list = ByteBuffer.allocate(4 * tags.length).order(ByteOrder.LITTLE_ENDIAN);
            for (Tag tag : tags) {
                list.putShort((short) tag.group()).putShort((short) tag.element());
            }
            return element(element, list.array());
        }

        byte[] encoded() {
            byte[] content = elements.array();
            return new Bytes()
                    .bytes(header(0, 4))
                    .bytes(intLe(content.length))
                    .bytes(content)
                    .array();
        }

        private Command element(int element, byte[] value) {
            elements.bytes(header(element, value.length)).bytes(value);
            return this;
        }

        private static byte[] header(int element, int length) {
            return ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) 0)
                    .putShort((short) element)
                    .putInt(length)
                    .array();
        }

        private static byte[] intLe(int value) {
            return ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array();
        }
    }
}
