package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.CT1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.fsm.FsmEvent;
import io.collimator.dicom.net.fsm.FsmState;
import io.collimator.dicom.net.fsm.StateTable;
import io.collimator.dicom.net.fsm.StateTable.Cell;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of PS3.8 Table 9-10 that a peer can bring about, on both sides, over real sockets: our side is brought into
 * the state, the event is let come, and both the step that the state machine makes and what the peer sees of its action
 * are looked at. The cells that cannot be brought about from outside are named with the reason; they, like all others, are
 * in {@code StateMachineCellsTest}.
 */
@Timeout(30)
class StateTableIT {

    private enum Side {
        ACCEPTOR,
        REQUESTOR
    }

    private static final Set<FsmState> OF_ACCEPTOR =
            EnumSet.of(FsmState.STA2, FsmState.STA3, FsmState.STA10, FsmState.STA12);
    private static final Set<FsmState> OF_REQUESTOR =
            EnumSet.of(FsmState.STA4, FsmState.STA5, FsmState.STA9, FsmState.STA11);

    /**
     * A cell on a side, with one next state.
     *
     * @param next of those that the cell has
     */
    record Step(Side side, Cell cell, String next) {

        @Override
        public String toString() {
            return "%s as %s: %s, %s"
                    .formatted(
                            cell.event().label() + " in " + cell.state().label(),
                            side.name().toLowerCase(Locale.ROOT),
                            cell.action(),
                            next);
        }

        /** Why no peer can bring this about; empty when one can. */
        Optional<String> unreachable() {
            FsmEvent event = cell.event();
            return switch (cell.state()) {
                case STA3 ->
                    event == FsmEvent.EVT7 || event == FsmEvent.EVT8
                            ? Optional.empty()
                            : Optional.of(
                                    "A request is answered in the turn in which it is read; nothing comes between.");
                case STA4 ->
                    event == FsmEvent.EVT15
                            ? Optional.of("Nobody holds an association that is still being connected.")
                            : Optional.empty();
                case STA9, STA12 ->
                    event == FsmEvent.EVT15 || event == FsmEvent.EVT17
                            ? Optional.of("The release is answered in the next turn; only what is in the same packet"
                                    + " comes before, and neither a local abort nor the end of the stream is.")
                            : Optional.empty();
                default -> Optional.empty();
            };
        }
    }

    private static Stream<Step> steps() {
        return StateTable.cells().stream()
                .flatMap(cell -> Arrays.stream(Side.values())
                        .filter(side -> isOf(side, cell))
                        .flatMap(side -> nextStates(side, cell).stream().map(next -> new Step(side, cell, next))));
    }

    private static boolean isOf(Side side, Cell cell) {
        if (cell.state() == FsmState.STA1) {
            return (cell.event() == FsmEvent.EVT1) == (side == Side.REQUESTOR);
        }
        return !(side == Side.ACCEPTOR ? OF_REQUESTOR : OF_ACCEPTOR).contains(cell.state());
    }

    private static List<String> nextStates(Side side, Cell cell) {
        List<String> all = List.of(cell.next().split("\\|", -1));
        if (cell.action().equals("AR-8")) {
            return List.of(side == Side.REQUESTOR ? all.get(0) : all.get(1));
        }
        return all;
    }

