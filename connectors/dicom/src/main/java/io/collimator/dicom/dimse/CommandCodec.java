package io.collimator.dicom.dimse;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Command messages as bytes: Implicit VR Little Endian whatever the presentation context, with the group length that PS3.7
 * §6.3.1 demands; on receipt its value is not relied on. Thread-safe.
 */
public final class CommandCodec {

    /** No command set of the standard comes near; the bytes are held before anybody has looked at them. */
    public static final int MAX_COMMAND_LENGTH = 65_536;

    private static final int GROUP_LENGTH_ELEMENT = 12;
    private static final DataSetCodec CODEC =
            new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, new CodecLimits(MAX_COMMAND_LENGTH, 1, 1000, 1));

    private CommandCodec() {}

    public static byte[] encode(DimseCommand command) {
        byte[] elements = CODEC.encode(CommandWriter.toDataSet(command));
        return ByteBuffer.allocate(GROUP_LENGTH_ELEMENT + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0)
                .putInt(4)
                .putInt(elements.length)
                .put(elements)
                .array();
    }

    /**
     * Decodes a command set.
     *
     * @throws io.collimator.dicom.data.DicomDataException when it is none or lacks the elements that an answer needs
     */
    public static DimseCommand decode(byte[] bytes) {
        DataSet commandSet = CODEC.decode(bytes);
        return CommandReader.toCommand(commandSet);
    }
}
