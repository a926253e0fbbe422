package io.collimator.dicom.net.fsm;

import static io.collimator.dicom.net.fsm.FsmEvent.EVT1;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT10;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT11;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT12;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT13;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT14;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT15;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT16;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT17;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT18;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT19;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT2;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT3;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT4;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT5;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT6;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT7;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT8;
import static io.collimator.dicom.net.fsm.FsmEvent.EVT9;
import static io.collimator.dicom.net.fsm.FsmState.STA1;
import static io.collimator.dicom.net.fsm.FsmState.STA10;
import static io.collimator.dicom.net.fsm.FsmState.STA11;
import static io.collimator.dicom.net.fsm.FsmState.STA12;
import static io.collimator.dicom.net.fsm.FsmState.STA13;
import static io.collimator.dicom.net.fsm.FsmState.STA2;
import static io.collimator.dicom.net.fsm.FsmState.STA3;
import static io.collimator.dicom.net.fsm.FsmState.STA4;
import static io.collimator.dicom.net.fsm.FsmState.STA5;
import static io.collimator.dicom.net.fsm.FsmState.STA6;
import static io.collimator.dicom.net.fsm.FsmState.STA7;
import static io.collimator.dicom.net.fsm.FsmState.STA8;
import static io.collimator.dicom.net.fsm.FsmState.STA9;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PS3.8 Table 9-10: which action and state follow an event in a state. Pairs that are absent are not possible. */
public final class TransitionTable {

    /** A transport connection is up and the association is neither awaited nor over. */
    private static final Set<FsmState> UNDER_WAY = EnumSet.of(STA3, STA5, STA6, STA7, STA8, STA9, STA10, STA11, STA12);

    private static final TransitionTable TABLE = new TransitionTable();

    private final Map<FsmEvent, Map<FsmState, Transition>> cells = new EnumMap<>(FsmEvent.class);

    private TransitionTable() {
        List.of(EVT3, EVT4, EVT6, EVT10, EVT12, EVT13, EVT19).forEach(this::pdusOutOfPlace);
        establishment();
        dataTransfer();
        release();
        abort();
        transport();
    }

    /** The cell of the table, empty where the pair is not possible. */
    public static Optional<Transition> cell(FsmEvent event, FsmState state) {
        return Optional.ofNullable(TABLE.cells.getOrDefault(event, Map.of()).get(state));
    }

    /** What a PDU means wherever the rows below do not say otherwise. */
    private void pdusOutOfPlace(FsmEvent event) {
        put(event, STA2, FsmAction.AA_1, STA13);
        UNDER_WAY.forEach(state -> put(event, state, FsmAction.AA_8, STA13));
        put(event, STA13, FsmAction.AA_6, STA13);
    }

    private void establishment() {
        put(EVT1, STA1, FsmAction.AE_1, STA4);
        put(EVT2, STA4, FsmAction.AE_2, STA5);
        put(EVT3, STA5, FsmAction.AE_3, STA6);
        put(EVT4, STA5, FsmAction.AE_4, STA1);
        put(EVT5, STA1, FsmAction.AE_5, STA2);
        put(EVT6, STA2, FsmAction.AE_6, STA3, STA13);
        put(EVT6, STA13, FsmAction.AA_7, STA13);
        put(EVT7, STA3, FsmAction.AE_7, STA6);
        put(EVT8, STA3, FsmAction.AE_8, STA13);
    }

    private void dataTransfer() {
        put(EVT9, STA6, FsmAction.DT_1, STA6);
        put(EVT9, STA8, FsmAction.AR_7, STA8);
        put(EVT10, STA6, FsmAction.DT_2, STA6);
        put(EVT10, STA7, FsmAction.AR_6, STA7);
    }

    private void release() {
        put(EVT11, STA6, FsmAction.AR_1, STA7);
        put(EVT12, STA6, FsmAction.AR_2, STA8);
        put(EVT12, STA7, FsmAction.AR_8, STA9, STA10);
        put(EVT13, STA7, FsmAction.AR_3, STA1);
        put(EVT13, STA10, FsmAction.AR_10, STA12);
        put(EVT13, STA11, FsmAction.AR_3, STA1);
        put(EVT14, STA8, FsmAction.AR_4, STA13);
        put(EVT14, STA9, FsmAction.AR_9, STA11);
        put(EVT14, STA12, FsmAction.AR_4, STA13);
    }

    private void abort() {
        put(EVT15, STA4, FsmAction.AA_2, STA1);
        UNDER_WAY.forEach(state -> put(EVT15, state, FsmAction.AA_1, STA13));
        put(EVT16, STA2, FsmAction.AA_2, STA1);
        UNDER_WAY.forEach(state -> put(EVT16, state, FsmAction.AA_3, STA1));
        put(EVT16, STA13, FsmAction.AA_2, STA1);
        put(EVT19, STA13, FsmAction.AA_7, STA13);
    }

    private void transport() {
        put(EVT17, STA2, FsmAction.AA_5, STA1);
        put(EVT17, STA4, FsmAction.AA_4, STA1);
        UNDER_WAY.forEach(state -> put(EVT17, state, FsmAction.AA_4, STA1));
        put(EVT17, STA13, FsmAction.AR_5, STA1);
        put(EVT18, STA2, FsmAction.AA_2, STA1);
        put(EVT18, STA13, FsmAction.AA_2, STA1);
    }

    private void put(FsmEvent event, FsmState state, FsmAction action, FsmState next) {
        put(event, state, action, next, null);
    }

    private void put(FsmEvent event, FsmState state, FsmAction action, FsmState next, @Nullable FsmState otherwise) {
        cells.computeIfAbsent(event, key -> new EnumMap<>(FsmState.class))
                .put(state, new Transition(action, next, otherwise));
    }
}
