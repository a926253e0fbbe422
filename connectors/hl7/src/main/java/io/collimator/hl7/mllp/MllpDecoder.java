package io.collimator.hl7.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ByteProcessor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a stream into frames {@code VT content FS CR} (HL7 v2.5.1 appendix C), as {@link MllpInbound}. Each byte is
 * looked at once, however it is cut into packets. Bytes before VT are passed over; VT inside a frame abandons what came
 * before it; an end block whose CR is missing counts when LF or the next frame follows, the sender pauses or the
 * connection ends; before any other byte the frame is broken. One instance per connection, confined to its event loop.
 */
public final class MllpDecoder extends ByteToMessageDecoder {

    static final byte START_BLOCK = 0x0B;
    static final byte END_BLOCK = 0x1C;
    static final byte CARRIAGE_RETURN = 0x0D;
    static final byte LINE_FEED = 0x0A;

    /** Bytes of an oversized frame that are kept for its header. */
    static final int HEAD_BYTES = 8192;

    /** A buffer of more is given back once little of it is used. */
    private static final int LARGE_BUFFER = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(MllpDecoder.class);
    private static final ByteProcessor NOT_A_FRAMING_BYTE = b -> b != START_BLOCK && b != END_BLOCK;

    private final MllpSettings settings;
    private final HeldBytes held;

    private State state = State.BETWEEN_FRAMES;
    private int scanned;
    private boolean abandonedBefore;
    private @Nullable Future<?> frameDeadline;
    private @Nullable Future<?> pause;

    private enum State {
        BETWEEN_FRAMES,
        IN_FRAME,
        /** The end block is the last byte that came; {@code scanned} stands on it. */
        AT_END_BLOCK,
        /** A frame was over the limit; the rest of the connection is passed over. */
        GIVEN_UP
    }

    public MllpDecoder(MllpSettings settings) {
        this(settings, HeldBytes.UNCOUNTED);
    }

    public MllpDecoder(MllpSettings settings, HeldBytes held) {
        this.settings = settings;
        this.held = held;
        setCumulator(MllpDecoder::cumulate);
    }

