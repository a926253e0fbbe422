package io.collimator.camel.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.hl7.ack.AckFactory;
import io.collimator.hl7.mllp.MllpFrame;
import io.collimator.hl7.mllp.MllpSettings;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gives way when connections or bytes run out; without sockets, so that the order of things is the test's. */
class MllpLimitsTest {

    private static final int MIB = 1 << 20;
    private static final String RIS = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";
    private static final String STRANGER = "192.0.2.3";
    private static final String ORDER = "MSH|^~\\&|RIS|HOSP|C|R|20260102030405||ORM^O01|OK1|P|2.5.1\rORC|NW|1|2\r";

    private final List<EmbeddedChannel> opened = new ArrayList<>();
    private final EmbeddedChannel listener = new EmbeddedChannel();
    private MllpListenerParts parts;

    private void room(int connections, int ofHost, long bytes) {
        MllpCrowding crowding = new MllpCrowding();
        MllpTransportSettings settings = new MllpTransportSettings(
                new MllpSettings(16 * MIB, Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofDays(1)),
                StandardCharsets.ISO_8859_1,
                new MllpTransportSettings.Limits(connections, ofHost, bytes),
                4,
                Duration.ofSeconds(20));
        parts = new MllpListenerParts(
                settings,
                new Acknowledgements(new AckFactory(Clock.systemUTC(), () -> "A1")),
                new MllpTraffic(connections, ofHost, crowding),
                new MllpBuffers(bytes),
                new MllpLosses(),
                crowding,
                (content, refusal, sender) -> {},
                Runnable::run,
                Runnable::run);
    }

    private EmbeddedChannel connect(String host) {
        EmbeddedChannel channel = new Connection(listener, host, new MllpDecoderFactory(parts).newChannelHandler());
        opened.add(channel);
        opened.forEach(EmbeddedChannel::runPendingTasks);
        return channel;
    }

    /** A connection that a sender opened. */
    private static final class Connection extends EmbeddedChannel {

        private final String host;

        Connection(EmbeddedChannel listener, String host, ChannelHandler handler) {
            super(listener, DefaultChannelId.newInstance(), false, false, handler);
            this.host = host;
            register();
        }

        @Override
        public void register() {
            try {
                super.register();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(host, 40_000);
        }
    }

    private void send(EmbeddedChannel from, String bytes) {
        from.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
        opened.forEach(EmbeddedChannel::runPendingTasks);
    }

    private static String frame(String content) {
        return "\u000b" + content + "\u001c\r";
    }

    /** What its route was given; null for none. */
    private static MllpRequest handed(EmbeddedChannel channel) {
        return channel.readInbound();
    }

    private void answer(EmbeddedChannel channel, MllpRequest request) {
        channel.writeOutbound(new Hl7Answer(request, List.of("ACK".getBytes(StandardCharsets.US_ASCII))));
        opened.forEach(EmbeddedChannel::runPendingTasks);
        assertThat(channel.<Object>readOutbound()).isInstanceOf(MllpFrame.class);
    }

    /** Sends an order and has it answered. */
    private void speak(EmbeddedChannel channel) {
        send(channel, frame(ORDER));
        answer(channel, handed(channel));
    }

    @AfterEach
    void nothing_is_held_once_all_are_closed() {
        opened.forEach(EmbeddedChannel::finishAndReleaseAll);
        listener.finishAndReleaseAll();
        assertThat(parts.buffers().used()).isZero();
        assertThat(parts.traffic().connections()).isZero();
    }

    @Test
    void the_connection_that_is_idle_longest_gives_way_to_a_new_one() {
        room(3, 3, MIB);
        EmbeddedChannel first = connect(RIS);
        EmbeddedChannel second = connect(OTHER);
        EmbeddedChannel third = connect(STRANGER);
        speak(second);
        speak(first);
        speak(third);

        EmbeddedChannel fourth = connect(RIS);

        assertThat(List.of(first, second, third, fourth))
                .extracting(EmbeddedChannel::isOpen)
                .containsExactly(true, false, true, true);
        assertThat(parts.traffic().connections()).isEqualTo(3);
        assertThat(parts.crowding().counts()).containsEntry("idle-longest", 1L);
    }

    @Test
    void one_that_never_sent_a_message_gives_way_before_one_that_did() {
        room(3, 3, MIB);
        EmbeddedChannel old = connect(RIS);
        speak(old);
        EmbeddedChannel silent = connect(STRANGER);
        EmbeddedChannel younger = connect(STRANGER);

        EmbeddedChannel one = connect(RIS);
        EmbeddedChannel two = connect(OTHER);

        assertThat(List.of(silent, younger)).extracting(EmbeddedChannel::isOpen).containsOnly(false);
        assertThat(List.of(old, one, two)).extracting(EmbeddedChannel::isOpen).containsOnly(true);
    }

    @Test
    void a_frame_under_way_and_an_answer_owed_keep_their_connection() {
        room(2, 2, MIB);
        EmbeddedChannel inFrame = connect(RIS);
        send(inFrame, "\u000bMSH|");
        EmbeddedChannel waits = connect(RIS);
        send(waits, frame(ORDER));

        EmbeddedChannel refused = connect(OTHER);

        assertThat(refused.isOpen()).isFalse();
        assertThat(parts.crowding().counts()).containsEntry("refused-full", 1L);
        send(inFrame, "^~\\&|RIS\u001c\r");
        answer(inFrame, handed(inFrame));
        answer(waits, handed(waits));
        assertThat(connect(OTHER).isOpen()).isTrue();
        assertThat(inFrame.isOpen()).isFalse();
    }