    private static Stream<Step> reachableSteps() {
        return steps().filter(step -> step.unreachable().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reachableSteps")
    void every_step_is_made_over_a_socket_as_the_table_has_it(Step step) {
        FsmState state = step.cell().state();
        FsmEvent event = step.cell().event();
        try (TableConversation conversation = conversation(step)) {
            conversation.reach(state);

            if (event == FsmEvent.EVT6 && step.next().equals("Sta13") && state == FsmState.STA2) {
                conversation.peer().send(ofVersion2());
            } else {
                conversation.cause(event, state);
            }

            conversation.transitions.expect("%s in %s: %s, %s"
                    .formatted(event.label(), state.label(), step.cell().action(), step.next()));
            assertSeen(step, conversation);
        }
    }

    private static TableConversation conversation(Step step) {
        if (step.side() == Side.ACCEPTOR) {
            return new AcceptorConversation();
        }
        boolean soonGivenUp =
                step.cell().state() == FsmState.STA5 && step.cell().event() == FsmEvent.EVT15;
        return new RequestorConversation(soonGivenUp ? Duration.ofMillis(300) : Duration.ofSeconds(10));
    }

    private static AssociateRq ofVersion2() {
        AssociateRq known = ScriptedPeer.rq(CT1, Uids.Verification);
        return new AssociateRq(
                2,
                known.called(),
                known.calling(),
                known.applicationContext(),
                known.contexts(),
                known.userInformation());
    }

    /** What the peer sees of an action. */
    private static void assertSeen(Step step, TableConversation conversation) {
        switch (step.cell().action()) {
            case "AE-3" -> assertThat(conversation.association).succeedsWithin(Duration.ofSeconds(10));
            case "AE-4" -> {
                assertThatThrownBy(() -> conversation.association.get(60, TimeUnit.SECONDS))
                        .hasMessageContaining("rejected");
                conversation.peer().expectEnd();
            }
            case "AE-6" -> {
                Class<?> answer = step.next().equals("Sta3") ? AssociateAc.class : AssociateRj.class;
                assertThat(conversation.peer().expectPdu()).isInstanceOf(answer);
            }
            case "AE-7" -> conversation.peer().expect(AssociateAc.class);
            case "AE-8" -> conversation.peer().expect(AssociateRj.class);
            case "DT-1", "AR-7" -> conversation.peer().expect(PDataTf.class);
            case "AR-1" -> conversation.peer().expect(ReleaseRq.class);
            case "AR-2", "AR-9", "AR-10" -> conversation.peer().expect(ReleaseRp.class);
            case "AR-4" -> assertReleased(step, conversation.peer());
            case "AR-3", "AA-2", "AA-3" -> conversation.peer().expectEnd();
            case "AA-1" ->
                assertAborted(conversation.peer(), step.cell().event() == FsmEvent.EVT19 ? 2 : 0, reason(step));
            case "AA-7", "AA-8" -> assertAborted(conversation.peer(), 2, reason(step));
            // nothing that a peer could see at once
            case "AE-1", "AE-2", "AE-5", "DT-2", "AR-5", "AR-6", "AR-8", "AA-4", "AA-5", "AA-6" -> {}
            default -> throw new IllegalArgumentException(step.cell().action());
        }
    }

    private static void assertReleased(Step step, ScriptedPeer peer) {
        if (step.cell().state() == FsmState.STA8) {
            // the answer to the request that came before the release
            peer.expect(PDataTf.class);
        }
        peer.expect(ReleaseRp.class);
    }

    private static void assertAborted(ScriptedPeer peer, int source, int reason) {
        assertThat(peer.expectPdu()).isEqualTo(new Abort(source, reason));
    }

    private static int reason(Step step) {
        return switch (step.cell().event()) {
            case EVT19 -> Abort.INVALID_PDU_PARAMETER_VALUE;
            default -> step.cell().action().equals("AA-1") ? 0 : Abort.UNEXPECTED_PDU;
        };
    }

    @Test
    void the_steps_that_no_peer_can_bring_about_are_these() {
        List<String> unreachable = steps().filter(step -> step.unreachable().isPresent())
                .map(step ->
                        step.cell().state().label() + " " + step.cell().event().label())
                .toList();

        assertThat(unreachable)
                .containsExactlyInAnyOrder(
                        "Sta3 Evt3",
                        "Sta3 Evt4",
                        "Sta3 Evt6",
                        "Sta3 Evt10",
                        "Sta3 Evt12",
                        "Sta3 Evt13",
                        "Sta3 Evt15",
                        "Sta3 Evt16",
                        "Sta3 Evt17",
                        "Sta3 Evt19",
                        "Sta4 Evt15",
                        "Sta9 Evt15",
                        "Sta9 Evt17",
                        "Sta12 Evt15",
                        "Sta12 Evt17");
    }
}
