package io.collimator.dicom.net.transport;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.net.association.Association;
import io.collimator.dicom.net.association.AssociationProfile;
import io.collimator.dicom.net.negotiation.Acceptor;
import io.collimator.dicom.net.negotiation.AcceptorOutcome;
import io.collimator.dicom.net.negotiation.Agreement;
import io.collimator.dicom.net.negotiation.Places;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.operation.RejectedContexts;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts associations on one port. Thread-safe. */
final class NettyListener implements DicomListener, ConnectionUser {

    private static final Logger LOG = LoggerFactory.getLogger(NettyListener.class);

    private static final int ACCEPT_BACKLOG = 1024;

    private final ListenerSettings settings;
    private final Acceptor acceptor;
    private final ServiceHandlers handlers;
    private final Supplier<String> ids;
    private final PendingConnections pending;
    private final ThreadPoolExecutor handlerThreads;
    private final HandlerShares shares;
    private final Map<Connection, AeTitle> established = new LinkedHashMap<>();
    private volatile @Nullable Channel serverChannel;
    private boolean closing;

    NettyListener(ListenerSettings settings, PeerPolicy peers, ServiceHandlers handlers, Supplier<String> ids) {
        DicomLimits limits = settings.limits();
        this.settings = settings;
        this.acceptor = new Acceptor(settings.aeTitle(), handlers, peers, limits);
        this.handlers = handlers;
        this.ids = ids;
        this.pending = new PendingConnections(limits.maxPendingConnections());
        this.handlerThreads = HandlerThreads.pool(limits.handlerThreads(), limits.handlerQueue());
        this.shares = new HandlerShares(handlerThreads, limits.handlerThreads(), limits.handlerQueue());
    }

    /**
     * @throws AssociationException when the address cannot be bound
     */
    void bind(EventLoopGroup eventLoops, Timers timers) {
        ChannelFuture bound = new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Connection connection = Connection.acceptor(NettyListener.this, settings.limits(), timers);
                        channel.pipeline().addLast(connection.initializer());
                        pending.add(connection);
                    }
                })
                .bind(new InetSocketAddress(settings.bindAddress(), settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            handlerThreads.shutdown();
            throw new AssociationException(
                    Kind.BIND,
                    "The DICOM listener %s cannot be bound to %s port %d; is another program listening there?"
                            .formatted(settings.aeTitle(), settings.bindAddress(), settings.port()),
                    bound.cause());
        }
        serverChannel = bound.channel();
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) Objects.requireNonNull(serverChannel).localAddress();
    }

    @Override
    public int associations() {
        synchronized (established) {
            return established.size();
        }
    }

    @Override
    public void associateRequested(Connection connection, AssociateRq request) {
        AcceptorOutcome outcome = acceptor.negotiate(
                request,
                connection.peerAddress().orElse(null),
                (calling, maxOfPeer) -> takePlace(connection, calling, maxOfPeer));
        if (outcome instanceof AcceptorOutcome.Accepted accepted) {
            accept(connection, request, accepted);
        } else if (outcome instanceof AcceptorOutcome.Rejected rejected) {
            connection.reject(rejected.answer(), rejected.reason());
        }
    }

    private Places.Attempt takePlace(Connection connection, AeTitle calling, int maxOfPeer) {
        synchronized (established) {
            if (closing || established.size() >= settings.limits().maxAssociations()) {
                return Places.Attempt.FULL;
            }
            if (Collections.frequency(established.values(), calling) >= maxOfPeer) {
                return Places.Attempt.FULL_FOR_PEER;
            }
            established.put(connection, calling);
            return Places.Attempt.TAKEN;
        }
    }

    private void accept(Connection connection, AssociateRq request, AcceptorOutcome.Accepted accepted) {
        Agreement agreement = accepted.agreement();
        AeTitle peer = agreement.calling();
        AssociationProfile profile = new AssociationProfile(ids.get(), peer, agreement, handlers, settings.limits());
        connection.accept(accepted.answer(), new Association(profile, connection.link(), shares.of(peer)));
        pending.remove(connection);
        LOG.info(
                "Association {}: {} at {} is accepted with {} of {} presentation contexts{}.",
                profile.id(),
                peer,
                connection.remoteAddress(),
                agreement.contexts().size(),
                accepted.answer().contexts().size(),
                rejected(request.contexts(), accepted.answer().contexts()));
    }

    private static RejectedContexts rejected(List<ProposedContext> proposed, List<ContextResult> results) {
        RejectedContexts rejected = new RejectedContexts();
        for (int i = 0; i < results.size(); i++) {
            rejected.add(proposed.get(i).abstractSyntax(), results.get(i).result());
        }
        return rejected;
    }

    @Override
    public void associateAccepted(Connection connection, AssociateAc answer) {
        throw new IllegalStateException("An acceptor gets no A-ASSOCIATE-AC; the state machine keeps it away.");
    }

    @Override
    public void failed(Connection connection, AssociationException reason) {
        if (reason.kind() == Kind.REJECTED) {
            LOG.info(
                    "An association from {} is rejected ({}/{}/{}): {}.",
                    connection.remoteAddress(),
                    reason.result(),
                    reason.source(),
                    reason.reason(),
                    reason.getMessage());
        } else if (reason.kind() == Kind.ABORTED) {
            LOG.info("A connection from {} is refused. {}", connection.remoteAddress(), reason.getMessage());
        } else {
            LOG.debug("A connection from {} came to nothing. {}", connection.remoteAddress(), reason.getMessage());
        }
    }

    @Override
    public void over(Connection connection) {
        boolean was;
        synchronized (established) {
            was = established.remove(connection) != null;
        }
        if (was && !connection.isClosed()) {
            pending.add(connection);
        }
    }

    @Override
    public void closed(Connection connection) {
        pending.remove(connection);
    }

    @Override
    public void close() {
        Channel channel = serverChannel;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        pending.closeAll();
        List<Association> open = stopReserving();
        Shutdown.await(
                CompletableFuture.allOf(open.stream().map(Association::drain).toArray(CompletableFuture[]::new)),
                settings.limits().drain());
        open.forEach(Association::abort);
        Shutdown.stop(handlerThreads);
    }

    private List<Association> stopReserving() {
        synchronized (established) {
            closing = true;
            return established.keySet().stream()
                    .map(Connection::association)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }
}