    @Test
    void a_host_fills_its_share_and_not_the_door() {
        room(4, 2, MIB);
        EmbeddedChannel ris = connect(RIS);
        EmbeddedChannel first = connect(STRANGER);
        EmbeddedChannel second = connect(STRANGER);

        EmbeddedChannel third = connect(STRANGER);
        send(second, frame(ORDER));
        send(third, frame(ORDER));
        EmbeddedChannel fourth = connect(STRANGER);

        assertThat(first.isOpen()).isFalse();
        assertThat(fourth.isOpen()).isFalse();
        assertThat(List.of(ris, second, third, connect(OTHER)))
                .extracting(EmbeddedChannel::isOpen)
                .containsOnly(true);
        assertThat(parts.crowding().counts()).containsEntry("refused-host", 1L).containsEntry("refused-full", 0L);
    }

    @Test
    void a_crowd_is_one_line_of_the_log() {
        room(1, 1, MIB);
        try (LogOf log = new LogOf(MllpCrowding.class)) {
            for (int i = 0; i < 50; i++) {
                connect(RIS);
            }
            assertThat(log.lines).singleElement().asString().contains(RIS, "idle longest");
        }
        assertThat(parts.crowding().counts()).containsEntry("idle-longest", 49L);
    }

    @Test
    void the_largest_unfinished_frame_gives_way_and_small_messages_get_through() {
        room(20, 20, 4L * MIB);
        EmbeddedChannel small = connect(RIS);
        send(small, "\u000b" + ORDER);
        List<EmbeddedChannel> large = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            EmbeddedChannel channel = connect(STRANGER);
            large.add(channel);
            for (int part = 0; part < 4 + i && channel.isOpen(); part++) {
                send(channel, (part == 0 ? "\u000b" : "") + "x".repeat(200_000));
            }
        }

        assertThat(parts.buffers().used()).isLessThanOrEqualTo(4L * MIB);
        assertThat(large).extracting(EmbeddedChannel::isOpen).contains(true, false);
        assertThat(parts.crowding().counts().get("frame-largest")).isPositive();
        assertThat(parts.losses().counts()).containsEntry("frame-without-end", 0L);
        send(small, "\u001c\r");
        answer(small, handed(small));
        assertThat(small.isOpen()).isTrue();
    }

    @Test
    void a_frame_that_gives_way_leaves_the_answer_to_the_message_before_it() {
        room(4, 4, MIB);
        EmbeddedChannel sender = connect(RIS);
        send(sender, frame(ORDER) + "\u000b" + "x".repeat(600_000));
        send(sender, "x".repeat(800_000));

        MllpRequest request = handed(sender);
        assertThat(sender.isOpen()).isTrue();
        assertThat(parts.buffers().used()).isEqualTo(ORDER.length());
        send(sender, "x".repeat(800_000));
        answer(sender, request);

        assertThat(sender.isOpen()).isFalse();
    }

    @Test
    void messages_in_hand_count_until_they_are_answered() {
        room(4, 4, 4L * MIB);
        EmbeddedChannel sender = connect(RIS);
        send(sender, frame("MSH|^~\\&|" + "x".repeat(3 * MIB)));
        MllpRequest request = handed(sender);
        EmbeddedChannel other = connect(STRANGER);

        send(other, "\u000b" + "x".repeat(3 * MIB));

        assertThat(other.isOpen()).isFalse();
        answer(sender, request);
        assertThat(parts.buffers().used()).isZero();
    }

    @Test
    void large_messages_share_a_part_of_the_bytes_for_being_processed_and_small_ones_do_not_wait() {
        room(4, 4, 16L * MIB);
        String large = frame("MSH|^~\\&|" + "x".repeat(3 * MIB));
        EmbeddedChannel first = connect(RIS);
        EmbeddedChannel second = connect(OTHER);
        EmbeddedChannel third = connect(STRANGER);
        send(first, large);
        send(second, large);
        send(third, frame(ORDER));

        MllpRequest one = handed(first);
        assertThat(one).isNotNull();
        assertThat(handed(second)).isNull();
        answer(third, handed(third));
        answer(first, one);

        answer(second, handed(second));
    }

    @Test
    void a_sender_that_reads_no_answers_is_not_read_meanwhile_and_closed_in_the_end() {
        room(4, 4, MIB);
        EmbeddedChannel sender = connect(RIS);
        sender.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        sender.runPendingTasks();
        send(sender, frame(ORDER));
        assertThat(handed(sender)).isNull();
        assertThat(sender.config().isAutoRead()).isFalse();

        sender.advanceTimeBy(21, TimeUnit.SECONDS);
        sender.runScheduledPendingTasks();
        // what it has sent is read a moment longer, to be named; the timer of that does not run in an embedded channel
        assertThat(sender.config().isAutoRead()).isTrue();
        sender.close();

        assertThat(sender.isOpen()).isFalse();
        assertThat(parts.losses().counts()).containsEntry("message-not-processed", 1L);
    }
}
