package io.collimator.dicom.net.transport;

import io.collimator.dicom.net.association.Association;
import io.collimator.dicom.net.fsm.Effect;
import io.collimator.dicom.net.fsm.FsmEvent;
import io.collimator.dicom.net.fsm.FsmState;
import io.collimator.dicom.net.fsm.Occurrence;
import io.collimator.dicom.net.fsm.StateMachine;
import io.collimator.dicom.net.fsm.TransitionTable;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.PduDecoder;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.PduException;
import io.collimator.dicom.net.transport.Timers.Timer;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.DicomLimits;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transport connection: feeds the state machine and does what it says (PS3.8 §9.2). Not thread-safe: owned by the event
 * loop of its channel; {@link #link()} is what other threads use.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** At TRACE each step of each association, in the terms of PS3.8 Table 9-10. */
    private static final Logger TRANSITIONS = LoggerFactory.getLogger(StateMachine.class);

    /** A peer that is through closes at once; what is left is waited for no longer than this. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    /** Who does not speak DICOM does not know that it is its turn to close. */
    private static final Duration GARBAGE_CLOSE_WAIT = Duration.ofSeconds(1);

    /** Some peers send longer P-DATA than we declared; this is taken all the same (PS3.8 Annex D.1). */
    private static final int TOLERATED_FACTOR = 4;

    private static final int MAX_LENGTH = 16 * 1024 * 1024;

    private final StateMachine machine;
    private final ConnectionUser user;
    private final DicomLimits limits;
    private final Timers timers;
    private final @Nullable AssociateRq request;
    private final PduFrameDecoder frames;
    private final Backlog backlog = new Backlog();

    private volatile @Nullable Channel channel;
    private volatile @Nullable ChannelLink link;
    private volatile @Nullable Association association;
    private @Nullable AssociationException reason;
    private @Nullable ArtimTimer artim;
    private @Nullable IdleWatch idle;
    private @Nullable Timer release;
    private boolean over;

    private Connection(
            StateMachine machine,
            ConnectionUser user,
            DicomLimits limits,
            Timers timers,
            @Nullable AssociateRq request) {
        this.machine = machine;
        this.user = user;
        this.limits = limits;
        this.timers = timers;
        this.request = request;
        this.frames = new PduFrameDecoder(limits.negotiation().maxPduLengthBytes());
    }

    static Connection acceptor(ConnectionUser user, DicomLimits limits, Timers timers) {
        return new Connection(StateMachine.acceptor(), user, limits, timers, null);
    }

    static Connection requestor(ConnectionUser user, DicomLimits limits, Timers timers, AssociateRq request) {
        return new Connection(StateMachine.requestor(), user, limits, timers, request);
    }

    /** Puts this connection onto a new channel. */
    ChannelInitializer<Channel> initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel newChannel) {
                newChannel.pipeline().addLast(frames, Connection.this);
            }
        };
    }

    /** What other threads use of this connection. */
    ChannelLink link() {
        return Objects.requireNonNull(link, "The connection has no channel yet.");
    }

    /** The association, null before there is one. */
    @Nullable
    Association association() {
        return association;
    }

    String remoteAddress() {
        return channel != null && channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : "an unknown address";
    }

    /** Where the peer is; empty when that is not known any more. */
    Optional<InetAddress> peerAddress() {
        return channel != null && channel.remoteAddress() instanceof InetSocketAddress address
                ? Optional.ofNullable(address.getAddress())
                : Optional.empty();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        link = new ChannelLink(this, ctx.channel(), backlog);
        artim = new ArtimTimer(timers, ctx.channel().eventLoop(), this::artimExpired);
        if (request != null) {
            step(Occurrence.of(FsmEvent.EVT1));
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (request == null) {
            step(Occurrence.of(FsmEvent.EVT5));
        } else {
            step(Occurrence.of(FsmEvent.EVT2, request));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (idle != null) {
            idle.onTraffic();
        }
        if (message instanceof PduException unframed) {
            invalid(unframed);
            closeGarbage();
            return;
        }
        try {
            receive(PduDecoder.decode((byte[]) message));
        } catch (PduException e) {
            invalid(e);
        }
    }

    private void receive(Pdu pdu) {
        Occurrence occurrence = Occurrence.received(pdu);
        if (machine.accepts(occurrence.event())) {
            step(occurrence);
        }
    }

    private void invalid(PduException e) {
        violate(e.abortReason(), e.getMessage());
    }

    /** Aborts as service provider because of something that the peer sent. */
    void violate(int abortReason, @Nullable String what) {
        if (machine.accepts(FsmEvent.EVT19)) {
            give(EndReason.protocolBroken(what));
            step(Occurrence.invalidPdu(abortReason));
        }
    }

    private void closeGarbage() {
        if (machine.state() == FsmState.STA13 && channel instanceof DuplexChannel duplex) {
            artim().start(GARBAGE_CLOSE_WAIT);
            duplex.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(written -> duplex.shutdownOutput().addListener(this::logFailure));
        }
    }

    /** A channel that never was connected does not become inactive either. */
    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        if (machine.state() == FsmState.STA4) {
            step(Occurrence.of(FsmEvent.EVT17));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (machine.accepts(FsmEvent.EVT17)) {
            step(Occurrence.of(FsmEvent.EVT17));
        }
        artim().stop();
        user.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("The connection with {} broke.", remoteAddress(), cause);
        } else {
            LOG.error("The connection with {} is closed because of a fault of ours.", remoteAddress(), cause);
        }
        close();
    }

    /** Answers a request for an association with yes. */
    void accept(AssociateAc answer, Association accepted) {
        step(Occurrence.of(FsmEvent.EVT7, answer));
        establish(accepted);
    }

    /** Answers a request for an association with no. */
    void reject(AssociateRj answer, String why) {
        give(EndReason.rejectedByUs(answer, why));
        step(Occurrence.of(FsmEvent.EVT8, answer));
    }

    /** The association is there. */
    void establish(Association established) {
        association = established;
        frames.setMaxLength((int) Math.min(MAX_LENGTH, (long) TOLERATED_FACTOR * established.declaredMaxPduLength()));
        idle = new IdleWatch(timers, eventLoop(), limits.idle(), established::isBusy, () -> {
            LOG.info("{} is aborted: it was idle for {}.", established, limits.idle());
            give(EndReason.idle(limits.idle()));
            abort();
        });
        idle.start();
    }

    /** Writes P-DATA; false when the state does not allow any. */
    boolean send(PDataTf data) {
        if (!machine.accepts(FsmEvent.EVT9)) {
            return false;
        }
        step(Occurrence.of(FsmEvent.EVT9, data));
        return true;
    }

    /** Aborts when the peer does not answer in time. */
    void requestRelease() {
        if (machine.accepts(FsmEvent.EVT11)) {
            release = timers.schedule(limits.release(), () -> eventLoop().execute(this::releaseExpired));
            step(Occurrence.of(FsmEvent.EVT11));
        }
    }

    private void releaseExpired() {
        if (machine.accepts(FsmEvent.EVT15)) {
            LOG.info("{} is aborted: the release was not answered within {}.", association, limits.release());
            give(EndReason.releaseUnanswered(limits.release()));
            abort();
        }
    }

    void answerRelease() {
        if (machine.accepts(FsmEvent.EVT14)) {
            give(EndReason.released());
            step(Occurrence.of(FsmEvent.EVT14));
        }
    }

    void abort() {
        if (machine.accepts(FsmEvent.EVT15)) {
            give(EndReason.abortedByUs());
            step(Occurrence.of(FsmEvent.EVT15));
        }
    }

    /** Closes without a word. From any thread. */
    void close() {
        Channel open = channel;
        if (open != null) {
            open.close().addListener(this::logFailure);
        }
    }

    /** From any thread. */
    boolean isClosed() {
        return channel == null || !channel.isOpen();
    }

    private void step(Occurrence occurrence) {
        FsmState before = machine.state();
        List<Effect> effects = machine.on(occurrence);
        trace(occurrence.event(), before);
        effects.forEach(this::perform);
        FsmState state = machine.state();
        if (!over && (state == FsmState.STA1 || state == FsmState.STA13)) {
            end();
        }
    }

    private void trace(FsmEvent event, FsmState before) {
        if (TRANSITIONS.isTraceEnabled()) {
            String action = TransitionTable.cell(event, before)
                    .map(cell -> cell.action().label())
                    .orElse("");
            TRANSITIONS.trace(
                    "{} in {}: {}, {} ({})",
                    event.label(),
                    before.label(),
                    action,
                    machine.state().label(),
                    remoteAddress());
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Send send) {
            write(send.pdu());
        } else if (effect instanceof Effect.Indicate indicate) {
            indicate(indicate);
        } else if (effect instanceof Effect.StartArtim) {
            boolean closing = machine.state() == FsmState.STA13;
            artim().start(closing && CLOSE_WAIT.compareTo(limits.artim()) < 0 ? CLOSE_WAIT : limits.artim());
        } else if (effect instanceof Effect.StopArtim) {
            artim().stop();
        } else if (effect instanceof Effect.CloseTransport) {
            close();
        }
        // Effect.Connect: the bootstrap is connecting the channel that this handler was just put onto
    }

    private void write(Pdu pdu) {
        Channel open = Objects.requireNonNull(channel);
        if (over && !open.isWritable()) {
            // AA-7 answers everything that comes after the end; a peer that does not take the answers gets no more
            return;
        }
        ChannelFuture written = open.write(Unpooled.wrappedBuffer(PduEncoder.encode(pdu)));
        if (pdu instanceof PDataTf) {
            if (idle != null) {
                idle.onTraffic();
            }
        } else {
            open.flush();
        }
        written.addListener(this::logFailure);
    }

    private void logFailure(Future<?> future) {
        if (!future.isSuccess()) {
            LOG.debug("The connection with {} broke.", remoteAddress(), future.cause());
        }
    }

    private void indicate(Effect.Indicate indicate) {
        switch (indicate.indication()) {
            case ASSOCIATE_REQUESTED -> user.associateRequested(this, (AssociateRq) pdu(indicate));
            case ASSOCIATE_ACCEPTED -> user.associateAccepted(this, (AssociateAc) pdu(indicate));
            case DATA -> {
                if (association != null) {
                    association.onData((PDataTf) pdu(indicate));
                }
            }
            case RELEASE_REQUESTED -> {
                if (association != null) {
                    association.onReleaseRequested();
                }
            }
            case RELEASE_COLLISION -> {
                if (machine.state() == FsmState.STA9) {
                    link().answerRelease();
                }
            }
            case RELEASE_CONFIRMED -> {
                give(EndReason.released());
                if (machine.state() == FsmState.STA12) {
                    link().answerRelease();
                }
            }
            case PROVIDER_REJECTED ->
                give(EndReason.rejectedByUs(
                        AssociateRj.PROTOCOL_VERSION_NOT_SUPPORTED, "its protocol version is not 1"));
            case ASSOCIATE_REJECTED -> give(EndReason.rejectedByPeer((AssociateRj) pdu(indicate)));
            case ABORTED_BY_PEER -> give(EndReason.abortedBy((Abort) pdu(indicate)));
            case ABORTED_BY_PROVIDER -> give(EndReason.protocolBroken("a PDU came where it has no place."));
            case CONNECTION_LOST -> give(EndReason.connectionLost());
        }
    }

    private static Pdu pdu(Effect.Indicate indicate) {
        return Objects.requireNonNull(indicate.pdu());
    }

    /** The first reason counts: what follows is a consequence. */
    private void give(AssociationException why) {
        if (reason == null) {
            reason = why;
        }
    }

    private void end() {
        over = true;
        AssociationException why = reason == null ? EndReason.connectionLost() : reason;
        if (idle != null) {
            idle.stop();
        }
        if (release != null) {
            release.cancel();
        }
        backlog.close();
        link().stopHolding();
        if (association == null) {
            user.failed(this, why);
        } else {
            association.onOver(why);
        }
        user.over(this);
    }

    private void artimExpired() {
        if (machine.accepts(FsmEvent.EVT18)) {
            give(EndReason.silent(limits.artim()));
            step(Occurrence.of(FsmEvent.EVT18));
        }
    }

    private ArtimTimer artim() {
        return Objects.requireNonNull(artim);
    }

    private EventLoop eventLoop() {
        return Objects.requireNonNull(channel).eventLoop();
    }
}
