package io.collimator.dicom.net.transport;

import io.collimator.dicom.net.association.Link;
import io.collimator.dicom.net.association.ProtocolException;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdv;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what other threads want of a connection onto its event loop, in order. While the peer does not take what we send,
 * nothing is read from it either. Thread-safe.
 */
final class ChannelLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelLink.class);

    private final Connection connection;
    private final Channel channel;
    private final Backlog backlog;

    /** Confined to the event loop. */
    private boolean held;

    /** Confined to the event loop. */
    private boolean over;

    ChannelLink(Connection connection, Channel channel, Backlog backlog) {
        this.connection = connection;
        this.channel = channel;
        this.backlog = backlog;
    }

    @Override
    public String remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public Optional<InetAddress> peerAddress() {
        return connection.peerAddress();
    }

    @Override
    public void send(List<PDataTf> message) {
        int size = message.stream()
                .flatMap(data -> data.values().stream())
                .mapToInt(value -> value.length() + Pdv.OVERHEAD)
                .sum();
        backlog.add(size);
        onEventLoop(() -> write(message, size));
    }

    private void write(List<PDataTf> message, int size) {
        message.forEach(connection::send);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            backlog.remove(size);
            updateReading();
        });
        updateReading();
    }

    @Override
    public boolean awaitWritable(Duration timeout) throws InterruptedException {
        return backlog.awaitRoom(timeout);
    }

    @Override
    public void requestRelease() {
        onEventLoop(connection::requestRelease);
    }

    @Override
    public void answerRelease() {
        onEventLoop(connection::answerRelease);
    }

    @Override
    public void abort() {
        onEventLoop(connection::abort);
    }

    /** At once: what the peer sent after the violation must not be looked at. */
    @Override
    public void abort(ProtocolException violation) {
        connection.violate(violation.abortReason(), violation.getMessage());
    }

    @Override
    public void holdReading(boolean hold) {
        onEventLoop(() -> {
            held = hold;
            updateReading();
        });
    }

    /** After the provider was closed there is no event loop any more, nor a connection that would need one. */
    private void onEventLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("Something for {} came after the provider was closed.", remoteAddress(), closed);
        }
    }

    /** The association is over: from now on everything is read, to see the peer close. */
    void stopHolding() {
        over = true;
        updateReading();
    }

    private void updateReading() {
        channel.config().setAutoRead(over || (!held && !backlog.isHigh()));
    }
}
