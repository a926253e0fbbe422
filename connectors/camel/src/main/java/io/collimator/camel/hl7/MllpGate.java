package io.collimator.camel.hl7;

import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.mllp.BrokenFrame;
import io.collimator.hl7.mllp.MllpDecoder;
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
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
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
 * and answered, then the connection is closed. A connection with nothing in hand gives way to others, and so does an unfinished
 * frame. One instance per connection, confined to its event loop.
 */
final class MllpGate extends ChannelDuplexHandler {

    /** Frames that may wait behind the one under way before no more is read. */
    private static final int MAX_WAITING = 8;

    /** How long what a sender has sent is still read, to be named, before its connection is closed from this side. */
    private static final Duration READ_OUT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(MllpGate.class);

    private final MllpListenerParts parts;
    private final SenderConnection connection;
    private final Queue<MllpInbound> waiting = new ArrayDeque<>();
    private final ControlIds unwritten = new ControlIds();
    private final ControlIds unprocessed = new ControlIds();
    private @Nullable MllpRequest underWay;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> watchdog;
    /** Runs while the sender does not read its answers. */
    private @Nullable Future<?> unread;
    /** Nothing more comes from the sender. */
    private boolean inputEnded;
    /** Nothing more goes to the sender. */
    private boolean outputEnded;
    /** Nothing more goes to the route. */
    private boolean closing;
    /** The connection is closed once what is under way is answered. */
    private boolean lastAnswer;
    /** Its unfinished frame is given up to make room for others. */
    private boolean givingUpFrame;
    /** It is read only to name what does not go to the route; then the connection is closed. */
    private boolean readingOut;

