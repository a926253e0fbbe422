package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.net.fsm.FsmEvent;
import io.collimator.dicom.net.fsm.FsmState;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.GoldenPdu;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.Pdv;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One side of ours and a scripted peer, which together can bring our side into a state and let an event come there. Both
 * sides talk about Verification on context 1 and storage commitment on context 3.
 */
abstract class TableConversation implements AutoCloseable {

    static final Duration ARTIM = Duration.ofSeconds(9);
    static final Duration RELEASE = Duration.ofSeconds(4);

    /** How long the peer may take to close, whatever ARTIM is. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    /** Requests of this type are not answered before the test says so. */
    private static final int BLOCKING = 2;

    final ProviderUnderTest tested = new ProviderUnderTest();
    final Transitions transitions = Transitions.record();
    final CompletableFuture<DicomAssociation> association = new CompletableFuture<>();

    private final AtomicReference<@Nullable ScriptedPeer> peer = new AtomicReference<>();
    private final CountDownLatch handlersBlocked = new CountDownLatch(1);
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    /** Brings our side into a state. */
    abstract void reach(FsmState state);

    /** A request of the peer that a handler of ours answers. */
    abstract DimseCommand request(int type);

    /** A local event that only this side has. */
    abstract void causeLocally(FsmEvent event, FsmState state);

    static TestPeers.Limits limits() {
        return TestPeers.limits().artim(ARTIM).release(RELEASE);
    }

    ScriptedPeer peer() {
        return Objects.requireNonNull(peer.get(), "there is a connection");
    }

    void connected(ScriptedPeer connected) {
        peer.set(connected);
    }

    /** What our handlers do. */
    NResponse handle(DicomAssociation ours, int type) {
        association.complete(ours);
        if (type == BLOCKING) {
            handlersBlocked.countDown();
            await().atMost(Duration.ofMinutes(1)).until(() -> tested.handlersMayEnd.getCount() == 0);
        }
        return NResponse.success();
    }

    /** From an established association on, the same for both sides. */
    void reachFromEstablished(FsmState state) {
        switch (state) {
            case STA7 -> {
                CompletableFuture<Void> releasing = CompletableFuture.runAsync(ours()::release);
                peer().expect(ReleaseRq.class);
                assertThat(releasing).isNotDone();
            }
            case STA8 -> {
                peer().sendCommand(3, request(BLOCKING));
                await().atMost(Duration.ofMinutes(1)).until(() -> handlersBlocked.getCount() == 0);
                peer().send(new ReleaseRq());
                transitions.expect(FsmEvent.EVT12, FsmState.STA6);
            }
            default -> throw new IllegalArgumentException(state + " is reached in another way.");
        }
    }

    DicomAssociation ours() {
        assertThat(association).isCompleted();
        return association.join();
    }

    /** Keeps bytes back, to go out in one packet with the next ones. */
    void hold(Pdu pdu) {
        held.writeBytes(PduEncoder.encode(pdu));
    }

    private void send(byte[] bytes) {
        held.writeBytes(bytes);
        peer().send(held.toByteArray());
        held.reset();
    }

    /** Lets an event come. */
    void cause(FsmEvent event, FsmState state) {
        switch (event) {
            case EVT3 -> send(PduEncoder.encode(acceptance()));
            case EVT4 -> send(PduEncoder.encode(new AssociateRj(1, 1, 1)));
            case EVT6 -> send(PduEncoder.encode(ScriptedPeer.rq(CT1, Uids.Verification, COMMITMENT)));
            case EVT10 -> send(PduEncoder.encode(command(1, echo())));
            case EVT12 -> send(PduEncoder.encode(new ReleaseRq()));
            case EVT13 -> send(PduEncoder.encode(new ReleaseRp()));
            case EVT14 -> answerRelease(state);
            case EVT15 -> abort(state);
            case EVT16 -> send(PduEncoder.encode(Abort.byUser()));
            case EVT17 -> disconnect(state);
            case EVT18 -> expire(state == FsmState.STA2 ? ARTIM : CLOSE_WAIT);
            case EVT19 -> send(GoldenPdu.bytes("04 00 00 00 00 06 00 00 00 01 01 03 # PDV of length 1"));
            case EVT11 -> {
                CompletableFuture<Void> releasing = CompletableFuture.runAsync(ours()::release);
                assertThat(releasing).isNotDone();
            }
            default -> causeLocally(event, state);
        }
    }

    /** A request or response for Verification that is in place once the association is there. */
    abstract DimseCommand echo();

    abstract void disconnect(FsmState state);

    /** Once in Sta8 the request before the release is answered, we release; in a collision we do at once. */
    private void answerRelease(FsmState state) {
        if (state == FsmState.STA8) {
            tested.handlersMayEnd.countDown();
        } else {
            send(new byte[0]);
        }
    }

    void abort(FsmState state) {
        switch (state) {
            case STA7, STA10, STA11 -> expire(RELEASE);
            default -> ours().abort();
        }
    }

    private void expire(Duration timer) {
        await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(timer) == 1);
        tested.timers.expire(timer);
    }

    private static PDataTf command(int contextId, DimseCommand command) {
        return new PDataTf(List.of(new Pdv(contextId, true, true, ByteBuffer.wrap(CommandCodec.encode(command)))));
    }

    static AssociateAc acceptance() {
        return new AssociateAc(
                1,
                COLLIMATOR,
                CT1,
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                List.of(
                        new ContextResult(1, 0, Uids.ImplicitVRLittleEndian),
                        new ContextResult(3, 0, Uids.ImplicitVRLittleEndian)),
                UserInformation.absent());
    }

    @Override
    public void close() {
        tested.handlersMayEnd.countDown();
        ScriptedPeer open = peer.get();
        if (open != null) {
            open.close();
        }
        tested.close();
        transitions.close();
    }
}
