package io.collimator.camel.hl7;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.mllp.MllpFrame;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * On a connection that we opened: sends text in the character set of its MSH-18, and hands on the answer only when it
 * accepts the message that was sent. Any other answer fails the exchange, so that a route cannot lose a message by
 * overlooking it. One instance per connection, confined to its event loop.
 */
final class AcknowledgementCheck extends ChannelDuplexHandler {

    private static final Set<String> ACCEPTS = Set.of("AA", "CA");
    private static final int MAX_SHOWN = 40;

    private String controlId = "";

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        byte[] content;
        if (message instanceof byte[] bytes) {
            content = bytes;
        } else if (message instanceof String text) {
            content = text.getBytes(characterSet(text));
        } else {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new Hl7AcknowledgementException("A message for MLLP is text or bytes; this body is a "
                    + message.getClass().getName() + "."));
            return;
        }
        controlId = Hl7Headers.read(content, StandardCharsets.ISO_8859_1)
                .map(Hl7Headers::controlIdAsSent)
                .orElse("");
        super.write(ctx, new MllpFrame(content), promise);
    }

    private static Charset characterSet(String text) {
        Charset declared = Hl7Headers.read(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                .map(Hl7Headers::charset)
                .orElse(StandardCharsets.UTF_8);
        // Better another set than a name with question marks in it.
        return declared.newEncoder().canEncode(text) ? declared : StandardCharsets.UTF_8;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof MllpFrame frame)) {
            ReferenceCountUtil.release(message);
            ctx.fireExceptionCaught(new Hl7AcknowledgementException("The answer is over the limit of a frame."));
            return;
        }
        try {
            check(frame.content());
        } catch (RuntimeException e) {
            ctx.fireExceptionCaught(e);
            return;
        }
        ctx.fireChannelRead(frame.content());
    }

    private void check(byte[] answer) {
        Hl7Segment acknowledgement = Hl7Message.parse(answer)
                .first("MSA")
                .orElseThrow(() -> new Hl7AcknowledgementException(
                        "The answer to message %s has no MSA segment; it is no acknowledgement."
                                .formatted(shown(controlId))));
        String code = acknowledgement.value(1).orEmpty();
        String acknowledged = acknowledgement.value(2).orEmpty();
        if (!ACCEPTS.contains(code)) {
            throw new Hl7AcknowledgementException(
                    "Message %s is answered %s; the receiver's log says why.".formatted(shown(controlId), shown(code)));
        }
        if (!acknowledged.strip().equals(controlId.strip())) {
            throw new Hl7AcknowledgementException(
                    "The answer is to message %s, but %s was sent.".formatted(shown(acknowledged), shown(controlId)));
        }
    }

    private static String shown(String text) {
        String cut = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        return "\"" + cut.replaceAll("[^\\x20-\\x7E]", "?") + "\"";
    }
}
