package io.collimator.camel.hl7;

import io.collimator.hl7.mllp.MllpEncoder;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;

/**
 * {@code encoders: "#mllpEncoder"}: frames what the gate lets out. On a connection that we opened also the check of the
 * acknowledgement, which has to stand between this encoder and Camel.
 */
final class MllpEncoderFactory extends DefaultChannelHandlerFactory {

    @Override
    public ChannelHandler newChannelHandler() {
        return new Setup();
    }

    /** Puts the real handlers in its own place. */
    private static final class Setup extends ChannelHandlerAdapter {

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            if (ctx.channel().parent() == null) {
                ctx.pipeline().addAfter(ctx.name(), "mllp-acknowledgement", new AcknowledgementCheck());
            }
            ctx.pipeline().replace(this, "mllp-frame-encoder", new MllpEncoder());
        }
    }
}
