package io.collimator.camel.hl7;

import io.collimator.hl7.mllp.HeldBytes;
import io.collimator.hl7.mllp.MllpDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;
import org.apache.camel.component.netty.NettyHelper;

/**
 * {@code decoders: "#mllpDecoder"}: cuts frames. On a connection that a sender opened also the limits and the gate.
 */
final class MllpDecoderFactory extends DefaultChannelHandlerFactory {

    private final MllpListenerParts parts;

    MllpDecoderFactory(MllpListenerParts parts) {
        this.parts = parts;
    }

    @Override
    public ChannelHandler newChannelHandler() {
        return new Setup(parts);
    }

    /** Puts the real handlers in its own place. */
    private static final class Setup extends ChannelInboundHandlerAdapter {

        private final MllpListenerParts parts;

        Setup(MllpListenerParts parts) {
            this.parts = parts;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            MllpDecoder decoder = ctx.channel().parent() == null
                    ? new MllpDecoder(parts.settings().answers())
                    : new MllpDecoder(parts.settings().framing(), guarded(ctx));
            ctx.pipeline().replace(this, "mllp-frames", decoder);
        }

        private HeldBytes guarded(ChannelHandlerContext ctx) {
            Channel channel = ctx.channel();
            ChannelPipeline pipeline = ctx.pipeline();
            // the gate closes: a sender that has ended its side may still read, and what it sent is still processed
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            channel.config().setOption(ChannelOption.AUTO_CLOSE, false);
            // a sender whose machine is gone is noticed, whatever the route says
            channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
            SenderConnection connection = new SenderConnection(channel, parts.traffic(), parts.buffers());
            if (!parts.traffic().connect(connection)) {
                NettyHelper.close(channel);
                return HeldBytes.UNCOUNTED;
            }
            MllpGate gate = new MllpGate(parts, connection);
            channel.closeFuture().addListener(closed -> parts.traffic().disconnect(connection));
            pipeline.addAfter(ctx.name(), "mllp-gate", gate);
            long idle = parts.settings().framing().idleTimeout().toMillis();
            pipeline.addBefore("mllp-gate", "mllp-idle", new IdleStateHandler(idle, 0, 0, TimeUnit.MILLISECONDS));
            return connection;
        }
    }
}
