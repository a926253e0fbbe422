package io.collimator.dicom.net.association;

import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.MalformedRq;
import io.collimator.dicom.dimse.DimseCommand.UnrecognizedRq;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.Pdv;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.operation.AcceptedContexts;
import io.collimator.dicom.operation.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of P-DATA together to messages (PS3.8 Annex E). Not thread-safe: owned by one event loop.
 *
 * <p>A data set over the limit is cut one byte after it: whoever decodes it then finds it too long and answers, which
 * tells the peer more than an abort. One of a C-STORE, or of a request that is refused whatever it holds, is not kept at all:
 * its message is complete with the command, and the data set follows as a stream.
 */
final class MessageAssembler {

    private final AcceptedContexts contexts;
    private final int maxDataSetBytes;
    private final Supplier<IncomingDataSet> streams;

    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable AcceptedContext context;
    private @Nullable DimseCommand command;
    private volatile @Nullable IncomingDataSet stream;

    /**
     * @param streams makes what takes a data set while it arrives
     */
    MessageAssembler(AcceptedContexts contexts, int maxDataSetBytes, Supplier<IncomingDataSet> streams) {
        this.contexts = contexts;
        this.maxDataSetBytes = maxDataSetBytes;
        this.streams = streams;
    }

    /** The data set that is arriving as a stream. From any thread. */
    Optional<IncomingDataSet> arriving() {
        return Optional.ofNullable(stream);
    }

    /**
     * Adds a fragment.
     *
     * @return the message that it completes
     * @throws ProtocolException when it has no place here
     */
    Optional<Message> add(Pdv value) {
        AcceptedContext current = contextOf(value);
        context = current;
        DimseCommand known = command;
        if (value.command() != (known == null)) {
            throw new ProtocolException(
                    Abort.UNEXPECTED_PDU,
                    known == null
                            ? "A data set fragment came where a command was expected."
                            : "A command fragment came before the data set of the message was complete.");
        }
        if (known == null) {
            return addToCommand(value, current);
        }
        IncomingDataSet open = stream;
        if (open != null) {
            addToStream(value, open);
            return Optional.empty();
        }
        append(value, maxDataSetBytes + 1L);
        return value.last() ? Optional.of(complete(current, known)) : Optional.empty();
    }

    private void addToStream(Pdv value, IncomingDataSet open) {
        open.add(value.fragment());
        if (value.last()) {
            context = null;
            command = null;
            stream = null;
            open.complete();
        }
    }

    private AcceptedContext contextOf(Pdv value) {
        AcceptedContext expected = context;
        if (expected != null && expected.id() == value.contextId()) {
            return expected;
        }
        if (expected != null) {
            throw new ProtocolException(
                    Abort.UNEXPECTED_PDU_PARAMETER,
                    "A message began on presentation context %d and went on on %d."
                            .formatted(expected.id(), value.contextId()));
        }
        return contexts.context(value.contextId())
                .orElseThrow(() -> new ProtocolException(
                        Abort.UNEXPECTED_PDU_PARAMETER,
                        "Presentation context %d was not accepted.".formatted(value.contextId())));
    }

    private Optional<Message> addToCommand(Pdv value, AcceptedContext current) {
        append(value, CommandCodec.MAX_COMMAND_LENGTH + 1L);
        if (!value.last()) {
            return Optional.empty();
        }
        DimseCommand decoded = decodeCommand(take());
        if (!decoded.hasDataSet()) {
            return Optional.of(complete(current, decoded));
        }
        command = decoded;
        if (!isStreamed(decoded)) {
            return Optional.empty();
        }
        IncomingDataSet opened = streams.get();
        stream = opened;
        return Optional.of(new Message(current, decoded, Operation.NO_DATA_SET, opened));
    }

    private static boolean isStreamed(DimseCommand command) {
        return command instanceof CStoreRq || command instanceof MalformedRq || command instanceof UnrecognizedRq;
    }

    private static DimseCommand decodeCommand(byte[] encoded) {
        try {
            return CommandCodec.decode(encoded);
        } catch (DicomDataException e) {
            throw new ProtocolException(
                    Abort.INVALID_PDU_PARAMETER_VALUE, "A command set cannot be read: " + e.getMessage());
        }
    }

    private void append(Pdv value, long limit) {
        ByteBuffer fragment = value.fragment();
        byte[] content = new byte[(int) Math.min(fragment.remaining(), limit - bytes.size())];
        fragment.get(content);
        bytes.writeBytes(content);
    }

    private Message complete(AcceptedContext current, DimseCommand complete) {
        context = null;
        command = null;
        return new Message(current, complete, take(), null);
    }

    private byte[] take() {
        byte[] taken = bytes.toByteArray();
        bytes = new ByteArrayOutputStream();
        return taken;
    }
}
