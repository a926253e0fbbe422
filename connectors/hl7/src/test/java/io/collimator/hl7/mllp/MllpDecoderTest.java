package io.collimator.hl7.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MllpDecoderTest {

    private static final String VT = "\u000B";
    private static final String FS = "\u001C";
    private static final MllpSettings SETTINGS =
            new MllpSettings(1000, Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofMinutes(1));

    private final EmbeddedChannel channel = new EmbeddedChannel(new MllpDecoder(SETTINGS));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /** V and F stand for the framing bytes, R for CR, N for LF, in the stream and between the expected contents. */
    @ParameterizedTest
    @CsvSource({
        "VabcFR, abc",
        "VaFRVbFR, a|b",
        "garbageVaFR, a",
        "RRVaFRRVbFR, a|b",
        "VaFVbFR, a|b",
        "VlostVkeptFR, kept",
        "VaVbVcFR, c",
        "VaFNVbFR, a|b",
        "VaFbFR, broken a",
        "VaFFR, broken a",
        "VaF FRVbFR, broken a|b",
        "VaFbVcFR, broken a|c",
        "VaRbRFR, aRbR",
        "VFR, ''",
        "VaFRFRVbFR, a|b",
        "Vhalf, "
    })
    void frames_are_found_in_one_packet_and_byte_by_byte(String stream, String expected) {
        byte[] bytes = bytes(stream);
        EmbeddedChannel slow = new EmbeddedChannel(new MllpDecoder(SETTINGS));

        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        for (byte one : bytes) {
            slow.writeInbound(Unpooled.wrappedBuffer(new byte[] {one}));
        }

        List<String> contents = expected == null
                ? List.of()
                : Arrays.stream(expected.split("\\|", -1))
                        .map(part -> new String(bytes(part), StandardCharsets.ISO_8859_1))
                        .toList();
        assertThat(received(channel)).isEqualTo(contents);
        assertThat(received(slow)).isEqualTo(contents);
        slow.finishAndReleaseAll();
    }

    @Test
    void a_frame_without_cr_counts_when_the_sender_pauses() {
        channel.writeInbound(packet(VT + "a" + FS));
        assertThat(received(channel)).isEmpty();

        channel.advanceTimeBy(250, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(received(channel)).containsExactly("a");
        channel.writeInbound(packet("\r" + VT + "b" + FS + "\r"));
        assertThat(received(channel)).containsExactly("b");
    }

    @Test
    void the_time_in_which_we_do_not_read_is_no_pause_of_the_sender() {
        channel.writeInbound(packet(VT + "a" + FS));
        channel.config().setAutoRead(false);
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(received(channel)).isEmpty();

        channel.config().setAutoRead(true);
        channel.writeInbound(packet("x"));

        assertThat(received(channel)).containsExactly("broken a");
    }

    @Test
    void a_frame_without_cr_counts_when_the_connection_ends() {
        channel.writeInbound(packet(VT + "a" + FS));

        assertThat(channel.close()).isDone();

        assertThat(received(channel)).containsExactly("a");
    }

    @Test
    void a_frame_without_end_says_so_when_the_connection_ends() {
        channel.writeInbound(packet(VT + "a" + FS + "\r" + VT + "half"));

        assertThat(channel.close()).isDone();

        assertThat(received(channel)).containsExactly("a", "unfinished half");
    }

    @ParameterizedTest
    @CsvSource({"VaFR, false", "VaFN, true", "VaFVbFR, true"})
    void a_frame_says_whether_it_lacks_its_cr(String stream, boolean lacks) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes(stream)));

        MllpFrame frame = channel.readInbound();
        assertThat(frame.lacksCarriageReturn()).isEqualTo(lacks);
    }

    @Test
    void a_cr_that_comes_late_but_within_the_pause_makes_one_frame() {
        channel.writeInbound(packet(VT + "a" + FS));
        channel.advanceTimeBy(150, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.writeInbound(packet("\r"));
        channel.advanceTimeBy(150, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(received(channel)).containsExactly("a");
    }

    @Test
    void a_frame_that_does_not_end_in_time_is_the_last_of_the_connection() {
        channel.writeInbound(packet(VT + "half"));
        channel.advanceTimeBy(29, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        channel.writeInbound(packet("and more"));
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.writeInbound(packet("more" + FS + "\r"));

        assertThat(received(channel)).containsExactly("unfinished halfand more");
    }

    @Test
    void the_time_in_which_we_do_not_read_does_not_count_against_the_sender() {
        channel.writeInbound(packet(VT + "half"));
        channel.config().setAutoRead(false);
        channel.advanceTimeBy(31, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        channel.config().setAutoRead(true);
        channel.advanceTimeBy(31, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(received(channel)).containsExactly("unfinished half");
    }

    @Test
    void a_connection_without_an_open_frame_has_no_deadline() {
        channel.writeInbound(packet(VT + "a" + FS + "\r"));
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void a_frame_over_the_limit_is_handed_on_once_with_its_head_and_nothing_after_it_is_read() {
        channel.writeInbound(packet(VT + "MSH|^~\\&|A\r" + "x".repeat(600)));
        channel.writeInbound(packet("x".repeat(600)));
        channel.writeInbound(packet("x" + FS + "\r" + VT + "b" + FS + "\r"));

        OversizedFrame oversized = channel.readInbound();
        assertThat(new String(oversized.content(), StandardCharsets.US_ASCII)).startsWith("MSH|^~\\&|A\r");
        assertThat(oversized.limit()).isEqualTo(1000);
        assertThat(channel.<Object>readInbound()).isNull();
    }

    @Test
    void a_frame_of_just_the_limit_is_taken() {
        channel.writeInbound(packet(VT + "x".repeat(1000) + FS + "\r"));
        channel.writeInbound(packet(VT + "x".repeat(1001) + FS + "\r"));

        assertThat(channel.<Object>readInbound()).isInstanceOf(MllpFrame.class);
        assertThat(channel.<Object>readInbound()).isInstanceOf(OversizedFrame.class);
    }

    @Test
    void five_megabytes_in_small_packets_come_through_whole() {
        EmbeddedChannel large = new EmbeddedChannel(new MllpDecoder(MllpSettings.DEFAULT));
        byte[] content = new byte[5 << 20];
        Arrays.fill(content, (byte) 'x');

        large.writeInbound(packet(VT));
        for (int from = 0; from < content.length; from += 1024) {
            large.writeInbound(Unpooled.wrappedBuffer(content, from, 1024));
        }
        large.writeInbound(packet(FS + "\r"));

        MllpFrame frame = large.readInbound();
        assertThat(frame.content()).isEqualTo(content);
        large.finishAndReleaseAll();
    }

    /** Each copy would need a buffer of its own size, which no pool has. */
    @Test
    void a_large_frame_is_not_copied_as_it_grows() {
        PooledByteBufAllocator pool = new PooledByteBufAllocator(true);
        MllpSettings settings =
                new MllpSettings(16 << 20, Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofMinutes(1));
        EmbeddedChannel large = new EmbeddedChannel(new MllpDecoder(settings));
        large.config().setAllocator(pool);

        large.writeInbound(packet(VT));
        for (int sent = 0; sent < 15 << 20; sent += 65_536) {
            large.writeInbound(Unpooled.wrappedBuffer(new byte[65_536]));
        }
        large.writeInbound(packet(FS + "\r"));

        assertThat(((MllpFrame) large.readInbound()).content()).hasSize(15 << 20);
        assertThat(pool.metric().directArenas())
                .allSatisfy(arena -> assertThat(arena.numHugeAllocations()).isZero());
        large.finishAndReleaseAll();
    }

    @Test
    void what_a_frame_takes_is_told_until_it_is_whole_or_given_up() {
        List<Integer> held = new ArrayList<>();
        EmbeddedChannel counted = new EmbeddedChannel(new MllpDecoder(MllpSettings.DEFAULT, held::add));
        MllpDecoder decoder = counted.pipeline().get(MllpDecoder.class);
        byte[] part = new byte[1 << 20];

        counted.writeInbound(packet(VT), Unpooled.wrappedBuffer(part));
        assertThat(last(held)).isGreaterThanOrEqualTo(part.length);
        counted.writeInbound(packet(FS + "\r"));
        assertThat(last(held)).isZero();
        counted.writeInbound(packet(VT), Unpooled.wrappedBuffer(part));
        assertThat(last(held)).isGreaterThanOrEqualTo(part.length);
        assertThat(decoder.giveUpFrame(counted.pipeline().context(decoder))).isTrue();
        assertThat(last(held)).isZero();
        counted.writeInbound(packet(VT + "b" + FS + "\r"));

        assertThat(counted.<Object>readInbound()).isInstanceOf(MllpFrame.class);
        UnfinishedFrame givenUp = counted.readInbound();
        assertThat(givenUp.length()).isEqualTo(part.length);
        assertThat(counted.<Object>readInbound()).isNull();
        counted.finishAndReleaseAll();
    }

    @Test
    void what_follows_a_large_part_that_is_abandoned_keeps_no_large_buffer() {
        List<Integer> held = new ArrayList<>();
        EmbeddedChannel counted = new EmbeddedChannel(new MllpDecoder(MllpSettings.DEFAULT, held::add));

        counted.writeInbound(packet(VT), Unpooled.wrappedBuffer(new byte[1 << 20]), packet(VT + "a"), packet("b"));

        assertThat(last(held)).isBetween(2, 1024);
        counted.writeInbound(packet(FS + "\r"));
        assertThat(received(counted)).containsExactly("ab");
        counted.finishAndReleaseAll();
    }

    private static int last(List<Integer> held) {
        return held.get(held.size() - 1);
    }

    @Test
    void whatever_the_cuts_the_same_stream_makes_the_same_frames() {
        Random random = new Random(20261122);
        String alphabet = VT + VT + FS + FS + "\r\r\nab";
        for (int run = 0; run < 500; run++) {
            byte[] stream = new byte[1 + random.nextInt(60)];
            for (int i = 0; i < stream.length; i++) {
                stream[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            assertThat(inPieces(stream, random)).isEqualTo(inPieces(stream, null));
        }
    }

    @Test
    void what_the_encoder_writes_the_decoder_reads() {
        EmbeddedChannel out = new EmbeddedChannel(new MllpEncoder());

        out.writeOutbound(new MllpFrame("a".getBytes(StandardCharsets.US_ASCII)), new byte[] {'b'});
        for (ByteBuf written = out.readOutbound(); written != null; written = out.readOutbound()) {
            channel.writeInbound(written);
        }

        assertThat(received(channel)).containsExactly("a", "b");
        out.finishAndReleaseAll();
    }

    private static List<String> inPieces(byte[] stream, Random random) {
        EmbeddedChannel fresh = new EmbeddedChannel(new MllpDecoder(SETTINGS));
        for (int from = 0; from < stream.length; ) {
            int length = random == null ? stream.length : Math.min(1 + random.nextInt(5), stream.length - from);
            fresh.writeInbound(Unpooled.copiedBuffer(stream, from, length));
            from += length;
        }
        assertThat(fresh.close()).isDone();
        List<String> contents = received(fresh);
        fresh.finishAndReleaseAll();
        return contents;
    }

    private static List<String> received(EmbeddedChannel from) {
        List<String> contents = new ArrayList<>();
        for (Object next = from.readInbound(); next != null; next = from.readInbound()) {
            String kind =
                    next instanceof BrokenFrame ? "broken " : next instanceof UnfinishedFrame ? "unfinished " : "";
            contents.add(kind + text(((MllpInbound) next).content()));
        }
        return contents;
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String readable) {
        return readable.replace("V", VT)
                .replace("F", FS)
                .replace("R", "\r")
                .replace("N", "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ByteBuf packet(String content) {
        return Unpooled.copiedBuffer(content, StandardCharsets.ISO_8859_1);
    }
}
