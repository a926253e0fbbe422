package io.collimator.dicom.net.fsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.net.fsm.Effect.CloseTransport;
import io.collimator.dicom.net.fsm.Effect.Connect;
import io.collimator.dicom.net.fsm.Effect.Indicate;
import io.collimator.dicom.net.fsm.Effect.Indication;
import io.collimator.dicom.net.fsm.Effect.Send;
import io.collimator.dicom.net.fsm.Effect.StartArtim;
import io.collimator.dicom.net.fsm.Effect.StopArtim;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.net.pdu.UserInformation;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateMachineTest {

    private static final AssociateRq RQ = new AssociateRq(1, null, null, "", List.of(), UserInformation.absent());
    private static final AssociateAc AC = new AssociateAc(1, null, null, "", List.of(), UserInformation.absent());
    private static final PDataTf DATA = new PDataTf(List.of());

    private static StateMachine establishedRequestor() {
        StateMachine machine = StateMachine.requestor();
        machine.on(Occurrence.of(FsmEvent.EVT1));
        machine.on(Occurrence.of(FsmEvent.EVT2, RQ));
        machine.on(Occurrence.received(AC));
        return machine;
    }

    private static StateMachine establishedAcceptor() {
        StateMachine machine = StateMachine.acceptor();
        machine.on(Occurrence.of(FsmEvent.EVT5));
        machine.on(Occurrence.received(RQ));
        machine.on(Occurrence.of(FsmEvent.EVT7, AC));
        return machine;
    }

    @Test
    void a_requestor_connects_asks_and_releases() {
        StateMachine machine = StateMachine.requestor();

        assertThat(machine.on(Occurrence.of(FsmEvent.EVT1))).containsExactly(new Connect());
        assertThat(machine.on(Occurrence.of(FsmEvent.EVT2, RQ))).containsExactly(new Send(RQ));
        assertThat(machine.on(Occurrence.received(AC)))
                .containsExactly(new Indicate(Indication.ASSOCIATE_ACCEPTED, AC));
        assertThat(machine.on(Occurrence.of(FsmEvent.EVT9, DATA))).containsExactly(new Send(DATA));
        assertThat(machine.on(Occurrence.of(FsmEvent.EVT11))).containsExactly(new Send(new ReleaseRq()));
        assertThat(machine.on(Occurrence.received(DATA))).containsExactly(new Indicate(Indication.DATA, DATA));
        assertThat(machine.on(Occurrence.received(new ReleaseRp())))
                .containsExactly(new Indicate(Indication.RELEASE_CONFIRMED, new ReleaseRp()), new CloseTransport());
        assertThat(machine.state()).isEqualTo(FsmState.STA1);
    }

    @Test
    void an_acceptor_waits_under_artim_and_after_its_release_again() {
        StateMachine machine = StateMachine.acceptor();

        assertThat(machine.on(Occurrence.of(FsmEvent.EVT5))).containsExactly(new StartArtim());
        assertThat(machine.on(Occurrence.received(RQ)))
                .containsExactly(new StopArtim(), new Indicate(Indication.ASSOCIATE_REQUESTED, RQ));
        assertThat(machine.on(Occurrence.of(FsmEvent.EVT7, AC))).containsExactly(new Send(AC));
        machine.on(Occurrence.received(new ReleaseRq()));
        assertThat(machine.on(Occurrence.of(FsmEvent.EVT14)))
                .containsExactly(new Send(new ReleaseRp()), new StartArtim());
        assertThat(machine.on(Occurrence.of(FsmEvent.EVT18))).containsExactly(new StopArtim(), new CloseTransport());
    }

    @Test
    void a_request_of_another_protocol_version_is_rejected_by_the_provider() {
        StateMachine machine = StateMachine.acceptor();
        AssociateRq version2 = new AssociateRq(2, null, null, "", List.of(), UserInformation.absent());
        machine.on(Occurrence.of(FsmEvent.EVT5));

        List<Effect> effects = machine.on(Occurrence.received(version2));

        assertThat(machine.state()).isEqualTo(FsmState.STA13);
        assertThat(effects).contains(new Send(AssociateRj.PROTOCOL_VERSION_NOT_SUPPORTED), new StartArtim());
    }

    @Test
    void a_release_collision_ends_on_both_sides() {
        StateMachine requestor = establishedRequestor();
        StateMachine acceptor = establishedAcceptor();
        requestor.on(Occurrence.of(FsmEvent.EVT11));
        acceptor.on(Occurrence.of(FsmEvent.EVT11));

        requestor.on(Occurrence.received(new ReleaseRq()));
        acceptor.on(Occurrence.received(new ReleaseRq()));
        List<Effect> first = requestor.on(Occurrence.of(FsmEvent.EVT14));
        acceptor.on(Occurrence.received(new ReleaseRp()));
        List<Effect> second = acceptor.on(Occurrence.of(FsmEvent.EVT14));
        requestor.on(Occurrence.received(new ReleaseRp()));

        assertThat(first).containsExactly(new Send(new ReleaseRp()));
        assertThat(second).contains(new Send(new ReleaseRp()));
        assertThat(requestor.state()).isEqualTo(FsmState.STA1);
        assertThat(acceptor.state()).isEqualTo(FsmState.STA13);
    }

    @Test
    void a_second_request_is_aborted_as_unexpected() {
        StateMachine machine = establishedAcceptor();

        List<Effect> effects = machine.on(Occurrence.received(RQ));

        assertThat(effects)
                .containsExactly(
                        new Send(Abort.byProvider(Abort.UNEXPECTED_PDU)),
                        new Indicate(Indication.ABORTED_BY_PROVIDER, RQ),
                        new StartArtim());
    }

    @Test
    void what_cannot_be_read_is_aborted_with_its_reason_even_before_a_request() {
        StateMachine machine = StateMachine.acceptor();
        machine.on(Occurrence.of(FsmEvent.EVT5));

        List<Effect> effects = machine.on(Occurrence.invalidPdu(Abort.UNRECOGNIZED_PDU));

        assertThat(effects).containsExactly(new Send(Abort.byProvider(Abort.UNRECOGNIZED_PDU)), new StartArtim());
    }

    @Test
    void an_event_that_cannot_be_is_a_fault_of_ours() {
        StateMachine machine = StateMachine.acceptor();

        assertThat(machine.accepts(FsmEvent.EVT9)).isFalse();
        assertThatThrownBy(() -> machine.on(Occurrence.of(FsmEvent.EVT9, DATA)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("Evt9")
                .hasMessageContaining("Sta1");
    }
}
