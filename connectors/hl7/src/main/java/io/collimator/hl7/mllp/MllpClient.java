package io.collimator.hl7.mllp;

import io.collimator.hl7.ack.AckMode;
import io.collimator.hl7.ack.AcknowledgedMessage;
import io.collimator.hl7.message.Hl7Batch;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages over one connection, each after the answer to the one before, and blocks until the answer is there.
 * After any failure the connection is closed, because a late answer would be taken for the next one; the next message
 * opens a new one. Not thread-safe.
 */
public final class MllpClient implements AutoCloseable {

    private final MllpClientSettings settings;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    public MllpClient(MllpClientSettings settings) {
        this.settings = settings;
    }

    /**
     * Sends a message or a batch and returns the answer to it: the last one, when MSH-15 and MSH-16 ask for two.
     *
     * @param message HL7 that begins with MSH, FHS or BHS, segments ended by CR, no framing
     * @return {@link MllpAnswer#NONE} at once when the message asks for no answer, and after the response timeout when it
     *     asks for one in some cases only
     * @throws IOException when the receiver cannot be reached, does not answer in time, or answers something that is no
     *     acknowledgement of this message
     */
    public MllpAnswer send(byte[] message) throws IOException {
        AckMode mode = Hl7Headers.read(message, StandardCharsets.ISO_8859_1)
                .map(AckMode::of)
                .orElse(AckMode.ORIGINAL);
        boolean answered = false;
        try {
            Socket connection = connection();
            connection.getOutputStream().write(framed(message));
            connection.getOutputStream().flush();
            MllpAnswer answer = mode.isSilent() ? MllpAnswer.NONE : answerTo(message, readFrame(connection));
            if (answer.code().equals("CA") && mode.application() != AckMode.Wish.NEVER) {
                answer = second(mode, message, answer, connection);
            }
            answered = true;
            return answer;
        } catch (SocketTimeoutException e) {
            if (mode.accept() != AckMode.Wish.ALWAYS && mode.application() != AckMode.Wish.ALWAYS) {
                return MllpAnswer.NONE;
            }
            throw new IOException(
                    "%s:%d gave no answer within %d s. Nothing says whether the message was taken; send it again with the same MSH-10."
                            .formatted(
                                    settings.host(),
                                    settings.port(),
                                    settings.responseTimeout().toSeconds()),
                    e);
        } finally {
            if (!answered) {
                close();
            }
        }
    }

    /** What follows CA, which it does always when it is always asked for. */
    private MllpAnswer second(AckMode mode, byte[] message, MllpAnswer first, Socket connection) throws IOException {
        try {
            return answerTo(message, readFrame(connection));
        } catch (SocketTimeoutException silence) {
            if (mode.application() == AckMode.Wish.ALWAYS) {
                throw silence;
            }
            close();
            return first;
        }
    }

    private Socket connection() throws IOException {
        if (socket != null && !socket.isClosed()) {
            return socket;
        }
        Socket opened = new Socket();
        try {
            opened.setTcpNoDelay(true);
            opened.connect(
                    new InetSocketAddress(settings.host(), settings.port()),
                    Math.toIntExact(settings.connectTimeout().toMillis()));
        } catch (IOException e) {
            opened.close();
            throw new IOException(
                    "%s:%d cannot be reached (%s). Check host and port, and that the receiver runs."
                            .formatted(settings.host(), settings.port(), e.getMessage()),
                    e);
        }
        socket = opened;
        in = new BufferedInputStream(opened.getInputStream());
        return opened;
    }

    private static byte[] framed(byte[] message) {
        byte[] frame = new byte[message.length + 3];
        frame[0] = MllpDecoder.START_BLOCK;
        System.arraycopy(message, 0, frame, 1, message.length);
        frame[message.length + 1] = MllpDecoder.END_BLOCK;
        frame[message.length + 2] = MllpDecoder.CARRIAGE_RETURN;
        return frame;
    }

    /** Up to the end block; its CR is passed over as a byte before the next start block. */
    private byte[] readFrame(Socket connection) throws IOException {
        long deadline = System.nanoTime() + settings.responseTimeout().toNanos();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean inFrame = false;
        for (int passed = 0; passed <= settings.maxAnswerBytes(); passed++) {
            int read = readByte(connection, deadline);
            if (read == MllpDecoder.START_BLOCK) {
                inFrame = true;
                content.reset();
            } else if (inFrame && read == MllpDecoder.END_BLOCK) {
                return content.toByteArray();
            } else if (inFrame) {
                content.write(read);
            }
        }
        throw new IOException("The answer of %s:%d is over %d bytes; it is no acknowledgement."
                .formatted(settings.host(), settings.port(), settings.maxAnswerBytes()));
    }

