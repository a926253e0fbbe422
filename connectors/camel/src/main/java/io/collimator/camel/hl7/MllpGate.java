package io.collimator.camel.hl7;

import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.mllp.BrokenFrame;
import io.collimator.hl7.mllp.MllpFrame;
import io.collimator.hl7.mllp.MllpInbound;
import io.collimator.hl7.mllp.OversizedFrame;
import io.collimator.hl7.mllp.UnfinishedFrame;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.netty.NettyHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the frames of a connection and its route: hands on one message at a time and lets the answers out that it asks
 * for, in order. What Camel writes goes out only as the {@link Hl7Answer} to the message under way; an exception
 * becomes the refusal it means, everything else AR 207. When the sender has ended its side, what came whole before is processed
 * and answered, then the connection is closed. One instance per connection, confined to its event loop.
 */
final class MllpGate extends ChannelDuplexHandler {

    /** Frames that may wait behind the one under way before no more is read. */
    private static final int MAX_WAITING = 8;

    /** How long what a sender has sent is still read, to be named, before its connection is closed from this side. */
    private static final Duration READ_OUT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(MllpGate.class);

    private final MllpListenerParts parts;
    private final Queue<MllpInbound> waiting = new ArrayDeque<>();
    private final ControlIds unwritten = new ControlIds();
    private final ControlIds unprocessed = new ControlIds();
    private @Nullable MllpRequest underWay;
    private @Nullable Future<?> watchdog;
    /** Nothing more comes from the sender. */
    private boolean inputEnded;
    /** Nothing more goes to the route. */
    private boolean closing;
    /** It is read only to name what does not go to the route; then the connection is closed. */
    private boolean readingOut;

