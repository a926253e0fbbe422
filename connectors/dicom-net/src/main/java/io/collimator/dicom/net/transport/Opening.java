package io.collimator.dicom.net.transport;

import io.collimator.dicom.net.association.Association;
import io.collimator.dicom.net.association.AssociationProfile;
import io.collimator.dicom.net.negotiation.Requestor;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An association that we request. The requesting thread waits, the event loop does the rest. */
final class Opening implements ConnectionUser {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final AssociationRequest request;
    private final Requestor requestor;
    private final String id;
    private final Set<Connection> open;
    private final ThreadPoolExecutor handlerThreads;
    private final CompletableFuture<Association> outcome = new CompletableFuture<>();

    /**
     * @param open where the connection is kept as long as it is there
     */
    Opening(AssociationRequest request, String id, Set<Connection> open) {
        this.request = request;
        this.requestor = new Requestor(request);
        this.id = id;
        this.open = open;
        // an association answers so many requests at a time, so it can use no more threads
        this.handlerThreads = HandlerThreads.pool(
                request.limits().peer().maxOperationsPerformed(),
                request.limits().handlerQueue());
    }

    DicomAssociation open(EventLoopGroup eventLoops, Timers timers) {
        Connection connection = Connection.requestor(this, request.limits(), timers, requestor.request());
        connect(eventLoops, connection);
        open.add(connection);
        if (connection.isClosed()) {
            open.remove(connection);
        }
        Duration timeout = request.limits().request();
        try {
            Association association = outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            LOG.info("Association {}: {} at {} accepted us.", id, request.called(), connection.remoteAddress());
            return association;
        } catch (TimeoutException e) {
            connection.link().abort();
            throw new AssociationException(
                    Kind.TIMEOUT, "%s did not answer A-ASSOCIATE-RQ within %s.".formatted(peer(), timeout), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AssociationException reason ? reason : new IllegalStateException(e);
        } catch (InterruptedException e) {
            connection.link().abort();
            Thread.currentThread().interrupt();
            throw new AssociationException(
                    Kind.ABORTED, "The thread was interrupted while it opened an association.", e);
        }
    }

    private void connect(EventLoopGroup eventLoops, Connection connection) {
        InetSocketAddress address = new InetSocketAddress(request.host(), request.port());
        if (address.isUnresolved()) {
            throw new AssociationException(
                    Kind.CONNECT, "The host name of %s cannot be resolved; correct it.".formatted(peer()), null);
        }
        ChannelFuture connected = new Bootstrap()
                .group(eventLoops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(Integer.MAX_VALUE, request.limits().connect().toMillis()))
                .handler(connection.initializer())
                .connect(address)
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            throw new AssociationException(
                    Kind.CONNECT,
                    "%s cannot be reached; check that it runs and its host and port.".formatted(peer()),
                    connected.cause());
        }
    }

    private String peer() {
        return "%s at %s:%d".formatted(request.called(), request.host(), request.port());
    }

    @Override
    public void associateRequested(Connection connection, AssociateRq received) {
        throw new IllegalStateException("A requestor gets no A-ASSOCIATE-RQ; the state machine keeps it away.");
    }

    @Override
    public void associateAccepted(Connection connection, AssociateAc answer) {
        if (requestor.isUserUnverified(answer)) {
            outcome.completeExceptionally(new AssociationException(
                    Kind.ABORTED,
                    "%s accepted the association without verifying the user, which was asked for; ask for no positive response or turn user identity on there."
                            .formatted(peer()),
                    null));
            connection.abort();
            return;
        }
        AssociationProfile profile = new AssociationProfile(
                id, request.called(), requestor.agreement(answer), request.handlers(), request.limits());
        Association association = new Association(profile, connection.link(), handlerThreads);
        connection.establish(association);
        outcome.complete(association);
    }

    @Override
    public void failed(Connection connection, AssociationException reason) {
        outcome.completeExceptionally(reason);
    }

    @Override
    public void over(Connection connection) {
        handlerThreads.shutdown();
    }

    @Override
    public void closed(Connection connection) {
        open.remove(connection);
    }
}
