package io.collimator.dicom.net.transport;

import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.PduException;
import io.collimator.dicom.net.pdu.PduHeader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the byte stream into PDUs by their length (PS3.8 §9.3.1). Type and length are checked as soon as they are there and
 * before anything is allocated on their word; after a bad header the rest of the stream is thrown away, because nobody
 * knows where the next PDU begins.
 */
final class PduFrameDecoder extends ByteToMessageDecoder {

    private static final int LENGTH_OFFSET = 2;

    private int maxLength;
    private boolean broken;

    /**
     * @param maxLength longest content of a PDU
     */
    PduFrameDecoder(int maxLength) {
        this.maxLength = maxLength;
    }

    void setMaxLength(int maxLength) {
        this.maxLength = maxLength;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            frame(in, out);
        } catch (PduException e) {
            broken = true;
            in.skipBytes(in.readableBytes());
            out.add(e);
        }
    }

    private void frame(ByteBuf in, List<Object> out) {
        int start = in.readerIndex();
        int type = in.getUnsignedByte(start);
        PduHeader.checkType(type);
        if (in.readableBytes() < Pdu.HEADER_LENGTH) {
            return;
        }
        long length = in.getUnsignedInt(start + LENGTH_OFFSET);
        PduHeader.checkLength(type, length, maxLength);
        int total = Pdu.HEADER_LENGTH + (int) length;
        if (in.readableBytes() >= total) {
            byte[] frame = new byte[total];
            in.readBytes(frame);
            out.add(frame);
        }
    }
}
