package io.collimator.dicom.net.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.net.fsm.Effect.Indicate;
import io.collimator.dicom.net.fsm.Effect.Send;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.net.pdu.UserInformation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The machine in every state that a side can be in, with every event: its next state and what it wants done. */
class StateMachineCellsTest {

    private static final AssociateRq RQ = new AssociateRq(1, null, null, "", List.of(), UserInformation.absent());
    private static final AssociateAc AC = new AssociateAc(1, null, null, "", List.of(), UserInformation.absent());
    private static final PDataTf DATA = new PDataTf(List.of());

    private static final Map<FsmState, List<FsmEvent>> WAYS_OF_REQUESTOR = Map.ofEntries(
            Map.entry(FsmState.STA1, List.of()),
            Map.entry(FsmState.STA4, List.of(FsmEvent.EVT1)),
            Map.entry(FsmState.STA5, List.of(FsmEvent.EVT1, FsmEvent.EVT2)),
            Map.entry(FsmState.STA6, List.of(FsmEvent.EVT1, FsmEvent.EVT2, FsmEvent.EVT3)),
            Map.entry(FsmState.STA7, List.of(FsmEvent.EVT1, FsmEvent.EVT2, FsmEvent.EVT3, FsmEvent.EVT11)),
            Map.entry(FsmState.STA8, List.of(FsmEvent.EVT1, FsmEvent.EVT2, FsmEvent.EVT3, FsmEvent.EVT12)),
            Map.entry(
                    FsmState.STA9,
                    List.of(FsmEvent.EVT1, FsmEvent.EVT2, FsmEvent.EVT3, FsmEvent.EVT11, FsmEvent.EVT12)),
            Map.entry(
                    FsmState.STA11,
                    List.of(
                            FsmEvent.EVT1,
                            FsmEvent.EVT2,
                            FsmEvent.EVT3,
                            FsmEvent.EVT11,
                            FsmEvent.EVT12,
                            FsmEvent.EVT14)),
            Map.entry(FsmState.STA13, List.of(FsmEvent.EVT1, FsmEvent.EVT2, FsmEvent.EVT15)));

    private static final Map<FsmState, List<FsmEvent>> WAYS_OF_ACCEPTOR = Map.ofEntries(
            Map.entry(FsmState.STA1, List.of()),
            Map.entry(FsmState.STA2, List.of(FsmEvent.EVT5)),
            Map.entry(FsmState.STA3, List.of(FsmEvent.EVT5, FsmEvent.EVT6)),
            Map.entry(FsmState.STA6, List.of(FsmEvent.EVT5, FsmEvent.EVT6, FsmEvent.EVT7)),
            Map.entry(FsmState.STA7, List.of(FsmEvent.EVT5, FsmEvent.EVT6, FsmEvent.EVT7, FsmEvent.EVT11)),
            Map.entry(FsmState.STA8, List.of(FsmEvent.EVT5, FsmEvent.EVT6, FsmEvent.EVT7, FsmEvent.EVT12)),
            Map.entry(
                    FsmState.STA10,
                    List.of(FsmEvent.EVT5, FsmEvent.EVT6, FsmEvent.EVT7, FsmEvent.EVT11, FsmEvent.EVT12)),
            Map.entry(
                    FsmState.STA12,
                    List.of(
                            FsmEvent.EVT5,
                            FsmEvent.EVT6,
                            FsmEvent.EVT7,
                            FsmEvent.EVT11,
                            FsmEvent.EVT12,
                            FsmEvent.EVT13)),
            Map.entry(FsmState.STA13, List.of(FsmEvent.EVT5, FsmEvent.EVT6, FsmEvent.EVT8)));

