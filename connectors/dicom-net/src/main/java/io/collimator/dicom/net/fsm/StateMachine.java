package io.collimator.dicom.net.fsm;

import io.collimator.dicom.net.fsm.Effect.CloseTransport;
import io.collimator.dicom.net.fsm.Effect.Connect;
import io.collimator.dicom.net.fsm.Effect.Indicate;
import io.collimator.dicom.net.fsm.Effect.Indication;
import io.collimator.dicom.net.fsm.Effect.Send;
import io.collimator.dicom.net.fsm.Effect.StartArtim;
import io.collimator.dicom.net.fsm.Effect.StopArtim;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import java.util.List;
import java.util.Objects;

/**
 * The upper layer state machine of one association: takes events, returns effects (PS3.8 §9.2). It touches no socket and
 * no clock. Not thread-safe: owned by one event loop.
 */
public final class StateMachine {

    private final boolean requestor;
    private FsmState state = FsmState.STA1;

    private StateMachine(boolean requestor) {
        this.requestor = requestor;
    }

    public static StateMachine requestor() {
        return new StateMachine(true);
    }

    public static StateMachine acceptor() {
        return new StateMachine(false);
    }

    public FsmState state() {
        return state;
    }

    /** Whether the event is defined in the present state; asked before local requests, which may come late. */
    public boolean accepts(FsmEvent event) {
        return TransitionTable.cell(event, state).isPresent();
    }

    /**
     * Moves to the next state.
     *
     * @return what is to be done, in order
     * @throws InvalidEventException when the event is not defined in the present state
     */
    public List<Effect> on(Occurrence occurrence) {
        Transition transition = TransitionTable.cell(occurrence.event(), state)
                .orElseThrow(() -> new InvalidEventException(occurrence.event(), state));
        state = next(transition, occurrence);
        return effects(transition.action(), occurrence);
    }

    private FsmState next(Transition transition, Occurrence occurrence) {
        FsmState otherwise = transition.otherwise();
        if (otherwise == null) {
            return transition.next();
        }
        boolean first = transition.action() == FsmAction.AE_6 ? isAcceptable(occurrence) : requestor;
        return first ? transition.next() : otherwise;
    }

    /** What the provider itself can judge; everything else is the user's business (Evt7, Evt8). */
    private static boolean isAcceptable(Occurrence occurrence) {
        return occurrence.pdu() instanceof AssociateRq rq && (rq.protocolVersion() & AssociateRq.VERSION_1) != 0;
    }

    private List<Effect> effects(FsmAction action, Occurrence occurrence) {
        return switch (action) {
            case AE_1 -> List.of(new Connect());
            case AE_2, AE_7, DT_1, AR_7 -> List.of(new Send(pdu(occurrence)));
            case AE_3 -> List.of(indicate(Indication.ASSOCIATE_ACCEPTED, occurrence));
            case AE_4 -> List.of(indicate(Indication.ASSOCIATE_REJECTED, occurrence), new CloseTransport());
            case AE_5 -> List.of(new StartArtim());
            case AE_6 -> ae6(occurrence);
            case AE_8 -> List.of(new Send(pdu(occurrence)), new StartArtim());
            case DT_2, AR_6 -> List.of(indicate(Indication.DATA, occurrence));
            case AR_1 -> List.of(new Send(new ReleaseRq()));
            case AR_2 -> List.of(indicate(Indication.RELEASE_REQUESTED, occurrence));
            case AR_3 -> List.of(indicate(Indication.RELEASE_CONFIRMED, occurrence), new CloseTransport());
            case AR_4 -> List.of(new Send(new ReleaseRp()), new StartArtim());
            case AR_5, AA_5 -> List.of(new StopArtim());
            case AR_8 -> List.of(indicate(Indication.RELEASE_COLLISION, occurrence));
            case AR_9 -> List.of(new Send(new ReleaseRp()));
            case AR_10 -> List.of(indicate(Indication.RELEASE_CONFIRMED, occurrence));
            case AA_1 -> List.of(new Send(aa1(occurrence)), new StartArtim());
            case AA_2 -> List.of(new StopArtim(), new CloseTransport());
            case AA_3 -> List.of(indicate(Indication.ABORTED_BY_PEER, occurrence), new CloseTransport());
            case AA_4 -> List.of(indicate(Indication.CONNECTION_LOST, occurrence));
            case AA_6 -> List.of();
            case AA_7 -> List.of(new Send(Abort.byProvider(occurrence.abortReason())));
            case AA_8 ->
                List.of(
                        new Send(Abort.byProvider(occurrence.abortReason())),
                        indicate(Indication.ABORTED_BY_PROVIDER, occurrence),
                        new StartArtim());
        };
    }

    private List<Effect> ae6(Occurrence occurrence) {
        if (state == FsmState.STA3) {
            return List.of(new StopArtim(), indicate(Indication.ASSOCIATE_REQUESTED, occurrence));
        }
        return List.of(
                new Send(AssociateRj.PROTOCOL_VERSION_NOT_SUPPORTED),
                indicate(Indication.PROVIDER_REJECTED, occurrence),
                new StartArtim());
    }

    /**
     * AA-1 aborts in the user's name. What cannot be read is refused in the provider's name all the same, because only
     * that carries a reason, and who sent it wants to know.
     */
    private static Abort aa1(Occurrence occurrence) {
        return occurrence.event() == FsmEvent.EVT19 ? Abort.byProvider(occurrence.abortReason()) : Abort.byUser();
    }

    private static Indicate indicate(Indication indication, Occurrence occurrence) {
        return new Indicate(indication, occurrence.pdu());
    }

    private static Pdu pdu(Occurrence occurrence) {
        return Objects.requireNonNull(
                occurrence.pdu(), () -> occurrence.event() + " needs the PDU to send; use Occurrence.of(event, pdu).");
    }
}