    MllpGate(MllpListenerParts parts) {
        this.parts = parts;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof MllpInbound inbound)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (closing) {
            unprocessed.add(request(ctx, inbound.content()));
        } else if (inbound instanceof UnfinishedFrame unfinished) {
            parts.losses().unfinished(request(ctx, unfinished.content()), unfinished.length());
            endInput(ctx);
        } else {
            waiting.add(inbound);
        }
        next(ctx);
    }

    private void endInput(ChannelHandlerContext ctx) {
        if (!inputEnded && ctx.channel().isOpen()) {
            inputEnded = true;
            parts.traffic().ended();
        }
    }

    boolean isInputEnded() {
        return inputEnded;
    }

    private void next(ChannelHandlerContext ctx) {
        while (underWay == null
                && !waiting.isEmpty()
                && !closing
                && parts.traffic().begin()) {
            take(ctx, waiting.remove());
        }
        if (inputEnded && !closing && underWay == null && waiting.isEmpty()) {
            closing = true;
            closeAfter(ctx, ctx.writeAndFlush(Unpooled.EMPTY_BUFFER));
        }
        if (!closing) {
            ctx.channel().config().setAutoRead(!inputEnded && waiting.size() < MAX_WAITING);
        } else if (inputEnded && readingOut) {
            NettyHelper.close(ctx.channel());
        }
    }

    /** Camel closes when the engine stops. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
        boolean isHeldBack = !inputEnded && !ctx.channel().config().isAutoRead();
        if (!isHeldBack || readingOut) {
            super.close(ctx, promise);
            return;
        }
        closing = true;
        readingOut = true;
        nameWaiting(ctx);
        ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
        ctx.channel().config().setAutoRead(true);
        cancelWatchdog();
        watchdog = later(ctx, READ_OUT, () -> NettyHelper.close(ctx.channel()));
    }

    private void take(ChannelHandlerContext ctx, MllpInbound inbound) {
        if (inbound instanceof OversizedFrame oversized) {
            refuse(ctx, oversized);
        } else if (inbound instanceof BrokenFrame broken) {
            refuse(ctx, broken);
        } else {
            hand(ctx, new MllpRequest((MllpFrame) inbound, parts.settings().characterSet(), origin(ctx)));
        }
    }

    private void hand(ChannelHandlerContext ctx, MllpRequest request) {
        underWay = request;
        watchdog = later(ctx, parts.settings().answerTimeout(), () -> giveUp(ctx, request));
        ctx.fireChannelRead(request);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        MllpRequest request = underWay;
        if (request == null || (message instanceof Hl7Answer answer && !answer.answers(request))) {
            LOG.warn("An answer for {} comes too late and is dropped", remoteAddress(ctx));
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            return;
        }
        ChannelPromise last = ctx.newPromise();
        // Camel would log a stack trace for each answer that a sender did not wait for
        last.addListener(done -> promise.trySuccess());
        answered(ctx, request, message instanceof Hl7Answer answer ? answer.frames() : refusal(request, message), last);
        next(ctx);
    }

    /** The answer to a message whose exchange ended in an exception, or left something that is no answer. */
    private List<byte[]> refusal(MllpRequest request, Object message) {
        Refusal refusal = message instanceof Throwable failure ? AckPolicy.refusalFor(failure) : AckPolicy.notStored();
        LOG.warn(
                "Message \"{}\" from {} is refused after {}: {} {}",
                request.controlId(),
                request.remoteAddress(),
                message.getClass().getName(),
                refusal.code().code(),
                refusal.text());
        ReferenceCountUtil.release(message);
        return parts.acknowledgements().write(request, refusal);
    }

    /** Writes the frames that answer a message, after which nothing is under way; there may be none. */
    private void answered(ChannelHandlerContext ctx, MllpRequest request, List<byte[]> frames, ChannelPromise last) {
        underWay = null;
        cancelWatchdog();
        last.addListener(done -> {
            parts.traffic().end();
            if (!done.isSuccess()) {
                unwritten.add(request);
            }
        });
        if (frames.isEmpty()) {
            last.trySuccess();
        }
        for (int i = 0; i < frames.size(); i++) {
            ctx.write(new MllpFrame(frames.get(i)), i == frames.size() - 1 ? last : ctx.newPromise())
                    .addListener(done -> closeIfBroken(ctx, done.cause()));
        }
    }

    /** A sender that is gone is no reason to close: more that it sent may be there to be read. */
    private static void closeIfBroken(ChannelHandlerContext ctx, @Nullable Throwable cause) {
        if (cause != null && !(cause instanceof IOException)) {
            NettyHelper.close(ctx.channel());
        }
    }

    private void giveUp(ChannelHandlerContext ctx, MllpRequest request) {
        LOG.error(
                "Message {} from {} has no answer after {} s; it is answered AR 207 and the connection closed",
                request.controlId(),
                request.remoteAddress(),
                parts.settings().answerTimeout().toSeconds());
        closing = true;
        ChannelPromise last = ctx.newPromise();
        answered(ctx, request, parts.acknowledgements().write(request, AckPolicy.notStored()), last);
        closeAfter(ctx, last);
        ctx.flush();
        next(ctx);
    }

    /** The answer in its turn; the connection stays, because the next start block is sure. */
    private void refuse(ChannelHandlerContext ctx, BrokenFrame broken) {
        Refusal refusal = AckPolicy.brokenFrame();
        MllpRequest request = refused(ctx, broken.content(), refusal);
        answered(ctx, request, parts.acknowledgements().write(request, refusal), ctx.newPromise());
        ctx.flush();
    }

    /** Of what came to no route: it is logged and kept. */
    private MllpRequest refused(ChannelHandlerContext ctx, byte[] content, Refusal refusal) {
        MllpRequest request = request(ctx, content);
        LOG.warn("Message {} from {} is refused: {}", request.controlId(), request.remoteAddress(), refusal.text());
        parts.blocking().execute(() -> parts.refusedFrames().refused(content, refusal, request.remoteAddress()));
        return request;
    }

    private void refuse(ChannelHandlerContext ctx, OversizedFrame oversized) {
        Refusal refusal = AckPolicy.oversized(oversized.limit());
        MllpRequest request = refused(ctx, oversized.content(), refusal);
        closing = true;
        if (request.headers().isPresent()) {
            ChannelPromise last = ctx.newPromise();
            answered(ctx, request, parts.acknowledgements().write(request, refusal), last);
            closeAfter(ctx, last);
            ctx.flush();
        } else {
            parts.traffic().end();
            NettyHelper.close(ctx.channel());
        }
    }

    /** Closes the connection once this is written, or cannot be, or the sender does not read it in time. */
    private void closeAfter(ChannelHandlerContext ctx, ChannelFuture last) {
        cancelWatchdog();
        watchdog = later(ctx, parts.settings().answerTimeout(), () -> NettyHelper.close(ctx.channel()));
        last.addListener(ChannelFutureListener.CLOSE);
    }

    private static Future<?> later(ChannelHandlerContext ctx, Duration delay, Runnable task) {
        return ctx.executor().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancelWatchdog() {
        if (watchdog != null) {
            watchdog.cancel(false);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            endInput(ctx);
            next(ctx);
        } else if (event instanceof IdleStateEvent && underWay == null && waiting.isEmpty()) {
            LOG.info("MLLP connection of {} is idle and closed", remoteAddress(ctx));
            NettyHelper.close(ctx.channel());
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        closing = true;
        cancelWatchdog();
        if (underWay != null) {
            underWay = null;
            parts.traffic().end();
        }
        parts.losses().unwritten(remoteAddress(ctx), unwritten);
        nameWaiting(ctx);
        parts.losses().unprocessed(remoteAddress(ctx), unprocessed);
        super.channelInactive(ctx);
    }

    /** Netty's texts and ours may not quote content, but Camel would log a stack trace for every reset connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.info(
                "MLLP connection of {} ends after {}",
                remoteAddress(ctx),
                cause.getClass().getName());
        LOG.debug("MLLP connection failed", cause);
        // later, since the decoder may still hand on a frame that was whole
        ctx.executor().execute(() -> {
            endInput(ctx);
            next(ctx);
        });
    }

    private void nameWaiting(ChannelHandlerContext ctx) {
        while (!waiting.isEmpty()) {
            unprocessed.add(request(ctx, waiting.remove().content()));
        }
    }

    private MllpRequest request(ChannelHandlerContext ctx, byte[] content) {
        return new MllpRequest(new MllpFrame(content), parts.settings().characterSet(), origin(ctx));
    }

    private static MllpRequest.Origin origin(ChannelHandlerContext ctx) {
        return new MllpRequest.Origin(
                remoteAddress(ctx),
                ctx.channel().localAddress() instanceof InetSocketAddress local ? local.getPort() : 0);
    }

    private static String remoteAddress(ChannelHandlerContext ctx) {
        return String.valueOf(ctx.channel().remoteAddress());
    }
}
