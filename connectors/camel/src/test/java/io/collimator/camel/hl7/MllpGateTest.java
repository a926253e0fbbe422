package io.collimator.camel.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.hl7.ack.AckFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MllpGateTest {

    @Test
    void a_sender_that_has_ended_its_side_and_reads_nothing_is_closed_after_the_time_for_an_answer() {
        EmbeddedChannel channel = new EmbeddedChannel(new UnreadPeer());
        MllpCrowding crowding = new MllpCrowding();
        MllpTraffic traffic = new MllpTraffic(1, 1, crowding);
        MllpBuffers buffers = new MllpBuffers(1 << 20);
        MllpListenerParts parts = new MllpListenerParts(
                MllpEngine.settings(Duration.ofSeconds(20), 1),
                new Acknowledgements(new AckFactory(Clock.systemUTC(), () -> "A1")),
                traffic,
                buffers,
                new MllpLosses(),
                crowding,
                (content, refusal, sender) -> {},
                Runnable::run,
                Runnable::run);
        channel.pipeline().addLast(new MllpGate(parts, new SenderConnection(channel, traffic, buffers)));
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        channel.advanceTimeBy(21, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isFalse();
    }

    /** Nothing that is written to it is ever sent. */
    private static final class UnreadPeer extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
        }
    }
}
