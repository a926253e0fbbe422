package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT_INSTANCE;
import static io.collimator.dicom.contract.TestPeers.CT1;

import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.fsm.FsmEvent;
import io.collimator.dicom.net.fsm.FsmState;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** We are the requestor. */
final class RequestorConversation extends TableConversation {

    private final ServerSocket server;
    private final Duration requestTime;
    private final List<CompletableFuture<?>> background = new ArrayList<>();

    /**
     * @param requestTime how long we wait for an answer to A-ASSOCIATE-RQ
     */
    RequestorConversation(Duration requestTime) {
        this.requestTime = requestTime;
        try {
            this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void reach(FsmState state) {
        switch (state) {
            case STA1, STA4 -> {}
            case STA5 -> open();
            default -> {
                open();
                peer().send(acceptance());
                association.orTimeout(60, TimeUnit.SECONDS).join();
                reachFromEstablishedAsRequestor(state);
            }
        }
    }

    private void reachFromEstablishedAsRequestor(FsmState state) {
        switch (state) {
            case STA6 -> {}
            case STA9 -> {
                reachFromEstablished(FsmState.STA7);
                hold(new ReleaseRq());
            }
            case STA11 -> {
                reachFromEstablished(FsmState.STA7);
                peer().send(new ReleaseRq());
                peer().expect(ReleaseRp.class);
            }
            case STA13 -> {
                ours().abort();
                peer().expect(Abort.class);
            }
            default -> reachFromEstablished(state);
        }
    }

    private void open() {
        begin();
        try {
            connected(new ScriptedPeer(server.accept()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        peer().expect(AssociateRq.class);
    }

    /** Requests the association on another thread. */
    private void begin() {
        AssociationRequest request = new AssociationRequest(
                CT1,
                COLLIMATOR,
                "127.0.0.1",
                server.getLocalPort(),
                List.of(
                        PresentationContextProposal.scu(Uids.Verification),
                        PresentationContextProposal.scu(COMMITMENT)),
                ServiceHandlers.builder()
                        .eventReport(COMMITMENT, event -> handle(event.association(), event.eventTypeId()))
                        .build(),
                limits().request(requestTime).build());
        background.add(CompletableFuture.supplyAsync(() -> tested.provider.open(request))
                .whenComplete((opened, failure) -> {
                    if (failure == null) {
                        association.complete(opened);
                    } else {
                        association.completeExceptionally(failure);
                    }
                }));
    }

    @Override
    DimseCommand request(int type) {
        return new DimseCommand.NEventReportRq(type, COMMITMENT, COMMITMENT_INSTANCE, type, false);
    }

    @Override
    DimseCommand echo() {
        return new DimseCommand.CEchoRsp(9, Uids.Verification, DimseStatus.SUCCESS);
    }

    @Override
    void causeLocally(FsmEvent event, FsmState state) {
        switch (event) {
            case EVT1, EVT2 -> open();
            case EVT9 -> {
                if (state == FsmState.STA8) {
                    tested.handlersMayEnd.countDown();
                } else {
                    background.add(CompletableFuture.supplyAsync(ours()::echo));
                }
            }
            default -> throw new IllegalArgumentException(event + " does not come to a requestor.");
        }
    }

    /** In Sta5 nobody holds the association yet; time aborts it. */
    @Override
    void abort(FsmState state) {
        if (state != FsmState.STA5) {
            super.abort(state);
        }
    }

    @Override
    void disconnect(FsmState state) {
        if (state == FsmState.STA4) {
            closeServer();
            begin();
        } else {
            peer().close();
        }
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closeServer();
        super.close();
    }
}