    /**
     * As Netty does it, but what follows a large frame does not keep its buffer, and a large frame grows by parts: to copy it
     * again and again into one buffer takes several times its bytes, and from outside the pool.
     */
    private static ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf before, ByteBuf more) {
        int bytes = before.readableBytes() + more.readableBytes();
        if (before.capacity() > LARGE_BUFFER && bytes <= before.capacity() / 4) {
            ByteBuf both = allocator.buffer(bytes).writeBytes(before).writeBytes(more);
            before.release();
            more.release();
            return both;
        }
        boolean isGrowing = before.isReadable() && bytes > LARGE_BUFFER;
        ByteBuf parts = isGrowing && !(before instanceof CompositeByteBuf) ? parts(allocator, before) : before;
        return MERGE_CUMULATOR.cumulate(allocator, parts, more);
    }

    private static ByteBuf parts(ByteBufAllocator allocator, ByteBuf first) {
        return allocator.compositeBuffer(Integer.MAX_VALUE).addComponent(true, first);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        super.channelRead(ctx, message);
        held.hold(internalBuffer().capacity());
    }

    /**
     * Gives up a frame that has begun, with its bytes and the rest of the connection, as if its end had not come in time. On
     * the event loop only.
     *
     * @param ctx of this decoder
     * @return whether there was such a frame
     */
    public boolean giveUpFrame(ChannelHandlerContext ctx) {
        if (state != State.IN_FRAME) {
            return false;
        }
        UnfinishedFrame unfinished = unfinished(internalBuffer());
        internalBuffer().skipBytes(internalBuffer().readableBytes());
        // its buffer goes with this handler
        ctx.pipeline().replace(this, ctx.name(), new Rest());
        ctx.fireChannelRead(unfinished);
        ctx.fireChannelReadComplete();
        return true;
    }

    /** Passes over what comes after a frame that was given up. */
    private static final class Rest extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf bytes) {
                bytes.release();
            } else {
                ctx.fireChannelRead(message);
            }
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (state) {
            case BETWEEN_FRAMES -> seekStart(ctx, in);
            case IN_FRAME, AT_END_BLOCK -> seekEnd(ctx, in, out);
            case GIVEN_UP -> in.skipBytes(in.readableBytes());
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(ctx, in, out);
        if (state == State.AT_END_BLOCK) {
            out.add(new MllpFrame(takeContent(in), true));
        } else if (state == State.IN_FRAME) {
            out.add(unfinished(in));
        }
        toState(State.BETWEEN_FRAMES);
        held.hold(0);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        toState(State.BETWEEN_FRAMES);
        held.hold(0);
    }

    private void seekStart(ChannelHandlerContext ctx, ByteBuf in) {
        int start = in.indexOf(in.readerIndex(), in.writerIndex(), START_BLOCK);
        if (start < 0) {
            in.skipBytes(in.readableBytes());
            return;
        }
        in.readerIndex(start + 1);
        beginFrame(ctx);
    }

    private void beginFrame(ChannelHandlerContext ctx) {
        toState(State.IN_FRAME);
        scanned = 0;
        awaitEnd(ctx);
    }

    private void awaitEnd(ChannelHandlerContext ctx) {
        frameDeadline = schedule(ctx, settings.partialFrameTimeout(), () -> {
            if (!ctx.channel().config().isAutoRead()) {
                // it is we who do not read the rest, so the sender gets its time anew
                awaitEnd(ctx);
                return;
            }
            LOG.warn(
                    "MLLP frame from {} has no end block after {} s; the connection is closed.",
                    ctx.channel().remoteAddress(),
                    settings.partialFrameTimeout().toSeconds());
            giveUpFrame(ctx);
        });
    }

    private void seekEnd(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        cancel(pause);
        int from = in.readerIndex() + scanned;
        int found = in.forEachByte(from, in.writerIndex() - from, NOT_A_FRAMING_BYTE);
        scanned = (found < 0 ? in.writerIndex() : found) - in.readerIndex();
        if (scanned > settings.maxFrameBytes()) {
            giveUp(in, out);
        } else if (found < 0) {
            state = State.IN_FRAME;
        } else if (in.getByte(found) == START_BLOCK) {
            reportAbandoned(ctx);
            in.readerIndex(found + 1);
            beginFrame(ctx);
        } else if (found + 1 == in.writerIndex()) {
            awaitCarriageReturn(ctx);
        } else {
            out.add(frameBefore(in.getByte(found + 1), in));
        }
    }

    /** What the bytes up to the end block are, by the one that follows it. */
    private MllpInbound frameBefore(byte next, ByteBuf in) {
        byte[] content = takeContent(in);
        return switch (next) {
            case CARRIAGE_RETURN, LINE_FEED -> {
                in.skipBytes(1);
                yield new MllpFrame(content, next == LINE_FEED);
            }
            case START_BLOCK -> new MllpFrame(content, true);
            default -> new BrokenFrame(content);
        };
    }

    /** Once a connection, so that no sender can flood the log. */
    private void reportAbandoned(ChannelHandlerContext ctx) {
        if (!abandonedBefore) {
            abandonedBefore = true;
            LOG.warn(
                    "MLLP frame from {} has a start block inside; the {} bytes before it are abandoned.",
                    ctx.channel().remoteAddress(),
                    scanned);
        }
    }

    private void awaitCarriageReturn(ChannelHandlerContext ctx) {
        state = State.AT_END_BLOCK;
        pause = schedule(ctx, settings.endBlockPause(), () -> {
            if (!ctx.channel().config().isAutoRead()) {
                // the next byte may be there, and it is we who do not read it
                awaitCarriageReturn(ctx);
                return;
            }
            ctx.fireChannelRead(new MllpFrame(takeContent(internalBuffer()), true));
            ctx.fireChannelReadComplete();
        });
    }

    private static UnfinishedFrame unfinished(ByteBuf in) {
        return new UnfinishedFrame(head(in), in.readableBytes());
    }

    private static byte[] head(ByteBuf in) {
        return ByteBufUtil.getBytes(in, in.readerIndex(), Math.min(HEAD_BYTES, in.readableBytes()));
    }

    private void giveUp(ByteBuf in, List<Object> out) {
        byte[] head = head(in);
        toState(State.GIVEN_UP);
        in.skipBytes(in.readableBytes());
        out.add(new OversizedFrame(head, settings.maxFrameBytes()));
    }

    /** The content up to the end block at {@code scanned}, which is passed over. */
    private byte[] takeContent(ByteBuf in) {
        byte[] content = new byte[scanned];
        in.readBytes(content);
        in.skipBytes(1);
        toState(State.BETWEEN_FRAMES);
        return content;
    }

    /** Leaves the frame: its timers go with it. */
    private void toState(State next) {
        cancel(frameDeadline);
        cancel(pause);
        state = next;
        scanned = 0;
    }

    private static Future<?> schedule(ChannelHandlerContext ctx, Duration delay, Runnable task) {
        return ctx.executor().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
