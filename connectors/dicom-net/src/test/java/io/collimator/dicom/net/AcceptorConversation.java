package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT_INSTANCE;
import static io.collimator.dicom.contract.TestPeers.CT1;

import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.net.fsm.FsmEvent;
import io.collimator.dicom.net.fsm.FsmState;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.ServiceHandlers;

/** We are the acceptor. */
final class AcceptorConversation extends TableConversation {

    private final DicomListener listener = tested.listen(
            limits(),
            ServiceHandlers.builder()
                    .action(COMMITMENT, action -> handle(action.association(), action.actionTypeId()))
                    .build());

    @Override
    void reach(FsmState state) {
        if (state == FsmState.STA1) {
            return;
        }
        connected(ScriptedPeer.connect(listener));
        transitions.expect(FsmEvent.EVT5, FsmState.STA1);
        switch (state) {
            case STA2, STA3 -> {}
            case STA13 -> {
                peer().send(ScriptedPeer.rq(COLLIMATOR, Uids.Verification));
                peer().expect(AssociateRj.class);
            }
            default -> {
                peer().associate(Uids.Verification, COMMITMENT);
                peer().sendCommand(3, request(1));
                peer().expectCommand(DimseCommand.NActionRsp.class);
                reachFromEstablishedAsAcceptor(state);
            }
        }
    }

    private void reachFromEstablishedAsAcceptor(FsmState state) {
        switch (state) {
            case STA6 -> {}
            case STA10, STA12 -> {
                reachFromEstablished(FsmState.STA7);
                peer().send(new ReleaseRq());
                transitions.expect(FsmEvent.EVT12, FsmState.STA7);
                if (state == FsmState.STA12) {
                    hold(new ReleaseRp());
                }
            }
            default -> reachFromEstablished(state);
        }
    }

    @Override
    DimseCommand request(int type) {
        return new DimseCommand.NActionRq(type, COMMITMENT, COMMITMENT_INSTANCE, type, false);
    }

    @Override
    DimseCommand echo() {
        return new DimseCommand.CEchoRq(9, Uids.Verification);
    }

    @Override
    void causeLocally(FsmEvent event, FsmState state) {
        switch (event) {
            case EVT5 -> connected(ScriptedPeer.connect(listener));
            case EVT7 -> peer().send(ScriptedPeer.rq(CT1, Uids.Verification));
            case EVT8 -> peer().send(ScriptedPeer.rq(COLLIMATOR, Uids.Verification));
            case EVT9 -> {
                if (state == FsmState.STA8) {
                    tested.handlersMayEnd.countDown();
                } else {
                    peer().sendCommand(1, echo());
                }
            }
            default -> throw new IllegalArgumentException(event + " does not come to an acceptor.");
        }
    }

    @Override
    void disconnect(FsmState state) {
        peer().close();
    }
}