    MllpGate(MllpListenerParts parts, SenderConnection connection) {
        this.parts = parts;
        this.connection = connection;
        connection.guardedBy(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Makes room for a new connection. */
    void giveWay() {
        ChannelHandlerContext ctx = context();
        if (connection.isIdle()) {
            NettyHelper.close(ctx.channel());
        } else if (ctx.channel().isOpen() && !inputEnded) {
            parts.traffic().stays(connection);
        }
    }

    /** Makes room for other frames. */
    void giveUpFrame() {
        ChannelHandlerContext decoder = context().pipeline().context(MllpDecoder.class);
        givingUpFrame = true;
        if (decoder == null || !((MllpDecoder) decoder.handler()).giveUpFrame(decoder)) {
            connection.stays();
        }
        givingUpFrame = false;
    }

    /** A large message had to wait for another. */
    void goOn() {
        next(context());
        context().flush();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
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
            loseFrame(ctx, unfinished);
        } else {
            connection.keep(inbound.content().length);
            waiting.add(inbound);
        }
        next(ctx);
    }

    private void loseFrame(ChannelHandlerContext ctx, UnfinishedFrame unfinished) {
        if (givingUpFrame) {
            parts.crowding().gaveUpFrame(connection, unfinished.length());
        } else {
            parts.losses().unfinished(request(ctx, unfinished.content()), unfinished.length());
        }
        endInput(ctx);
    }

    private void endInput(ChannelHandlerContext ctx) {
        if (!inputEnded && ctx.channel().isOpen()) {
            inputEnded = true;
            parts.traffic().ended(connection);
        }
    }

    private void next(ChannelHandlerContext ctx) {
        while (underWay == null && !waiting.isEmpty() && !closing && !isUnread(ctx) && begins()) {
            take(ctx, waiting.remove());
        }
        if (inputEnded && !closing && underWay == null && waiting.isEmpty()) {
            closing = true;
            closeAfter(ctx, ctx.writeAndFlush(Unpooled.EMPTY_BUFFER));
        }
        if (!closing) {
            boolean isFull = waiting.size() >= MAX_WAITING || isUnread(ctx);
            ctx.channel().config().setAutoRead(!inputEnded && !isFull && (underWay == null || !connection.isToWait()));
        } else if (inputEnded && readingOut) {
            NettyHelper.close(ctx.channel());
        }
    }

    private boolean begins() {
        int bytes = waiting.element().content().length;
        if (!connection.begin(bytes)) {
            return false;
        }
        boolean begins = parts.traffic().begin();
        if (!begins) {
            connection.end(bytes);
        }
        return begins;
    }

    /** Whether the sender has left many answers unread. One that is gone reads none, and what it sent is processed. */
    private boolean isUnread(ChannelHandlerContext ctx) {
        return !outputEnded && !ctx.channel().isWritable();
    }

    /** A sender that does not read its answers sends no more meanwhile, and is closed when it goes on like that. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        cancel(unread);
        if (isUnread(ctx)) {
            unread = later(ctx, parts.settings().answerTimeout(), () -> NettyHelper.close(ctx.channel()));
        }
        next(ctx);
        super.channelWritabilityChanged(ctx);
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
        if (message instanceof Hl7Answer answer) {
            answered(ctx, request, answer.frames(), last);
            next(ctx);
        } else {
            Refusal refusal = refusal(request, message);
            ReferenceCountUtil.release(message);
            refuse(ctx, request, refusal, last);
        }
    }

    /** What it means that an exchange ended in an exception, or left something that is no answer. */
    private static Refusal refusal(MllpRequest request, Object message) {
        Refusal refusal = message instanceof Throwable failure ? AckPolicy.refusalFor(failure) : AckPolicy.notStored();
        LOG.warn(
                "Message \"{}\" from {} is refused after {}: {} {}",
                request.controlId(),
                request.remoteAddress(),
                message.getClass().getName(),
                refusal.code().code(),
                refusal.text());
        return refusal;
    }

    /** Answers the message under way by a refusal. It is written apart, since the message may be a large batch. */
    private void refuse(ChannelHandlerContext ctx, MllpRequest request, Refusal refusal, ChannelPromise last) {
        parts.apart().execute(() -> {
            List<byte[]> frames = parts.acknowledgements().write(request, refusal);
            ctx.executor().execute(() -> {
                if (request.equals(underWay)) {
                    answered(ctx, request, frames, last);
                    ctx.flush();
                    next(ctx);
                } else {
                    last.trySuccess();
                }
            });
        });
    }

    /** Writes the frames that answer a message, after which nothing is under way; there may be none. */
    private void answered(ChannelHandlerContext ctx, MllpRequest request, List<byte[]> frames, ChannelPromise last) {
        int bytes = request.content().length;
        underWay = null;
        cancelWatchdog();
        connection.end(bytes);
        last.addListener(done -> {
            parts.traffic().end();
            connection.release(bytes);
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
        if (lastAnswer) {
            closeAfter(ctx, last);
        }
    }

    /** A sender that is gone is no reason to close: more that it sent may be there to be read. */
    private static void closeIfBroken(ChannelHandlerContext ctx, @Nullable Throwable cause) {
        if (cause != null && !(cause instanceof IOException)) {
            NettyHelper.close(ctx.channel());
        }
    }

    private void giveUp(ChannelHandlerContext ctx, MllpRequest request) {
        closing = true;
        lastAnswer = true;
        parts.apart()
                .execute(() -> LOG.error(
                        "Message {} from {} has no answer after {} s; it is answered AR 207 and the connection closed",
                        request.controlId(),
                        request.remoteAddress(),
                        parts.settings().answerTimeout().toSeconds()));
        refuse(ctx, request, AckPolicy.notStored(), ctx.newPromise());
        next(ctx);
    }

    /** The answer in its turn; the connection stays, because the next start block is sure. */
    private void refuse(ChannelHandlerContext ctx, BrokenFrame broken) {
        MllpRequest request = request(ctx, broken.content());
        underWay = request;
        Refusal refusal = AckPolicy.brokenFrame();
        parts.apart().execute(() -> note(request, refusal));
        refuse(ctx, request, refusal, ctx.newPromise());
    }

    /** Of what came to no route: it is logged and kept. */
    private void note(MllpRequest request, Refusal refusal) {
        LOG.warn("Message {} from {} is refused: {}", request.controlId(), request.remoteAddress(), refusal.text());
        parts.blocking()
                .execute(() -> parts.refusedFrames().refused(request.content(), refusal, request.remoteAddress()));
    }

    private void refuse(ChannelHandlerContext ctx, OversizedFrame oversized) {
        MllpRequest request = request(ctx, oversized.content());
        Refusal refusal = AckPolicy.oversized(oversized.limit());
        note(request, refusal);
        closing = true;
        lastAnswer = true;
        boolean isAnswered = request.headers().isPresent();
        List<byte[]> frames = isAnswered ? parts.acknowledgements().write(request, refusal) : List.of();
        answered(ctx, request, frames, ctx.newPromise());
        ctx.flush();
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
        cancel(watchdog);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            endInput(ctx);
            next(ctx);
        } else if (event instanceof ChannelOutputShutdownEvent) {
            outputEnded = true;
            cancel(unread);
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
        cancel(unread);
        if (underWay != null) {
            int bytes = underWay.content().length;
            underWay = null;
            connection.end(bytes);
            connection.release(bytes);
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
            byte[] content = waiting.remove().content();
            unprocessed.add(request(ctx, content));
            connection.release(content.length);
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
