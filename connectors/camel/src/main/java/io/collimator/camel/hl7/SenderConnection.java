package io.collimator.camel.hl7;

import io.collimator.hl7.mllp.HeldBytes;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A sender's connection: what it holds and owes, and so whether it may give way to others. */
final class SenderConnection implements HeldBytes {

    private final Channel channel;
    private final MllpTraffic traffic;
    private final MllpBuffers buffers;
    private final String host;

    /** Set before the connection is read or asked for anything. */
    private @Nullable MllpGate gate;

    // on the event loop only
    private boolean isBusy;
    private boolean isInFrame;
    private boolean hasSpoken;
    private int unanswered;

    /** Guarded by the buffers. */
    private int held;

    SenderConnection(Channel channel, MllpTraffic traffic, MllpBuffers buffers) {
        this.channel = channel;
        this.traffic = traffic;
        this.buffers = buffers;
        this.host = channel.remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null
                ? remote.getAddress().getHostAddress()
                : "";
    }

    void guardedBy(MllpGate of) {
        gate = of;
    }

    /** Address of the sender, without port. */
    String host() {
        return host;
    }

    int held() {
        return held;
    }

    void setHeld(int bytes) {
        held = bytes;
    }

    @Override
    public void hold(int bytes) {
        buffers.hold(this, bytes);
        isInFrame = bytes > 0;
        tell();
    }

    /** Of an unfinished frame, which came to its end before it could be given up. */
    void stays() {
        buffers.stays(this);
    }

    /** Whether a whole frame of it may be processed now; else {@link MllpGate#goOn} is called when it may be tried again. */
    boolean begin(int bytes) {
        return buffers.begin(this, bytes);
    }

    /** A frame that {@link #begin} let through is processed. */
    void end(int bytes) {
        buffers.end(bytes);
    }

    /** Whether more should be read only when it has nothing to wait for. */
    boolean isToWait() {
        return buffers.isUsedUp();
    }

    /** A whole frame came. */
    void keep(int bytes) {
        buffers.keep(bytes);
        unanswered++;
        tell();
    }

    /** A frame that was kept is done with: answered, or never to be. */
    void release(int bytes) {
        buffers.release(bytes);
        unanswered--;
        hasSpoken = true;
        tell();
    }

    private void tell() {
        boolean is = isInFrame || unanswered > 0;
        if (is != isBusy) {
            isBusy = is;
            if (is) {
                traffic.busy(this);
            } else {
                traffic.idle(this, hasSpoken);
            }
        }
    }

    /** Nothing of it is under way or owed. */
    boolean isIdle() {
        return !isBusy;
    }

    /** From any thread: it makes room for a new one, if it is still idle. */
    void giveWay() {
        channel.eventLoop().execute(() -> gate().giveWay());
    }

    /** From any thread: its unfinished frame is one too many. */
    void giveUpFrame() {
        channel.eventLoop().execute(() -> gate().giveUpFrame());
    }

    /** From any thread: a message that had to wait may be tried again. */
    void goOn() {
        channel.eventLoop().execute(() -> gate().goOn());
    }

    private MllpGate gate() {
        if (gate == null) {
            throw new IllegalStateException("A connection without its gate was asked to give way.");
        }
        return gate;
    }

    @Override
    public String toString() {
        return String.valueOf(channel.remoteAddress());
    }
}
