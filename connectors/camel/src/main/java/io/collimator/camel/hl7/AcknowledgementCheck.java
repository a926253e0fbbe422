package io.collimator.camel.hl7;

import io.collimator.hl7.ack.AcknowledgedMessage;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.mllp.MllpFrame;
import io.collimator.hl7.mllp.UnfinishedFrame;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.component.netty.NettyHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On a connection that we opened: sends text in the character set of its MSH-18, and hands on the answer only when it
 * accepts the message that was sent. Any other answer fails the exchange, so that a route cannot lose a message by
 * overlooking it, and ends the connection, so that nothing late can be taken for the answer to the next message. One
 * instance per connection, confined to its event loop.
 */
final class AcknowledgementCheck extends ChannelDuplexHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgementCheck.class);
    private static final Set<String> ACCEPTS = Set.of("AA", "CA");
    private static final Set<String> ERRORS = Set.of("AE", "CE");
    private static final Set<String> REJECTS = Set.of("AR", "CR");
    private static final int MAX_SHOWN = 40;

    /** MSH-10 of the message that waits for its answer. */
    private @Nullable String awaited;

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        byte[] content;
        if (message instanceof byte[] bytes) {
            content = bytes;
        } else if (message instanceof String text) {
            content = OutboundText.bytes(text);
        } else {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new Hl7AcknowledgementException("A message for MLLP is text or bytes; this body is a "
                    + message.getClass().getName() + "."));
            return;
        }
        awaited = AcknowledgedMessage.controlIdOf(content);
        super.write(ctx, new MllpFrame(content), promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        String controlId = awaited;
        awaited = null;
        if (controlId == null) {
            ReferenceCountUtil.release(message);
            LOG.warn("{} sends an answer that no message waits for; the connection is closed", address(ctx));
            NettyHelper.close(ctx.channel());
            return;
        }
        // the exception ends the connection: whatever else comes on it would be taken for the next answer
        if (!(message instanceof MllpFrame frame)) {
            ReferenceCountUtil.release(message);
            ctx.fireExceptionCaught(new Hl7AcknowledgementException(
                    message instanceof UnfinishedFrame
                            ? "The answer has no end block."
                            : "The answer is over the limit of a frame."));
            return;
        }
        try {
            check(controlId, frame.content());
        } catch (RuntimeException e) {
            ctx.fireExceptionCaught(e);
            return;
        }
        ctx.fireChannelRead(frame.content());
    }

    private static void check(String controlId, byte[] content) {
        Hl7Message answer = read(controlId, content);
        Hl7Segment acknowledgement = answer.first("MSA")
                .orElseThrow(() -> new Hl7AcknowledgementException(
                        "The answer to message %s has no MSA segment; it is no acknowledgement."
                                .formatted(shown(controlId))));
        String code = acknowledgement.value(1).orEmpty();
        String acknowledged = acknowledgement.value(2).orEmpty();
        boolean refused = ERRORS.contains(code) || REJECTS.contains(code);
        // who could not read our header cannot name our message
        if (!(refused && acknowledged.isEmpty()) && !AcknowledgedMessage.isMeant(controlId, acknowledgement, content)) {
            throw new Hl7AcknowledgementException(
                    "The answer is to message %s, but %s was sent.".formatted(shown(acknowledged), shown(controlId)));
        }
        if (ACCEPTS.contains(code)) {
            return;
        }
        String text = "Message %s is answered %s%s; the receiver's log says why."
                .formatted(shown(controlId), shown(code), error(answer));
        if (ERRORS.contains(code)) {
            throw new Hl7ApplicationErrorException(text, content);
        }
        throw REJECTS.contains(code)
                ? new Hl7ApplicationRejectException(text, content)
                : new Hl7AcknowledgementException(text, content);
    }

    private static Hl7Message read(String controlId, byte[] content) {
        try {
            return Hl7Message.parse(content);
        } catch (Hl7RejectedException unreadable) {
            throw new Hl7AcknowledgementException(
                    "The answer to message %s is no HL7 message.".formatted(shown(controlId)));
        }
    }

    /** Code and place of the first ERR: what people write into one may be patient data. */
    private static String error(Hl7Message answer) {
        Optional<Hl7Segment> error = answer.first("ERR");
        String code = error.map(err -> err.value(3, 1).orEmpty()).orElse("");
        int place = code.isEmpty() ? 1 : 2;
        String oldCode = error.map(err -> err.value(1, 1, 4, 1).orEmpty()).orElse("");
        String segment = error.map(err -> err.value(place, 1).orEmpty()).orElse("");
        String field = error.map(err -> err.value(place, 3).orEmpty()).orElse("");
        String number = code.isEmpty() ? oldCode : code;
        boolean sayable =
                number.matches("\\d{1,5}") && segment.matches("([A-Z][A-Z0-9]{2})?") && field.matches("\\d{0,2}");
        if (!sayable) {
            return "";
        }
        String where = segment.isEmpty() ? "" : " at " + segment + (field.isEmpty() ? "" : "-" + field);
        return " (" + number + where + ")";
    }

    private static String address(ChannelHandlerContext ctx) {
        return String.valueOf(ctx.channel().remoteAddress());
    }

    private static String shown(String text) {
        String cut = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        return "\"" + cut.replaceAll("[^\\x20-\\x7E]", "?") + "\"";
    }
}
