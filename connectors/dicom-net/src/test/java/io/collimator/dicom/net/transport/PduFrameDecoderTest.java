package io.collimator.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.net.pdu.GoldenPdu;
import io.collimator.dicom.net.pdu.PduException;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PduFrameDecoderTest {

    private static final List<byte[]> FRAMES =
            List.of(GoldenPdu.read("a-associate-rq"), GoldenPdu.read("p-data-tf"), GoldenPdu.read("a-release-rq"));

    private final EmbeddedChannel channel = new EmbeddedChannel(new PduFrameDecoder(1000));

    private List<Object> read() {
        List<Object> out = new ArrayList<>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            out.add(message);
        }
        return out;
    }

    @Test
    void a_stream_split_at_any_byte_gives_the_same_frames() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        FRAMES.forEach(stream::writeBytes);
        byte[] bytes = stream.toByteArray();

        for (int split = 0; split <= bytes.length; split++) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, split));
            channel.writeInbound(Unpooled.copiedBuffer(bytes, split, bytes.length - split));

            assertThat(read()).as("split at %d", split).containsExactly(FRAMES.toArray());
        }
    }

    @ParameterizedTest(name = "{0} is refused for reason {1}")
    @CsvSource({
        "47, 1",
        "00, 1",
        "0100FFFFFFFF, 6",
        "0400000003E9, 6",
        "050000000005, 6",
    })
    void a_bad_header_is_refused_as_soon_as_it_is_there_and_the_rest_thrown_away(String header, int reason) {
        channel.writeInbound(Unpooled.wrappedBuffer(GoldenPdu.bytes(header)));
        channel.writeInbound(Unpooled.wrappedBuffer(GoldenPdu.read("a-release-rq")));

        assertThat(read())
                .singleElement()
                .isInstanceOfSatisfying(
                        PduException.class, e -> assertThat(e.abortReason()).isEqualTo(reason));
    }

    @Test
    void the_limit_is_of_the_content_and_may_be_raised() {
        byte[] longest = new byte[6 + 1000];
        longest[0] = 4;
        longest[4] = 3;
        longest[5] = (byte) 0xE8;

        channel.writeInbound(Unpooled.wrappedBuffer(longest));
        channel.pipeline().get(PduFrameDecoder.class).setMaxLength(1001);
        channel.writeInbound(Unpooled.wrappedBuffer(GoldenPdu.bytes("04 00 00 00 03 E9")));

        assertThat(read()).hasSize(1).first().isEqualTo(longest);
    }
}