    private int readByte(Socket connection, long deadline) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("response timeout");
        }
        InputStream stream = in;
        if (stream == null) {
            throw new IOException("The connection is closed.");
        }
        if (stream.available() == 0) {
            connection.setSoTimeout(Math.toIntExact(Math.min(left, Integer.MAX_VALUE)));
        }
        int read = stream.read();
        if (read < 0) {
            throw new IOException("%s:%d closed the connection without an answer; its log says why."
                    .formatted(settings.host(), settings.port()));
        }
        return read;
    }

    private MllpAnswer answerTo(byte[] message, byte[] answer) throws IOException {
        Optional<Hl7Batch> batch = batch(answer);
        return batch.isPresent() ? answerTo(message, answer, batch.get()) : single(message, answer);
    }

    /** The answer to a batch says what its worst acknowledgement says. */
    private MllpAnswer answerTo(byte[] message, byte[] answer, Hl7Batch batch) throws IOException {
        List<byte[]> sent = batch(message).map(Hl7Batch::messages).orElse(List.of(message));
        MllpAnswer worst = new MllpAnswer("AA", "", answer);
        int at = 0;
        for (byte[] acknowledgement : batch.messages()) {
            if (at == sent.size()) {
                throw new IOException("The answer of %s:%d holds more than %d acknowledgements."
                        .formatted(settings.host(), settings.port(), sent.size()));
            }
            MllpAnswer one = single(sent.get(at++), acknowledgement);
            if (severity(one.code()) > severity(worst.code())) {
                worst = new MllpAnswer(one.code(), one.text(), answer);
            }
        }
        if (at < sent.size()) {
            throw new IOException("The answer of %s:%d holds %d acknowledgements to %d messages."
                    .formatted(settings.host(), settings.port(), at, sent.size()));
        }
        return worst;
    }

    /** HL7 table 0008: rejected is worse than error; a code that is none of them is worst, for nobody knows what it says. */
    private static int severity(String code) {
        return switch (code) {
            case "AA", "CA" -> 0;
            case "AE", "CE" -> 1;
            case "AR", "CR" -> 2;
            default -> 3;
        };
    }

    private Optional<Hl7Batch> batch(byte[] content) throws IOException {
        try {
            return Hl7Batch.read(content, Hl7Batch.MAX_MESSAGES);
        } catch (Hl7RejectedException tooMany) {
            throw new IOException("A batch holds more than %d messages.".formatted(Hl7Batch.MAX_MESSAGES), tooMany);
        }
    }

    private MllpAnswer single(byte[] message, byte[] answer) throws IOException {
        String sent = AcknowledgedMessage.controlIdOf(message);
        Hl7Segment acknowledgement = acknowledgement(answer)
                .orElseThrow(() -> new IOException("The answer of %s:%d has no MSA segment; it is no acknowledgement."
                        .formatted(settings.host(), settings.port())));
        String acknowledged = acknowledgement.value(2).orEmpty();
        // who could not read our header cannot name our message
        if (!acknowledged.isEmpty() && !AcknowledgedMessage.isMeant(sent, acknowledgement, answer)) {
            throw new IOException("The answer of %s:%d is to message \"%s\", but \"%s\" was sent."
                    .formatted(settings.host(), settings.port(), shortened(acknowledged), shortened(sent)));
        }
        return new MllpAnswer(
                acknowledgement.value(1).orEmpty(), acknowledgement.value(3).orEmpty(), answer);
    }

    private Optional<Hl7Segment> acknowledgement(byte[] answer) throws IOException {
        try {
            return Hl7Message.parse(answer).first("MSA");
        } catch (Hl7RejectedException e) {
            throw new IOException(
                    "The answer of %s:%d is no HL7 message.".formatted(settings.host(), settings.port()), e);
        }
    }

    private static String shortened(String controlId) {
        return controlId.length() > 40 ? controlId.substring(0, 40) + "…" : controlId;
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        in = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The connection to %s:%d did not close.".formatted(settings.host(), settings.port()), e);
        }
    }
}
