package io.collimator.hl7.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Writes {@link MllpFrame} or {@code byte[]} as {@code VT content FS CR}. Without state: one serves all connections. */
@Sharable
public final class MllpEncoder extends MessageToByteEncoder<Object> {

    private static final int FRAMING_BYTES = 3;

    @Override
    public boolean acceptOutboundMessage(Object message) {
        return message instanceof MllpFrame || message instanceof byte[];
    }

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext ctx, Object message, boolean preferDirect) {
        return ctx.alloc().ioBuffer(contentOf(message).length + FRAMING_BYTES);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, Object message, ByteBuf out) {
        out.writeByte(MllpDecoder.START_BLOCK);
        out.writeBytes(contentOf(message));
        out.writeByte(MllpDecoder.END_BLOCK);
        out.writeByte(MllpDecoder.CARRIAGE_RETURN);
    }

    private static byte[] contentOf(Object message) {
        return message instanceof MllpFrame frame ? frame.content() : (byte[]) message;
    }
}