    /** PS3.8 Tables 9-6 to 9-9, in short. */
    private static final Map<String, List<String>> EFFECTS = Stream.of(
                    "AE-1: Connect",
                    "AE-2: Send AssociateRq",
                    "AE-3: ASSOCIATE_ACCEPTED",
                    "AE-4: ASSOCIATE_REJECTED, CloseTransport",
                    "AE-5: StartArtim",
                    "AE-6: StopArtim, ASSOCIATE_REQUESTED",
                    "AE-7: Send AssociateAc",
                    "AE-8: Send AssociateRj, StartArtim",
                    "DT-1: Send PDataTf",
                    "DT-2: DATA",
                    "AR-1: Send ReleaseRq",
                    "AR-2: RELEASE_REQUESTED",
                    "AR-3: RELEASE_CONFIRMED, CloseTransport",
                    "AR-4: Send ReleaseRp, StartArtim",
                    "AR-5: StopArtim",
                    "AR-6: DATA",
                    "AR-7: Send PDataTf",
                    "AR-8: RELEASE_COLLISION",
                    "AR-9: Send ReleaseRp",
                    "AR-10: RELEASE_CONFIRMED",
                    "AA-1: Send Abort, StartArtim",
                    "AA-2: StopArtim, CloseTransport",
                    "AA-3: ABORTED_BY_PEER, CloseTransport",
                    "AA-4: CONNECTION_LOST",
                    "AA-5: StopArtim",
                    "AA-6: ",
                    "AA-7: Send Abort",
                    "AA-8: Send Abort, ABORTED_BY_PROVIDER, StartArtim")
            .map(line -> line.split(": ", 2))
            .collect(Collectors.toMap(
                    line -> line[0], line -> line[1].isEmpty() ? List.of() : List.of(line[1].split(", ", -1))));

    static Stream<Arguments> everyCellOfEachSide() {
        return Stream.of(true, false)
                .flatMap(requestor -> StateTable.cells().stream()
                        .filter(cell -> ways(requestor).containsKey(cell.state()))
                        .map(cell -> Arguments.of(cell, requestor)));
    }

    private static Map<FsmState, List<FsmEvent>> ways(boolean requestor) {
        return requestor ? WAYS_OF_REQUESTOR : WAYS_OF_ACCEPTOR;
    }

    @ParameterizedTest(name = "{0}, requestor {1}")
    @MethodSource("everyCellOfEachSide")
    void every_cell_leads_to_its_state_by_its_action(StateTable.Cell cell, boolean requestor) {
        StateMachine machine = requestor ? StateMachine.requestor() : StateMachine.acceptor();
        ways(requestor).get(cell.state()).forEach(event -> machine.on(occurrence(event)));
        assertThat(machine.state()).isEqualTo(cell.state());

        List<Effect> effects = machine.on(occurrence(cell.event()));

        assertThat(machine.state().label()).isEqualTo(next(cell, requestor));
        assertThat(effects.stream().map(StateMachineCellsTest::text).toList()).isEqualTo(EFFECTS.get(cell.action()));
    }

    @Test
    void every_state_of_the_table_can_be_reached_on_a_side() {
        assertThat(StateTable.cells())
                .allMatch(cell ->
                        ways(true).containsKey(cell.state()) || ways(false).containsKey(cell.state()));
    }

    private static String next(StateTable.Cell cell, boolean requestor) {
        String[] next = cell.next().split("\\|", -1);
        // AE-6 accepts the request of these tests, AR-8 depends on the side
        return cell.action().equals("AR-8") && !requestor ? next[1] : next[0];
    }

    private static Occurrence occurrence(FsmEvent event) {
        return switch (event) {
            case EVT2 -> Occurrence.of(event, RQ);
            case EVT7 -> Occurrence.of(event, AC);
            case EVT8 -> Occurrence.of(event, AssociateRj.LOCAL_LIMIT_EXCEEDED);
            case EVT9 -> Occurrence.of(event, DATA);
            case EVT3 -> Occurrence.received(AC);
            case EVT4 -> Occurrence.received(AssociateRj.LOCAL_LIMIT_EXCEEDED);
            case EVT6 -> Occurrence.received(RQ);
            case EVT10 -> Occurrence.received(DATA);
            case EVT12 -> Occurrence.received(new ReleaseRq());
            case EVT13 -> Occurrence.received(new ReleaseRp());
            case EVT16 -> Occurrence.received(Abort.byUser());
            case EVT19 -> Occurrence.invalidPdu(Abort.INVALID_PDU_PARAMETER_VALUE);
            case EVT1, EVT5, EVT11, EVT14, EVT15, EVT17, EVT18 -> Occurrence.of(event);
        };
    }

    private static String text(Effect effect) {
        if (effect instanceof Send send) {
            return "Send " + send.pdu().getClass().getSimpleName();
        } else if (effect instanceof Indicate indicate) {
            return indicate.indication().name();
        }
        return effect.getClass().getSimpleName();
    }
}
