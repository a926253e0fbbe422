package io.collimator.camel.hl7;

import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.mllp.BrokenFrame;
import io.collimator.hl7.mllp.MllpFrame;
import io.collimator.hl7.mllp.MllpInbound;
import io.collimator.hl7.mllp.OversizedFrame;
import io.collimator.hl7.outcome.AckOutcome.Refusal;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
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
 * becomes the refusal it means, everything else AR 207. One instance per connection, confined to its event loop.
 */
final class MllpGate extends ChannelDuplexHandler {

    /** Frames that may wait behind the one under way before no more is read. */
    private static final int MAX_WAITING = 8;

    private static final Logger LOG = LoggerFactory.getLogger(MllpGate.class);

    private final MllpListenerParts parts;
    private final Queue<MllpInbound> waiting = new ArrayDeque<>();
    private @Nullable MllpRequest underWay;
    private @Nullable Future<?> watchdog;
    private boolean closing;

    MllpGate(MllpListenerParts parts) {
        this.parts = parts;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing || !(message instanceof MllpInbound inbound)) {
            ReferenceCountUtil.release(message);
            return;
        }
        waiting.add(inbound);
        next(ctx);
    }

    private void next(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(waiting.size() < MAX_WAITING);
        if (underWay != null || waiting.isEmpty() || closing || !parts.traffic().begin()) {
            return;
        }
        MllpInbound inbound = waiting.remove();
        if (inbound instanceof OversizedFrame oversized) {
            refuse(ctx, oversized);
            return;
        } else if (inbound instanceof BrokenFrame broken) {
            refuse(ctx, broken);
            return;
        }
        MllpRequest request =
                new MllpRequest((MllpFrame) inbound, parts.settings().characterSet(), origin(ctx));
        underWay = request;
        watchdog = ctx.executor()
                .schedule(
                        () -> giveUp(ctx, request),
                        parts.settings().answerTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
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
        answered(ctx, message instanceof Hl7Answer answer ? answer.frames() : refusal(request, message), promise);
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

    /** Writes the frames that answer what is under way, after which nothing is; there may be none. */
    private void answered(ChannelHandlerContext ctx, List<byte[]> frames, ChannelPromise promise) {
        underWay = null;
        if (watchdog != null) {
            watchdog.cancel(false);
        }
        ChannelPromise last = promise.unvoid();
        last.addListener(done -> parts.traffic().end());
        if (frames.isEmpty()) {
            last.trySuccess();
        }
        for (int i = 0; i < frames.size(); i++) {
            ctx.write(new MllpFrame(frames.get(i)), i == frames.size() - 1 ? last : ctx.newPromise())
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    private void giveUp(ChannelHandlerContext ctx, MllpRequest request) {
        LOG.error(
                "Message {} from {} has no answer after {} s; it is answered AR 207 and the connection closed",
                request.controlId(),
                request.remoteAddress(),
                parts.settings().answerTimeout().toSeconds());
        answered(ctx, parts.acknowledgements().write(request, AckPolicy.notStored()), close(ctx));
        ctx.flush();
    }

    /** The answer in its turn; the connection stays, because the next start block is sure. */
    private void refuse(ChannelHandlerContext ctx, BrokenFrame broken) {
        Refusal refusal = AckPolicy.brokenFrame();
        MllpRequest request = refused(ctx, broken.content(), refusal);
        answered(ctx, parts.acknowledgements().write(request, refusal), ctx.newPromise());
        ctx.flush();
        next(ctx);
    }

    /** Of what came to no route: it is logged and kept. */
    private MllpRequest refused(ChannelHandlerContext ctx, byte[] content, Refusal refusal) {
        MllpRequest request =
                new MllpRequest(new MllpFrame(content), parts.settings().characterSet(), origin(ctx));
        LOG.warn("Message {} from {} is refused: {}", request.controlId(), request.remoteAddress(), refusal.text());
        parts.blocking().execute(() -> parts.refusedFrames().refused(content, refusal, request.remoteAddress()));
        return request;
    }

    private void refuse(ChannelHandlerContext ctx, OversizedFrame oversized) {
        Refusal refusal = AckPolicy.oversized(oversized.limit());
        MllpRequest request = refused(ctx, oversized.head(), refusal);
        ChannelPromise closed = close(ctx);
        if (request.headers().isPresent()) {
            answered(ctx, parts.acknowledgements().write(request, refusal), closed);
            ctx.flush();
        } else {
            parts.traffic().end();
            NettyHelper.close(ctx.channel());
        }
    }

    /** A promise whose fulfilment closes the connection; nothing more is taken from it. */
    private ChannelPromise close(ChannelHandlerContext ctx) {
        closing = true;
        waiting.clear();
        return ctx.newPromise().addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (!(event instanceof IdleStateEvent)) {
            super.userEventTriggered(ctx, event);
        } else if (underWay == null && waiting.isEmpty()) {
            LOG.info("MLLP connection of {} is idle and closed", remoteAddress(ctx));
            NettyHelper.close(ctx.channel());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        closing = true;
        waiting.clear();
        if (underWay != null) {
            underWay = null;
            parts.traffic().end();
        }
        if (watchdog != null) {
            watchdog.cancel(false);
        }
        super.channelInactive(ctx);
    }

    /** Netty's texts and ours may not quote content, but Camel would log a stack trace for every reset connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.info(
                "MLLP connection of {} is closed after {}",
                remoteAddress(ctx),
                cause.getClass().getName());
        LOG.debug("MLLP connection failed", cause);
        NettyHelper.close(ctx.channel());
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
